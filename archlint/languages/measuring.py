"""Counts lines, given where the comments are."""

import re
from collections.abc import Iterable

from archlint.measures import Measures
from archlint.model import WHOLE_FILE, Span
from archlint.source import Source

_LINE_END = re.compile(rb"\r\n|\n|\r")
_NOT_LINE_END = re.compile(rb"[^\r\n]")


def measures(
    source: Source, comments: Iterable[tuple[int, int]], longest: tuple[int, Span] = (0, WHOLE_FILE)
) -> Measures:
    """The sizes of a file whose comments stand at these bytes. ``longest`` is its longest function's."""
    return Measures(
        lines=len(source.lines),
        code_lines=_code_lines(source.data, comments),
        bytes=len(source.data),
        longest_function=longest[0],
        longest_function_at=longest[1],
    )


def _code_lines(data: bytes, comments: Iterable[tuple[int, int]]) -> int:
    code = bytearray(data.removeprefix(b"\xef\xbb\xbf").rjust(len(data)))
    for start, end in comments:
        code[start:end] = _NOT_LINE_END.sub(b" ", code[start:end])
    return sum(1 for line in _LINE_END.split(bytes(code)) if line.strip())
