"""Markup in strings and templates: attributes of its tags, and the URLs in them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from archlint.facts import Sink
from archlint.languages.decoded import Decoded, plain
from archlint.languages.ecmascript.built import Built
from archlint.languages.ecmascript.literals import Piece
from archlint.languages.ecmascript.names import name_of
from archlint.languages.ecmascript.paths import Path
from archlint.languages.ecmascript.sinks import uses
from archlint.languages.ecmascript.use import Use
from archlint.languages.html_attributes import tags
from archlint.languages.html_urls import listed, refreshed, urls
from archlint.languages.urls import HOLE, url_parts

_BEGINS = re.compile(rb"\s*<(?:[A-Za-z]|!--|!doctype\b)", re.IGNORECASE)
_REFRESH = re.compile(rb"\s*[\d.]+\s*[;,]\s*url\s*=", re.IGNORECASE)
_SPACE = re.compile(rb"\s")
_QUOTES = frozenset(b"\"'")
# What takes markup that begins with text.
_TAGS = frozenset({"html", "svg"})
_RECEIVERS = frozenset({"__html", "innerHTML", "insertAdjacentHTML", "outerHTML", "srcdoc"})

Place = tuple[int, int]
Marked = dict[int, list[tuple[Use, str, Place | None]]]


def marked(built: Built) -> Marked:
    """By run, the attributes and parts of URLs in them that begin there, of a text that is markup.

    Markup is what begins with a tag, or what is handed to something that takes markup; a tag in the middle of a
    sentence is none. Only values in quotes count: ``<file mode=x>`` is more often a usage line than a tag.
    A text that is the value of such an attribute (``img.srcset = …``, ``0; url=…``) counts as if it stood there.
    A place is None where escapes or names hide it.
    """
    path, top = built.path, len(built.path) - 1
    found: Marked = {}
    if path[top].type == "number" or not _may_hold_any(path[top].text or b""):
        return found
    text, markup = _Text(built.runs), built.text.encode("utf-8", "replace")
    for use, value, start, end in (*_values(path, top, markup), *_attributes(path, top, markup)):
        run, place = text.place(start, end)
        found.setdefault(run, []).append((use, value, place))
    return found


def _may_hold_any(text: bytes) -> bool:
    return b"<" in text or (b"/" in text and _SPACE.search(text) is not None)


def _values(path: Path, top: int, text: bytes) -> Iterator[tuple[Use, str, int, int]]:
    """The parts of the URLs of a text that lists them, or that says where to go."""
    if not _SPACE.search(text):
        return  # it is read as one URL already
    whole = (0, len(text))
    names = sorted({use.name.lower() for use in uses(path[: top + 1])}) if b"/" in text else ()
    regions = [region for name in names for region in listed(name, text, whole)]
    if _REFRESH.match(text) and (target := refreshed(text, whole)):
        regions.append(target)
    for region in regions:
        yield from _url_parts(plain(text, region))


def _attributes(path: Path, top: int, markup: bytes) -> Iterator[tuple[Use, str, int, int]]:
    if not (_BEGINS.match(markup) or (b"<" in markup and _takes_markup(path, top))):
        return
    for tag in tags(markup):
        quoted = tuple(each for each in tag if markup[each.content.start - 1] in _QUOTES)
        for attribute in quoted:
            value = attribute.content
            if value.text and HOLE not in value.text and not attribute.is_handler:
                yield Use(Sink.ATTRIBUTE, attribute.name, 0), value.text, value.start, value.end
        for _, url in urls(markup, quoted):
            yield from _url_parts(url)


def _takes_markup(path: Path, top: int) -> bool:
    around = path[top - 1]
    if around.type == "call_expression" and name_of(around.child_by_field_name("function")) in _TAGS:
        return True
    return any(use.name in _RECEIVERS for use in uses(path[: top + 1]))


def _url_parts(url: Decoded) -> Iterator[tuple[Use, str, int, int]]:
    for part in url_parts(url.text):
        if part.start < part.end:
            yield Use(part.sink, part.name, 0), part.value, *url.place(part.start, part.end)


class _Text:
    """A text by the bytes of its UTF-8, and where they are written in the file."""

    def __init__(self, runs: list[Piece]) -> None:
        self._runs = runs
        lengths = (len(run.text.encode("utf-8", "replace")) for run in runs)
        self._offsets = [*accumulate(lengths, initial=0)]

    def place(self, start: int, end: int) -> tuple[int, Place | None]:
        """The run that begins there, and the place; None if it is spelled with escapes or ends in another run."""
        first, last = self._run(start), self._run(end - 1)
        if first != last or not self._is_verbatim(first):
            return first, None
        begin = self._runs[first].start - self._offsets[first]
        return first, (begin + start, begin + end)

    def _run(self, offset: int) -> int:
        return bisect_right(self._offsets, offset) - 1

    def _is_verbatim(self, run: int) -> bool:
        written = self._runs[run].end - self._runs[run].start
        return self._offsets[run + 1] - self._offsets[run] == written
