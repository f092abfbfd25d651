"""What a comment says to archlint, and of which lines it says it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from archlint.languages.comments import NEEDLE
from archlint.languages.decoded import Region
from archlint.languages.transcripts import Transcript
from archlint.source import Source
from archlint.suppression import Comment

Following = Callable[[int], Region | None]
"""What begins at an offset: a statement, an element, an entry; None if the block ends there."""

_OPENER = re.compile(rb"\{?\s*/\*+!?|<!--+|//+!?|#+!?")
_CLOSER = re.compile(rb"(?:\*+/\s*\}?|--!?>)\s*\Z")
# At the start of a line of the comment, or after a second opener: ``// @ts-ignore  // archlint: allow …``.
_MARKER = re.compile(
    rb"(?:(?:\A|(?<=[\r\n]))[ \t]*(?P<border>[*#/]+[ \t]*)?|(?<=[ \t])(?P<opener>//+|#+)[ \t]*)archlint:"
)
_LINE_END = re.compile(rb"\r\n|\n|\r")
_BORDER = re.compile(rb"[ \t]*[*#/]*[ \t]*")
_ENDS_LINE = re.compile(rb"[ \t\f]*(?:[\r\n]|\Z)")
_TICKS = re.compile(rb"`+")
_LONGEST_BEFORE = 500
_SPACE = re.compile(rb"\s*")
_BLANKS = b" \t\f"
_BOM = b"\xef\xbb\xbf"
# What may stand before the first statement of a file and is neither comment nor statement.
_HEAD = re.compile(rb"\s*+(?:#![^\r\n]*+|<!doctype[^>]*+>|<\?xml[^>]*+>|---)?+", re.IGNORECASE)


def said(source: Source, regions: Iterable[Region], following: Following) -> Iterator[Comment]:
    """What those of the comments of a file, or of one text in it, say that speak to archlint.

    ``regions`` are all its comments, in order, each with what belongs to it and to nothing else, such as the
    braces of ``{/* … */}``.
    """
    regions = tuple(regions)
    next_of = _next(source.data, regions)
    in_head = frozenset() if isinstance(source, Transcript) else _in_head(source.data, regions)
    for start, end in regions:
        if source.data.find(NEEDLE, start, end) >= 0:
            follower = following(next_of[start]) if _stands_alone(source.data, start, end) else None
            last = source.lines.line(max(start, (follower or (start, end))[1] - 1))
            for text, (first, past) in _directives(source.data, start, end):
                yield Comment(text, source.lines.span(first, past), last, start in in_head)


def _next(data: bytes, regions: tuple[Region, ...]) -> Mapping[int, int]:
    """Where the first thing after each comment begins that is no comment."""
    next_of: dict[int, int] = {}
    for start, end in reversed(regions):
        space = _SPACE.match(data, end)
        after = space.end() if space else end
        next_of[start] = next_of.get(after, after)
    return next_of


def _in_head(data: bytes, regions: tuple[Region, ...]) -> frozenset[int]:
    """Where the comments begin that have only comments before them."""
    head = _HEAD.match(data, len(_BOM) if data.startswith(_BOM) else 0)
    at, found = head.end() if head else 0, set[int]()
    for start, end in regions:
        if start >= at and data[at:start].strip():
            break
        found.add(start)
        at = max(at, end)
    return frozenset(found)


def _stands_alone(data: bytes, start: int, end: int) -> bool:
    while start and data[start - 1] in _BLANKS:
        start -= 1
    begins = start == 0 or data[start - 1] in b"\r\n" or data[:start] == _BOM
    return begins and _ENDS_LINE.match(data, end) is not None


def _directives(data: bytes, start: int, end: int) -> Iterator[tuple[str, Region]]:
    """Each thing that a comment says to archlint, with the bytes that say it."""
    opener = _OPENER.match(data, start, end)
    first = opener.end() if opener else start
    body = _CLOSER.sub(b"", data[first:end]) if data[first - 1 : first] in (b"*", b"-") else data[first:end]
    markers = [match for match in _MARKER.finditer(body) if not _is_quoted(body, match)]
    for number, marker in enumerate(markers):
        limit = markers[number + 1].start() if number + 1 < len(markers) else len(body)
        text, past = _text(body[:limit], marker.end())
        is_whole = (
            len(markers) == 1 and not body[: marker.start()].strip() and not body[past:].strip(b"*\r\n\t ")
        )
        begin = _begin(marker)
        yield text, (start, end) if is_whole else (first + begin, first + past)


def _is_quoted(body: bytes, marker: re.Match[bytes]) -> bool:
    """Whether the words before it on its line open a quotation: then it is an example."""
    line_start = max(body.rfind(line_end, 0, marker.start()) for line_end in (b"\n", b"\r"))
    before = body[max(line_start, marker.start() - _LONGEST_BEFORE, 0) : marker.end()]
    return before.count(b'"') % 2 == 1 or len(_TICKS.findall(before)) % 2 == 1


def _begin(marker: re.Match[bytes]) -> int:
    named = next((name for name in ("opener", "border") if marker[name]), None)
    return marker.start(named) if named else marker.end() - len(NEEDLE)


def _text(body: bytes, at: int) -> tuple[str, int]:
    """From there to an empty line or a tag such as ``@param``, on one line; and where it ends."""
    lines: list[bytes] = []
    past = at
    while True:
        end = _LINE_END.search(body, at)
        line = body[at : end.start() if end else len(body)]
        border = _BORDER.match(line) if lines else None
        content = line[border.end() if border else 0 :].strip()
        if lines and (not content or content.startswith(b"@")):
            break
        lines.append(content)
        past = at + len(line.rstrip())
        if end is None:
            break
        at = end.end()
    return b" ".join(lines).decode("utf-8", "replace").strip(), past
