"""Follows a path through the entries of a document, in time linear in both, and says where it leads no further."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from archlint.facts import Entry, Facts
from archlint.kinds.entries.paths import Choice, EntryPath, Every, Name, Names, Position, Step
from archlint.model import Scope
from archlint.project import Project
from archlint.scope import is_wild

COLLECTIONS = frozenset({"mapping", "sequence"})

Where = tuple[str, ...]  # the path of an entry


class End(msgspec.Struct, frozen=True):
    """A place that a path leads to and not beyond: nothing there is what its next step, no deep one, asks for."""

    where: Where
    taken: int
    """How many steps have been taken."""


class Walk(msgspec.Struct, frozen=True):
    """What a path means in a document: entries in the order in which they are written."""

    path: EntryPath
    selected: tuple[Entry, ...]
    ends: tuple[End, ...]


def walk(path: EntryPath, entries: Sequence[Entry]) -> Walk:
    """Follow ``path`` from the root.

    An entry is selected once, however many ways lead to it. Entries at the same path (a key written twice, the
    documents of a YAML file) are selected together.
    """
    trail = _Trail(path, entries)
    for entry in sorted(entries, key=lambda entry: len(entry.path)):
        trail.arrive(entry)
    selected = tuple(entry for entry in entries if len(path.steps) in trail.taken.get(entry.path, ()))
    return Walk(path, selected, tuple(trail.ends()))


class _Trail:
    """How many steps have been taken on arriving at each place, and from where they led on."""

    def __init__(self, path: EntryPath, entries: Sequence[Entry]) -> None:
        self.taken: dict[Where, frozenset[int]] = {(): frozenset((0,))}
        self._steps = path.steps
        self._led_on: set[tuple[Where, int]] = set()
        self._types: dict[Where, frozenset[str]] = {}
        self._lengths = _lengths(entries) if _counts_back(path) else {}

    def arrive(self, entry: Entry) -> None:
        """Take the steps that lead to an entry from the one that holds it, which has been arrived at."""
        where = entry.path
        if where:
            from_here = self.taken.get(where[:-1])
            arrived = self._arrivals(from_here, where) if from_here else ()
            if arrived:
                self.taken[where] = self.taken.get(where, _NOTHING).union(arrived)
        if where in self.taken and entry.type in COLLECTIONS:
            self._types[where] = self._types.get(where, _NO_TYPE) | {entry.type}

    def _arrivals(self, taken: frozenset[int], where: Where) -> list[int]:
        holder = where[:-1]
        types, length = self._types.get(holder, _NO_TYPE), self._lengths.get(holder, 0)
        arrived = []
        for number in taken:
            step = self._steps[number] if number < len(self._steps) else _LAST
            if any(_means(choice, where[-1], types, length) for choice in step.choices):
                self._led_on.add((holder, number))
                arrived.append(number + 1)
            if step.is_deep:
                arrived.append(number)
        return arrived

    def ends(self) -> Iterator[End]:
        """Where a step that is not deep was left to take and did not lead on."""
        for where, numbers in self.taken.items():
            for number in sorted(numbers):
                is_last = number == len(self._steps)
                if not is_last and not self._steps[number].is_deep and (where, number) not in self._led_on:
                    yield End(where, number)


_LAST = Step("", ())  # leads nowhere
_NOTHING: frozenset[int] = frozenset()
_NO_TYPE: frozenset[str] = frozenset()


def _counts_back(path: EntryPath) -> bool:
    choices = (choice for step in path.steps for choice in step.choices)
    return any(isinstance(choice, Position) and choice.index < 0 for choice in choices)


def _lengths(entries: Sequence[Entry]) -> dict[Where, int]:
    """How many items each sequence has."""
    lengths = {entry.path: 0 for entry in entries if entry.type == "sequence"}
    for entry in entries:
        holder = entry.path[:-1]
        if entry.path and holder in lengths:
            lengths[holder] = max(lengths[holder], int(entry.path[-1]) + 1)
    return lengths


def _means(choice: Choice, segment: str, holder_types: AbstractSet[str], length: int) -> bool:
    match choice:
        case Name(text):
            return segment == text and "mapping" in holder_types
        case Every():
            return True
        case Position(index):
            return "sequence" in holder_types and segment == str(index if index >= 0 else length + index)
        case Names(pattern):
            return "mapping" in holder_types and _fits(pattern, segment)


def _fits(pattern: str, key: str) -> bool:
    """Whether ``key`` is ``pattern`` with any text for each ``*``: what stands between two is sought once."""
    head, *middle, tail = pattern.split("*")
    at, end = len(head), len(key) - len(tail)
    if at > end or not (key.startswith(head) and key.endswith(tail)):
        return False
    for part in middle:
        found = key.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def documents(scope: Scope, project: Project) -> Iterator[Facts]:
    """The files in ``scope`` that are documents. One with nothing in it counts where its own path names it."""
    named = {selector for selector in scope.files if not is_wild(selector)}
    for facts in project.facts(scope):
        if facts.entries or facts.problems or facts.path in named:
            yield facts
