"""Byte offsets to lines and columns. The only place that knows tree-sitter counts bytes."""

import re
import sys
from bisect import bisect_right
from itertools import accumulate

from archlint.model import Span

_BOM = b"\xef\xbb\xbf"
_CONTINUES = frozenset(bytes([byte]) for byte in range(0x80, 0xC0))


class LineIndex:
    """Where each line of a file begins."""

    __slots__ = ("_data", "_is_ascii", "_is_plain", "_last", "_starts")

    def __init__(self, data: bytes) -> None:
        first = len(_BOM) if data.startswith(_BOM) else 0
        self._data = data
        self._is_ascii = data.isascii()
        self._is_plain = self._is_ascii and b"\r" not in data
        # Where the last column was asked for, and what it was: places are asked for in order, and counting each
        # from the start of its line would be quadratic in a file of one line.
        self._last = (0, 0, 1)
        # GitHub's fingerprints and editors end a line at CRLF, LF and a lone CR; tree-sitter's own rows do not.
        # So does bytes.splitlines, in a tenth of the time of an expression.
        ends = [*accumulate(map(len, data.splitlines(keepends=True)))]
        if not data.endswith((b"\n", b"\r")):
            del ends[-1:]
        self._starts = [first, *ends]

    def __len__(self) -> int:
        """Lines with content; a final line end does not begin another line."""
        return len(self._starts) - (self._starts[-1] >= len(self._data))

    def line(self, offset: int) -> int:
        """The line, from 1, that holds the byte at ``offset``."""
        return max(bisect_right(self._starts, offset), 1)

    def start(self, line: int) -> int:
        """The offset of a line's first byte."""
        return self._starts[line - 1]

    def column(self, offset: int) -> int:
        """The column, from 1, of the character that holds the byte at ``offset``, in UTF-16 code units.

        A line end of two characters is one.
        """
        if not self._is_plain:
            offset = self._settled(offset)
        line = self.line(offset)
        start, column = self._starts[line - 1], 1
        if self._is_ascii:
            return offset - start + 1
        if self._last[0] == line and self._last[1] <= offset:
            _, start, column = self._last
        column += utf16_length(self._data[start:offset].decode("utf-8", "replace"))
        self._last = (line, max(offset, start), column)  # before the start there is a BOM, which is no column
        return column

    def span(self, start: int, end: int) -> Span:
        """The span from the byte at ``start`` to, not including, the byte at ``end``."""
        line, column, end_line = self.line(start), self.column(start), self.line(end)
        if line != end_line or self._is_ascii:
            return Span(line, column, end_line, self.column(end))
        # Counted from the start, whose column stays remembered: one literal's place is often asked for again.
        start, end = max(self._settled(start), self._starts[line - 1]), self._settled(end)
        text = self._data[start:end].decode("utf-8", "replace")
        return Span(line, column, line, column + utf16_length(text))

    def _settled(self, offset: int) -> int:
        """Where the character or line end begins that an offset may lie within."""
        if self._data[offset - 1 : offset + 1] == b"\r\n":
            return offset - 1
        first = offset
        # RFC 3629 §3: a character begins with a byte of 0xC0 or more, and at most three of less than that follow.
        while first > offset - 4 and self._data[first : first + 1] in _CONTINUES:
            first -= 1
        return first if self._data[first : first + 1] >= b"\xc0" else offset


def utf16_length(text: str) -> int:
    """The number of UTF-16 code units ``text`` takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def character_column(line: str, utf16_column: int) -> int:
    """The 1-based column in characters for a 1-based column in UTF-16 code units."""
    units = 0
    for index, character in enumerate(line):
        if units >= utf16_column - 1:
            return index + 1
        units += 2 if character > "\uffff" else 1
    return len(line) + 1


def byte_column(line: str, utf16_column: int) -> int:
    """The 1-based column in UTF-8 bytes for a 1-based column in UTF-16 code units."""
    return len(line[: character_column(line, utf16_column) - 1].encode("utf-8", "surrogatepass")) + 1


def split_lines(text: str, most: int = sys.maxsize) -> list[str]:
    """The lines of ``text`` as ``LineIndex`` counts them, without their ends; no more than the first ``most``."""
    lines = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"), maxsplit=max(most, 1))
    return lines[:most] if lines[-1] else lines[: min(most, len(lines) - 1)]
