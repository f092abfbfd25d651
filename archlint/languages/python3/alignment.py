"""Where the code that libcst writes differs from the text it read: it loses some white space.

Known of libcst 1.9.0: a space before the colon of ``except (A, B) :``, form feeds and line continuations in front
of a statement.
"""

from bisect import bisect_right

import msgspec

_LOST = frozenset(b" \t\f\\\r\n")


class Alignment(msgspec.Struct, frozen=True):
    """Offsets in written code as offsets in the text. ``starts`` are where what was lost is missing."""

    starts: tuple[int, ...] = ()
    lost: tuple[int, ...] = (0,)
    """The bytes lost before the first of the starts, before the second …"""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The bytes of the text for a stretch of the written code."""
        first = start + self.lost[bisect_right(self.starts, start)]
        return first, max(first, end + self.lost[bisect_right(self.starts, max(end - 1, 0))])


def align(text: bytes, code: bytes) -> Alignment | None:
    """How ``code`` lies in ``text``; None if more than white space was lost."""
    if text == code:
        return Alignment()
    starts: list[int] = []
    lost = [0]
    offset = 0
    for position, byte in enumerate(code):
        before = offset
        while offset < len(text) and text[offset] != byte and text[offset] in _LOST:
            offset += 1
        if offset == len(text) or text[offset] != byte:
            return None
        if offset > before:
            starts.append(position)
            lost.append(offset - position)
        offset += 1
    return Alignment(tuple(starts), tuple(lost)) if set(text[offset:]) <= _LOST else None
