"""Counts lines, given where the comments are."""

import re
from collections.abc import Iterable

from archlint.measures import Measures
from archlint.model import WHOLE_FILE, Span
from archlint.source import Source

_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"[\r\n]")
_WRITTEN = re.compile(rb"[^\s][^\r\n]*")


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
    """How many lines hold more than white space and these comments."""
    code: list[bytes] = []
    done = len(_MARK) if data.startswith(_MARK) else 0
    for start, end in sorted(comments):
        code += (data[done:start], b"\n" if _LINE_END.search(data, start, end) else b" ")
        done = max(done, end)
    return len(_WRITTEN.findall(b"".join((*code, data[done:]))))
