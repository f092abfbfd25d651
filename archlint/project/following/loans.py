"""The constants that files lend each other: exports, with those that are exported again.

What is learnt late is carried on at once, so that any order of learning gives the same loans, and each is
carried over each export once.
"""

from collections.abc import Callable, Iterator

import msgspec

from archlint.code import Import, Step
from archlint.facts import Export, Facts
from archlint.members import ANY, is_reached, positions, rest_of
from archlint.model import Place, Remark

_LONGEST_MEMBERS = 16
_LONGEST_WAY = 40
Lead = Callable[[str, str], str | None]


class Trail(msgspec.Struct, frozen=True):
    """A stretch of a constant's way through one file, and what came before it."""

    before: "Trail | None"
    path: str
    steps: tuple[Step, ...]

    def remarks(self) -> tuple[Remark, ...]:
        """The whole way, from the constant on; of a very long one its end."""
        found: list[Remark] = []
        stretch: Trail | None = self
        while stretch is not None and len(found) < _LONGEST_WAY:
            found.extend(
                Remark(Place(stretch.path, step.span), step.text) for step in reversed(stretch.steps)
            )
            stretch = stretch.before
        return tuple(reversed(found))


class Loan(msgspec.Struct, frozen=True):
    """A constant that a file lends under a name."""

    members: tuple[str, ...]
    value: str
    is_number: bool
    place: Place
    """Where it is written."""
    trail: Trail


class Loans:
    """What the files lend, as far as it is known. ``lead`` says to which file a specifier leads, if any."""

    def __init__(self, lead: Lead = lambda _path, _module: None) -> None:
        self.lead = lead
        self._lent: dict[str, dict[str, list[Loan]]] = {}
        self._fresh: dict[str, None] = {}
        self._first: dict[tuple[str, str, str], list[Loan]] = {}
        self._known: set[tuple[str, str, tuple[str, ...], str, Place]] = set()
        self._passers: dict[str, dict[tuple[str, Export], None]] = {}
        self._changes: dict[tuple[str, Import], None] = {}
        self._changed: frozenset[tuple[Place, str]] | None = None

    def fresh_lenders(self) -> tuple[str, ...]:
        """The files that lend something under a name that was not known when this was asked last."""
        found = tuple(self._fresh)
        self._fresh.clear()
        return found

    def names(self, lender: str) -> frozenset[str]:
        """The names under which a file lends something, as far as it is known."""
        return frozenset(self._lent[lender])

    def learn(self, facts: Facts) -> None:
        """Take in what a file exports, and what it changes of others."""
        self._changed = None
        self._changes.update(((facts.path, change), None) for change in facts.changes)
        waiting: list[tuple[str, str, Loan]] = []
        for export in dict.fromkeys(facts.exports):
            if export.origin is None:
                trail = Trail(None, facts.path, export.way)
                place = Place(facts.path, export.span)
                loan = Loan(export.members, export.value, export.is_number, place, trail)
                waiting.append((facts.path, export.name, loan))
                continue
            lender = self.lead(facts.path, export.origin.module)
            passers = self._passers.setdefault(lender, {}) if lender is not None else {}
            if lender is not None and (facts.path, export) not in passers:
                passers[facts.path, export] = None
                waiting.extend(self._passed_on(lender, facts.path, export))
        self._spread(waiting)

    def _passed_on(self, lender: str, path: str, export: Export) -> Iterator[tuple[str, str, Loan]]:
        for name, loans in list(self._lent.get(lender, {}).items()):
            for loan in list(loans):
                yield from _again(path, export, name, loan)

    def _spread(self, waiting: list[tuple[str, str, Loan]]) -> None:
        while waiting:
            path, name, loan = waiting.pop()
            key = (path, name, loan.members, loan.value, loan.place)
            if key in self._known or len(loan.members) > _LONGEST_MEMBERS:
                continue
            self._known.add(key)
            lent = self._lent.setdefault(path, {})
            if name not in lent:
                self._fresh[path] = None
            lent.setdefault(name, []).append(loan)
            if loan.members:
                self._first.setdefault((path, name, loan.members[0]), []).append(loan)
            for borrower, export in self._passers.get(path, ()):
                waiting.extend(_again(borrower, export, name, loan))

    def at(self, path: str, origin: Import) -> Iterator[Loan]:
        """The constants that the import in the file gives; none that some file assigns to."""
        for loan, rest in self._read(path, origin):
            if is_reached(rest) and not (loan.members and (loan.place, loan.members[-1]) in self._spoilt()):
                yield loan

    def _spoilt(self) -> frozenset[tuple[Place, str]]:
        """The constants that are no such as members of what has them, each with the last of the members."""
        if self._changed is None:
            changed = (loan for path, origin in self._changes for loan, _ in self._read(path, origin))
            self._changed = frozenset((loan.place, loan.members[-1]) for loan in changed if loan.members)
        return self._changed

    def _read(self, path: str, origin: Import) -> Iterator[tuple[Loan, tuple[str, ...]]]:
        """What is lent to the import, and under which members of it."""
        lender = self.lead(path, origin.module) or ""
        for name in self._names(lender, origin):
            # All that a module is may be read in several ways: by its own members, by those of its default.
            members = origin.members if name not in ("=", "*") and origin.name != "*" else origin.members[1:]
            is_sure = name != "=" and members and positions(members[0]) is None and members[0] != ANY
            known = self._first.get((lender, name, members[0]), ()) if is_sure else self._lent[lender][name]
            for loan in known:
                rest = _read(origin, name, loan.members)
                if rest is not None:
                    yield loan, rest

    def _names(self, lender: str, origin: Import) -> Iterator[str]:
        """What the import may read among the names that the file lends."""
        lent = self._lent.get(lender, {})
        if origin.name == "*" and origin.members[:1] in ((), (ANY,)):
            yield from lent
            return
        named = origin.members[0] if origin.name == "*" else origin.name
        yield from (name for name in dict.fromkeys((named, "=")) if name in lent)


