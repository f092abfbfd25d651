"""The sides that a rule compares: which part of which documents each takes, and what stands there."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, TypeVar

import msgspec

from archlint.facts import Entry, Facts
from archlint.kinds.entries.paths import parse_path
from archlint.kinds.entries.scalars import clipped
from archlint.kinds.entries.shell_words import shell_words
from archlint.kinds.entries.walk import COLLECTIONS, Where, walk
from archlint.kinds.several import as_tuple
from archlint.model import WHOLE_FILE, Outcome, Place, Scope
from archlint.regexes import compile_regex
from archlint.scope import matches_name

Take: TypeAlias = Literal["keys", "values", "pairs"]
Named = TypeVar("Named")


class Side(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A part of documents. A mapping or sequence at a path stands for what is directly in it."""

    at: str | tuple[str, ...]
    """Paths; what any of them selects belongs to the side."""
    files: str | tuple[str, ...] = ()
    """Globs and zones; the rule's own files where there are none."""
    name: str = ""
    """What messages call it; without one, by its paths and files."""
    take: Take | None = None
    """What counts of each entry; values if nothing is said, and pairs under ``must: agree``."""
    words: bool = False
    """Whether each word of a value counts by itself, as a shell would split it."""
    only: str | tuple[str, ...] = ()
    """Globs or ``/regexes/``: what counts, by key where keys or pairs are taken."""
    ignore: str | tuple[str, ...] = ()
    """Globs or ``/regexes/``: what does not count."""
    ignore_values: str | tuple[str, ...] = ()
    """Globs or ``/regexes/`` over values that do not count, whatever their key."""
    strip: str = ""
    """A regular expression; what it matches is cut out before texts are compared."""
    each: bool = False
    """Whether each file is a side of its own."""
    optional: bool = False
    """Whether a side with no files, or nothing in them, is left out of the comparison."""

    def scope(self, rule: Scope) -> Scope:
        """The files of the side, in a rule with this scope."""
        return Scope(as_tuple(self.files) or rule.files, rule.ignores, rule.within)


class Element(msgspec.Struct, frozen=True):
    """One thing on a side. ``token`` is what is compared."""

    token: tuple[str, ...]
    key: str
    value: str
    place: Place

    @property
    def name(self) -> str:
        """The token in a message."""
        return clipped(" = ".join(self.token))


class Contents(msgspec.Struct, frozen=True):
    """What stands on a side, in the order in which it is written, and the key it stands under."""

    label: str
    by_token: Mapping[tuple[str, ...], Element]
    """The first element of each token."""
    by_key: Mapping[str, Element]
    """The first element under each key."""
    place: Place | None
    is_whole: bool
    """Whether all its files were read whole, so that what is not among the elements is not there."""


def contents(side: Side, files: Sequence[Facts], take: Take) -> Contents:
    """What the side selects in these files."""
    selected = [(facts, tuple(_selected(side, facts))) for facts in files]
    elements = [each for facts, entries in selected for each in _elements(side, take, facts, entries)]
    return Contents(
        label=_label(side, files),
        by_token=_first(elements, lambda element: element.token),
        by_key=_first(elements, lambda element: element.key),
        place=_place(selected),
        is_whole=all(facts.outcome is Outcome.ANALYSED for facts in files),
    )


def _first(elements: Sequence[Element], name: Callable[[Element], Named]) -> dict[Named, Element]:
    """The first element of each name, in their order."""
    found: dict[Named, Element] = {}
    for element in elements:
        found.setdefault(name(element), element)
    return found


def _label(side: Side, files: Sequence[Facts]) -> str:
    if side.name:
        return f"{side.name} ({files[0].path})" if side.each and files else side.name
    path = files[0].path if len(files) == 1 else ", ".join(as_tuple(side.files)) or "the rule's files"
    return path if side.at == "$" else f"'{clipped(', '.join(as_tuple(side.at)))}' of {path}"


def _selected(side: Side, facts: Facts) -> Iterator[Entry]:
    for path in as_tuple(side.at):
        yield from walk(parse_path(path), facts.entries).selected


def _place(selected: Sequence[tuple[Facts, tuple[Entry, ...]]]) -> Place | None:
    """The key of the first selected entry, or of the sequence whose item it is; else the first file."""
    for facts, entries in selected:
        if entries and entries[0].path:
            first = entries[0]
            holders = (each for each in facts.entries if each.path == first.path[:-1])
            holder = next((each for each in holders if each.type == "sequence"), first)
            return Place(facts.path, holder.key_span if holder.path else WHOLE_FILE)
    return Place(selected[0][0].path, WHOLE_FILE) if selected else None


def _elements(side: Side, take: Take, facts: Facts, selected: Sequence[Entry]) -> Iterator[Element]:
    for key, entry in _parts(facts, selected):
        if entry.type in COLLECTIONS if take == "values" else not key:
            continue
        place = Place(facts.path, entry.key_span if take == "keys" else entry.span)
        for text in shell_words(entry.value) if side.words else (_text(entry),):
            if _counts(side, text if take == "values" else key) and not _is_ignored(side, text):
                yield _element(side, take, (key, text), place)


def _parts(facts: Facts, selected: Sequence[Entry]) -> Iterator[tuple[str, Entry]]:
    """What is selected, collections as what is directly in them, each with its key; '' for an item."""
    parts_of: defaultdict[Where, list[Entry]] = defaultdict(list)
    wanted = {entry.path for entry in selected if entry.type in COLLECTIONS}
    types = {entry.path: entry.type for entry in facts.entries if entry.type in COLLECTIONS}
    for entry in facts.entries:
        if entry.path and entry.path[:-1] in wanted:
            parts_of[entry.path[:-1]].append(entry)
    for entry in selected:
        for part in parts_of[entry.path] if entry.type in COLLECTIONS else (entry,):
            is_keyed = bool(part.path) and types.get(part.path[:-1]) == "mapping"
            yield (part.path[-1] if is_keyed else ""), part


def _text(entry: Entry) -> str:
    if entry.type in COLLECTIONS:
        return f"({entry.type})"
    return entry.value.lower() if entry.type == "boolean" else entry.value


def _counts(side: Side, name: str) -> bool:
    only, ignore = as_tuple(side.only), as_tuple(side.ignore)
    is_wanted = not only or any(matches_name(pattern, name) for pattern in only)
    return is_wanted and not any(matches_name(pattern, name) for pattern in ignore)


def _is_ignored(side: Side, value: str) -> bool:
    return any(matches_name(pattern, value) for pattern in as_tuple(side.ignore_values))


def _element(side: Side, take: Take, pair: tuple[str, str], place: Place) -> Element:
    key, value = (_stripped(text, side.strip) for text in pair)
    token = {"keys": (key,), "values": (value,), "pairs": (key, value)}[take]
    return Element(token, key, value, place)


def _stripped(text: str, pattern: str) -> str:
    kept, at = [], 0
    for match in compile_regex(pattern).finditer(text) if pattern else ():
        kept.append(text[at : match.start()])
        at = match.end()
    return "".join((*kept, text[at:]))
