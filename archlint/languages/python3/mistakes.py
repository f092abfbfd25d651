"""Where a file stops being Python: libcst says it in words, or not at all."""

import re

import libcst as cst

from archlint.languages.python3.nesting import unterminated_at
from archlint.model import WHOLE_FILE, Span
from archlint.source import Source

# "parser error: error at 3:4: expected …": the line from 1; the column lies somewhere behind what is wrong.
_AT = re.compile(r"error at (\d+):\d+")
_LONGEST = 100_000
"""Characters that are worth parsing a dozen times over for a place; it takes about 2 s."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def mistake_at(source: Source, text: str, error: cst.ParserSyntaxError) -> Span:
    """The line that is no Python; the whole file where it cannot be told. ``text`` is what was parsed."""
    match = _AT.search(error.message)
    if match is not None:
        return _line(source, int(match[1]))
    if "unterminated" in error.message:
        offset = unterminated_at(source.data)
        return WHOLE_FILE if offset is None else source.lines.span(offset, offset + 1)
    if len(text) > _LONGEST:
        return WHOLE_FILE
    return _line(source, _first_line_with(error.message, [line[0] for line in _LINE.finditer(text)]))


def _first_line_with(message: str, lines: list[str]) -> int:
    """The line that brings a tokenizer's error in: the text up to the line before has none."""
    right, wrong = 0, len(lines)
    while wrong - right > 1:
        middle = (right + wrong) // 2
        if _message("".join(lines[:middle])) == message:
            wrong = middle
        else:
            right = middle
    return wrong


def _message(text: str) -> str:
    try:
        cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        return error.message
    except cst.CSTValidationError as error:  # of what stands before, once what follows is cut off
        return str(error)
    return ""


def _line(source: Source, number: int) -> Span:
    lines = source.lines
    number = min(number, max(len(lines), 1))
    start = lines.start(number)
    end = lines.start(number + 1) if number < len(lines) else len(source.data)
    written = source.data[start:end]
    indent = len(written) - len(written.lstrip())
    return lines.span(start + min(indent, len(written.rstrip())), start + len(written.rstrip()))
