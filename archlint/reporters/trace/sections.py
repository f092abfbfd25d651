"""The order in which a trace is told: documents, their sections, their statements."""

from collections.abc import Iterator
from itertools import groupby

from archlint.requirements import Statement, Trace

Section = tuple[str, tuple[Statement, ...]]  # its heading, and what it states


def by_document(trace: Trace) -> Iterator[tuple[str, str, tuple[Section, ...]]]:
    """Each document's id and title with its sections, as they are written; none that states nothing."""
    for name, title in trace.requirements.documents:
        statements = [each for each in trace.requirements.statements if each.document == name]
        if statements:
            grouped = groupby(statements, key=lambda statement: statement.section)
            yield name, title, tuple((section, tuple(group)) for section, group in grouped)


def totals(trace: Trace) -> str:
    """``3 statements = 1 enforced + 1 unchecked + 1 open``; the numbers add up."""
    counts = trace.counts
    noun = "statement" if counts["total"] == 1 else "statements"
    parts = " + ".join(f"{counts[state]:,} {state}" for state in ("enforced", "unchecked", "open"))
    return f"{counts['total']:,} {noun} = {parts}"
