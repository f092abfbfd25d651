"""Changes to the bytes of a file: which, and what they make of it. Pure."""

import re
from collections.abc import Collection, Iterable

import msgspec

from archlint.model import Span
from archlint.position import LineIndex, character_column

_BLANK = re.compile(rb"[ \t]*")
_LINE_END = re.compile(rb"\r\n|\n|\r|\Z")
_LIST = re.compile(
    rb"archlint:\s*allow\s+(?P<rules>[\w-]+(?:[\s,]+[\w-]+)*?)(?=[\s,;]*(?:--|\*/|$))", re.MULTILINE
)


class Edit(msgspec.Struct, frozen=True, order=True):
    """Bytes that take the place of others."""

    start: int
    end: int
    text: bytes = b""


class Change(msgspec.Struct, frozen=True):
    """What a file holds, and what it would hold."""

    path: str
    before: bytes
    after: bytes


def region(data: bytes, span: Span) -> tuple[int, int]:
    """The bytes that a span means."""
    lines = LineIndex(data)
    return _offset(data, lines, span.line, span.column), _offset(data, lines, span.end_line, span.end_column)


def _offset(data: bytes, lines: LineIndex, line: int, utf16_column: int) -> int:
    start = lines.start(line)
    end = _LINE_END.search(data, start)
    text = data[start : end.start() if end else len(data)].decode("utf-8", "surrogateescape")
    before = text[: character_column(text, utf16_column) - 1]
    return start + len(before.encode("utf-8", "surrogateescape"))


def removal(data: bytes, start: int, end: int) -> Edit:
    """Take bytes out: with their lines if nothing else stands on them, else with the blanks before."""
    first = start
    while first and data[first - 1 : first] in (b" ", b"\t"):
        first -= 1
    begins_line = first == 0 or data[first - 1 : first] in (b"\n", b"\r") or data[:first] == b"\xef\xbb\xbf"
    blank = _BLANK.match(data, end)
    after = blank.end() if blank else end
    line_end = _LINE_END.match(data, after)
    if begins_line and line_end:
        return Edit(first, line_end.end())
    if line_end:
        return Edit(first, after)
    if begins_line or first < start:
        return Edit(start, after)
    # Nothing but the comment keeps the words on either side apart.
    return Edit(start, end, b" " if after == end else b"")


def without_rules(data: bytes, start: int, end: int, rules: Collection[str]) -> Edit | None:
    """Take rules out of the list in a comment; None if it cannot be found."""
    match = _LIST.search(data, start, end)
    if match is None:
        return None
    kept = [name for name in re.split(rb"[\s,]+", match["rules"]) if name.decode() not in rules]
    return Edit(*match.span("rules"), b", ".join(kept)) if kept else None


def applied(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with the edits made. Of two that overlap the first is."""
    made, done = [], 0
    for edit in sorted(set(edits)):
        if edit.start >= done:
            made += [data[done : edit.start], edit.text]
            done = edit.end
    return b"".join([*made, data[done:]])
