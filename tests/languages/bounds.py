"""Whether spans lie inside a text."""

from collections.abc import Iterable

from archlint.facts import Facts
from archlint.model import Span
from archlint.position import split_lines, utf16_length


def spans_of(found: Facts) -> list[Span]:
    """The place of everything found in a file."""
    spans = [each.span for each in found.occurrences]
    # The first entry is the document, which begins where a BOM is.
    spans.extend(each.span for each in found.entries[1:])
    spans.extend(each.span for each in found.problems)
    return spans


def assert_inside(code: str, spans: Iterable[Span]) -> None:
    lines = [*split_lines(code), ""]
    for span in spans:
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert span.end_column <= utf16_length(lines[span.end_line - 1]) + 1
