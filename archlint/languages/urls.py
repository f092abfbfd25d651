"""What a text says as a URL: query parameters and path segments, each with its place in the text."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

import msgspec

from archlint.facts import Sink

# A hole stands for a part that only the run time knows (``${id}`` in a template). U+FFFC, the object
# replacement character, cannot stand in a URL itself.
HOLE = "\ufffc"

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PARAMETER = re.compile(r"([^=&#\s]+)=([^&#\s]*)")
_SEGMENT = re.compile(r"[^/?#\s]+")
# A query that goes on from what stands before it: `&a=b`, `${url}&a=b`.
_CONTINUES = re.compile(f"{HOLE}*&[^&=]+=")
# https://docs.postgrest.org/en/stable/references/api/tables_views.html: ?id=eq.5, ?id=not.eq.5
_OPERATOR = re.compile(r"(?:not\.)?(?:eq|neq)\.")


class UrlPart(msgspec.Struct, frozen=True):
    """A query parameter or a path segment. ``start`` and ``end`` are offsets into the text."""

    sink: Sink
    name: str
    """The parameter's name, or the segment before this one."""
    value: str
    start: int
    end: int


def url_parts(text: str) -> Iterator[UrlPart]:
    """The parameters and segments of ``text`` if it reads as a URL, a path, or a query after ``?`` or ``&``.

    Prose is no URL, nor are ``mailto:``, ``data:`` and other schemes without a path of segments. A parameter
    whose value has a hole in it is left out; a segment after a hole has the name ``HOLE``.
    """
    scheme = _SCHEME.match(text)
    if (scheme and not text.startswith("//", scheme.end())) or not _may_be_url(text):
        return
    path_end = min((index for index in map(text.find, "?#") if index >= 0), default=len(text))
    yield from _path(text, scheme.end() if scheme else 0, path_end)
    yield from query_parts(text, 0 if _CONTINUES.match(text) else path_end)


def _may_be_url(text: str) -> bool:
    head = re.split(r"[?#]", text, maxsplit=1)[0]
    return not re.search(r"\s", text) and bool("/" in head or "?" in text or _CONTINUES.match(text))


def _path(text: str, start: int, end: int) -> Iterator[UrlPart]:
    if "/" not in text[start:end]:
        return
    previous = ""
    for segment in _SEGMENT.finditer(text, start, end):
        if HOLE not in segment[0]:
            yield UrlPart(Sink.PATH, previous, segment[0], segment.start(), segment.end())
        previous = segment[0] if HOLE not in segment[0] else HOLE


def query_parts(text: str, start: int = 0) -> Iterator[UrlPart]:
    """The parameters of a text that is known to be a query from ``start`` on."""
    for parameter in _PARAMETER.finditer(text, start):
        name = parameter[1].lstrip(f"?&{HOLE}")
        if HOLE not in parameter[2] and HOLE not in name:
            value, start, end = unquote_plus(parameter[2]), *parameter.span(2)
            yield UrlPart(Sink.QUERY, unquote_plus(name), value, start, end)
            if operator := _OPERATOR.match(value):
                yield UrlPart(Sink.QUERY, unquote_plus(name), value[operator.end() :], start, end)
