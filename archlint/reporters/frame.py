"""Draws the code frame: numbered lines with a mark under the span, as wide as the terminal allows."""

import unicodedata
from collections.abc import Mapping

from archlint.extend import Style
from archlint.model import WHOLE_FILE, Span
from archlint.position import character_column, utf16_length
from archlint.reporters.colour import BLUE, paint
from archlint.reporters.escape import terminal

_TAB = 4
_CONTEXT = 1
_TALLEST = 8
_NARROWEST = 20
_SECOND_CELL = {"W": ("",), "F": ("",)}  # UAX #11: wide and full-width characters take two cells


def frame(span: Span, line_texts: Mapping[int, str], colour: str, style: Style) -> list[str]:
    """The lines around ``span``, which is underlined in ``colour`` where it begins.

    ``span`` counts UTF-16 code units; the frame counts the cells a terminal fills, two for a wide character.
    Empty where the span means the whole file or where its first line is not known that far.
    """
    first = line_texts.get(span.line)
    if span == WHOLE_FILE or first is None or utf16_length(first) + 1 < span.column:
        return []
    gutter = gutter_width(span, line_texts)
    room = max(style.width - gutter - len(" | "), _NARROWEST)
    start, end = _marked(span, first)
    left = _scrolled(start, end, len(_cells(first)), room)
    rows = [_row("", "", gutter, style)]
    for number in _numbers(span):
        if number in line_texts:
            rows.append(_row(str(number), _clipped(_cells(line_texts[number]), left, room), gutter, style))
        if number == span.line:
            mark = paint("^" * (min(end, left + room) - start), colour, style)
            rows.append(_row("", " " * (start - left) + mark, gutter, style))
    return rows


def gutter_width(span: Span, line_texts: Mapping[int, str]) -> int:
    """How many digits the line numbers beside ``span`` take; 1 where there is no frame."""
    return max((len(str(number)) for number in _numbers(span) if number in line_texts), default=1)


def _numbers(span: Span) -> range:
    last = min(span.end_line + _CONTEXT, span.line + _TALLEST - 1)
    return range(max(span.line - _CONTEXT, 1), last + 1)


def _row(number: str, text: str, gutter: int, style: Style) -> str:
    return f"{paint(f'{number:>{gutter}} |', BLUE, style)} {text}".rstrip()


def _marked(span: Span, line: str) -> tuple[int, int]:
    """The cells under which the mark stands: up to the line's end where the span goes on below it."""
    first = character_column(line, span.column) - 1
    last = character_column(line, span.end_column) - 1 if span.end_line == span.line else len(line)
    start = len(_cells(line[:first]))
    return start, max(len(_cells(line[:last])), start + 1)


def _scrolled(start: int, end: int, cell_count: int, room: int) -> int:
    """The first cell shown, so that the mark, or as much of it as there is room for, can be seen."""
    if cell_count <= room or end < room:
        return 0
    return max(start - max(room - (end - start), 0) // 2 - 1, 0)


def _clipped(cells: list[str], left: int, room: int) -> str:
    shown = cells[left : left + room]
    if left and shown:
        shown[:2] = ["…", shown[1] or " "] if len(shown) > 1 else ["…"]
    if len(cells) > left + room:
        shown[-2:] = [shown[-2] if shown[-1] else " ", "…"]
    return "".join(shown)


def _cells(line: str) -> list[str]:
    """What stands in each cell; the second cell of a wide character holds ''."""
    if line.isascii() and line.isprintable():
        return list(line)
    cells: list[str] = []
    for character in line:
        if character == "\t":
            cells += " " * (_TAB - len(cells) % _TAB)
        elif (escaped := terminal(character)) != character:
            cells += escaped
        elif unicodedata.category(character) in {"Mn", "Me"}:  # combining marks share a cell
            _combine(cells, character)
        else:
            cells += [character, *_SECOND_CELL.get(unicodedata.east_asian_width(character), ())]
    return cells


def _combine(cells: list[str], mark: str) -> None:
    if cells:
        cells[-2 if cells[-1] == "" else -1] += mark
