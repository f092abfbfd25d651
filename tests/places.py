"""What stands at a span of a text."""

from archlint.model import Span
from archlint.position import character_column, split_lines


def text_at(code: str, span: Span) -> str:
    """The text that ``span`` means, its lines joined with LF."""
    lines = split_lines(code)[span.line - 1 : span.end_line]
    if not lines:
        return ""
    if span.end_line - span.line < len(lines):
        lines[-1] = lines[-1][: character_column(lines[-1], span.end_column) - 1]
    lines[0] = lines[0][character_column(lines[0], span.column) - 1 :]
    return "\n".join(lines)
