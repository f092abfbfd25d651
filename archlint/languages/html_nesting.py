"""Parses HTML as far as its elements do not nest absurdly deep: the grammar takes time by the square of that."""

import re
from collections import Counter
from collections.abc import Iterator

from tree_sitter import Tree

from archlint.languages.trees import parse
from archlint.model import Extent, Problem, Reason
from archlint.source import Source

# tree-sitter-html 0.23.2 copies its stack of open elements at each token: 10,000 take 0.5 s, 40,000 take 9 s.
MAX_OPEN = 10_000

_TAG = re.compile(rb"<(?:!--|(/?)([A-Za-z][^\s/>]*))")
# Elements without an end, and those whose end tag may be left out (HTML, "Optional tags").
_NEVER_OPEN = frozenset(
    b"area base br col colgroup dd dt embed hr img input li link meta optgroup option p rb rp rt source tbody td"
    b" tfoot th thead tr track wbr".split()
)
_RAW = frozenset({b"script", b"style", b"textarea", b"title"})


def page_tree(source: Source) -> tuple[Tree, tuple[Problem, ...]]:
    """The tree of a page, and the problem of what is nested too deep to be in it."""
    end = too_deep_from(source.data)
    if end is None:
        return parse("html", source.data), ()
    message = f"more than {MAX_OPEN:,} elements are open here; what comes after was not judged"
    problem = Problem(source.path, source.lines.span(end, end), Reason.DEPTH_LIMIT, message, Extent.PART)
    return parse("html", source.data[:end]), (problem,)


def too_deep_from(data: bytes) -> int | None:
    """The offset of the first tag that opens one element too many; None if none does."""
    if data.count(b"<") - data.count(b"</") <= MAX_OPEN:
        return None
    elements = _Open()
    for start, name, opens in _tags(data):
        if not opens:
            elements.end(name)
        elif len(elements.names) >= MAX_OPEN:
            return start
        else:
            elements.begin(name)
    return None


def _tags(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """The tags of elements that have an end: where, of which, and whether they open it."""
    at = 0
    while (tag := _TAG.search(data, at)) is not None:
        name = (tag[2] or b"").lower()
        end = data.find(b">" if name else b"-->", tag.end())
        if name in _RAW and not tag[1] and end >= 0:
            end = data.find(b"</" + tag[2], end)
        if end < 0:
            return
        at = end + 1 if name not in _RAW or tag[1] else end
        if name and name not in _NEVER_OPEN and data[end - 1 : end] != b"/":
            yield tag.start(), name, not tag[1]


class _Open:
    """The elements that are open, innermost last."""

    def __init__(self) -> None:
        self.names: list[bytes] = []
        self.number_of: Counter[bytes] = Counter()

    def begin(self, name: bytes) -> None:
        """Begin an element."""
        self.names.append(name)
        self.number_of[name] += 1

    def end(self, name: bytes) -> None:
        """End the innermost element of a name, with those that are open in it."""
        while self.number_of[name]:
            last = self.names.pop()
            self.number_of[last] -= 1
            if last == name:
                return
