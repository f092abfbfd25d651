"""What a path looks for in a document in vain: where that would stand, and what is there instead."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from archlint.facts import Entry
from archlint.kinds.entries.paths import Name
from archlint.kinds.entries.scalars import spelled
from archlint.kinds.entries.walk import End, Walk, Where
from archlint.model import WHOLE_FILE, Span

_LONGEST_COMPARED = 80
_MOST_COMPARED = 1000
_MOST_EXPLAINED = 100


class Gap(msgspec.Struct, frozen=True):
    """Something that is not there. ``span`` is the key of what should hold it, or stands for the file."""

    where: Where
    span: Span
    text: str


def gaps(found: Walk, entries: Sequence[Entry]) -> Iterator[Gap]:
    """Where a name or position finds nothing; the furthest place of all if the whole path is in vain."""
    ends = [end for end in found.ends if found.path.steps[end.taken].is_plain]
    if not ends and not found.selected:
        ends = [_furthest(found)]
    if not ends:
        return
    keys = _keys_below({end.where for end in ends}, entries)
    spans = {entry.path: entry.key_span for entry in reversed(entries) if entry.path}
    for number, end in enumerate(ends):
        hint = _hint(found, end, keys[end.where]) if number < _MOST_EXPLAINED else ""
        yield Gap(end.where, spans.get(end.where, WHOLE_FILE), f"{_wanted(found, end)} is missing{hint}")


def holder_span(found: Walk, entries: Sequence[Entry]) -> Span:
    """The key of what holds the first value selected, or of what should hold one; the file if that is the root."""
    where = found.selected[0].path[:-1] if found.selected else _furthest(found).where
    holders = (entry.key_span for entry in entries if entry.path == where)
    return next(holders, WHOLE_FILE) if where else WHOLE_FILE


def _furthest(found: Walk) -> End:
    """Where the path gets before it leads no further; the first of several such places, or else the root."""
    return max(found.ends, key=lambda end: (end.taken, -len(end.where)), default=End((), 0))


def _wanted(found: Walk, end: End) -> str:
    rest = "".join(step.written for step in found.path.steps[end.taken :])
    if not end.where and rest.startswith(".."):
        return f"${rest}"
    return (spelled(end.where) + rest).removeprefix(".") or "the document"


def _keys_below(holders: set[Where], entries: Sequence[Entry]) -> defaultdict[Where, set[str]]:
    keys: defaultdict[Where, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.path and entry.path[:-1] in holders:
            keys[entry.path[:-1]].add(entry.path[-1])
    return keys


def _hint(found: Walk, end: End, keys: set[str]) -> str:
    """``; found `workspcaes` ``, where a key beside the missing one is spelled almost like it."""
    choices = found.path.steps[end.taken].choices if found.path.steps else ()
    names = [choice.text for choice in choices if isinstance(choice, Name)]
    if not names or len(keys) > _MOST_COMPARED:
        return ""
    from difflib import get_close_matches  # loads only on the way to a finding

    comparable = sorted(key for key in keys if len(key) <= _LONGEST_COMPARED)
    close = get_close_matches(names[0][:_LONGEST_COMPARED], comparable, n=1)
    return f"; found `{close[0]}`" if close else ""