def _again(path: str, export: Export, name: str, loan: Loan) -> Iterator[tuple[str, str, Loan]]:
    """The loan as the file at ``path`` lends it on, which exports again what it imports."""
    assert export.origin is not None
    if export.name == "*":
        # https://tc39.es/ecma262/#sec-getexportednames: all but `default`, and its own names go before.
        named, *members = (name, *loan.members) if name != "=" else (loan.members or ("default",))
        if named not in ("default", *export.hides):
            yield path, named, _carried(path, export, loan, tuple(members))
        return
    rest = _read(export.origin, name, loan.members)
    if rest is not None:
        yield path, export.name, _carried(path, export, loan, (*export.members, *rest))
    if name == "=" and export.origin.name == "*" and not export.origin.members:
        by_default = (*export.members, "default", *loan.members)
        yield path, export.name, _carried(path, export, loan, by_default)


def _carried(path: str, export: Export, loan: Loan, members: tuple[str, ...]) -> Loan:
    steps = export.way or (Step(export.span, _passed(export)),)
    return Loan(members, loan.value, loan.is_number, loan.place, Trail(loan.trail, path, steps))


def _passed(export: Export) -> str:
    return "exported again" if export.name == "*" else f"exported again as '{export.name}'"


def _read(origin: Import, name: str, members: tuple[str, ...]) -> tuple[str, ...] | None:
    """What is left of the way to a constant that is lent as ``name`` when the import is read; None if it is another.

    All that a CommonJS module is (``=``) is had by ``import x from`` and ``import * as x``, and its members by name,
    as Node and bundlers have it; a JSON file is such a module.
    """
    if origin.name == "*":
        whole = members if name == "=" else (name, *members)
        rest = rest_of(whole, origin.members)
        if rest is None and name == "=" and origin.members[:1] == ("default",):
            rest = rest_of(members, origin.members[1:])
        return rest
    if origin.name == name or (name == "=" and origin.name == "default"):
        return rest_of(members, origin.members)
    return rest_of(members, (origin.name, *origin.members)) if name == "=" else None
