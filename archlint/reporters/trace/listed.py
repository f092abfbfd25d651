"""A trace as text: statements with their rules, rules with their statements, and last the gaps."""

from collections.abc import Iterator
from typing import Any

from archlint.model import Rule
from archlint.reporters.escape import lines, terminal
from archlint.reporters.summary import counted
from archlint.reporters.trace.sections import by_document, totals
from archlint.reporters.wording import exact_place
from archlint.requirements import Statement, Trace


def render(trace: Trace) -> str:
    """Both directions, then a line for each gap with its place, then the totals."""
    return lines(map(terminal, (*_statements(trace), *_rules(trace), *_gaps(trace), totals(trace))))


def _statements(trace: Trace) -> Iterator[str]:
    for name, title, sections in by_document(trace):
        yield f"{name}  {title}"
        for section, statements in sections:
            if section:
                yield f"  {section}"
            for statement in statements:
                yield from _statement(statement, trace)


def _statement(statement: Statement, trace: Trace) -> Iterator[str]:
    yield f"    {statement.id}  {' '.join(statement.text.split())}"
    rules = trace.rules_for(statement.id)
    for rule in rules:
        yield f"      {_headline(rule, trace)}"
    if statement.unchecked:
        yield f"      unchecked: {' '.join(statement.unchecked.split())}"
    elif not rules:
        yield "      open: no rule enforces it"


def _headline(rule: Rule[Any], trace: Trace) -> str:
    found = "" if trace.findings is None else f" · {counted(len(trace.findings_of(rule.id)), 'finding')}"
    tests = f"{len(rule.tests.bad)} bad, {len(rule.tests.good)} good"
    return f"{rule.id}  {rule.severity} · {rule.kind} · tests: {tests}{found}"


def _rules(trace: Trace) -> Iterator[str]:
    if trace.rules:
        yield "rules"
    for rule in trace.rules:
        yield f"    {_headline(rule, trace)} · {rule.origin.path}:{rule.origin.line}"
        yield f"      enforces: {', '.join(rule.enforces) or 'no statement'}"
        for finding in trace.findings_of(rule.id):
            yield f"      {exact_place(finding.place)}: {finding.message}"


def _gaps(trace: Trace) -> Iterator[str]:
    for gap in trace.gaps:
        yield f"{gap.origin.path}:{gap.origin.line}:{gap.origin.column}: gap: {gap.message}"
