"""What may be asked of the values at a path of a document, and which of it a value does not meet."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from archlint.facts import Entry
from archlint.kinds.entries.scalars import Scalar, a_type, either, is_same, shown
from archlint.kinds.entries.walk import COLLECTIONS
from archlint.regexes import compile_regex

Type: TypeAlias = Literal["string", "number", "boolean", "null", "mapping", "sequence"]


class Count(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """How many there may be."""

    min: int = 0
    """At least so many."""
    max: int | None = None
    """At most so many; any number if left out."""


class Expectation(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What must hold at some paths. All that is said must hold of every value there."""

    at: str | tuple[str, ...] = ()
    """Paths, each judged by itself. One that can mean a single value requires it; others take what is there."""
    exists: bool | None = None
    """Whether something must be there, on every branch that a wildcard opens; false if nothing may be."""
    optional: bool = False
    """Whether the value of a path to a single one may be missing."""
    equals: Scalar | None = None
    """Each value is this."""
    one_of: tuple[Scalar, ...] = ()
    """Each value is one of these."""
    none_of: tuple[Scalar, ...] = ()
    """No value is one of these."""
    matches: str | None = None
    """A regular expression for the whole of a scalar's text."""
    not_matches: str | None = None
    """A regular expression that no scalar's whole text matches."""
    type: Type | tuple[Type, ...] = ()
    """What each value is."""
    count: int | Count | None = None
    """How many values a path selects in each file."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths under ``at``."""
        return (self.at,) if isinstance(self.at, str) else self.at

    @property
    def types(self) -> tuple[str, ...]:
        """The types under ``type``."""
        return (self.type,) if isinstance(self.type, str) else self.type

    @property
    def counts(self) -> Count | None:
        """What is asked of the number of values."""
        return Count(self.count, self.count) if isinstance(self.count, int) else self.count

    @property
    def judges_values(self) -> bool:
        """Whether anything is asked of a value that is there."""
        scalars = (self.equals, self.matches, self.not_matches)
        return any(asked is not None for asked in scalars) or bool(self.one_of or self.none_of or self.type)


def unmet(asked: Expectation, entry: Entry) -> Iterator[str]:
    """What a value must do and does not: ``be "x"``, ``match /x/``."""
    if asked.types and entry.type not in asked.types:
        yield f"be {either(map(a_type, asked.types))}"
    if asked.equals is not None and not is_same(entry, asked.equals):
        yield f"be {shown(asked.equals)}"
    if asked.one_of and not _is_among(entry, asked.one_of):
        yield f"be {either(map(shown, asked.one_of))}"
    if _is_among(entry, asked.none_of):
        yield f"not be {either(map(shown, asked.none_of))}"
    if asked.matches is not None and not _matches(entry, asked.matches):
        yield f"match /{asked.matches}/"
    if asked.not_matches is not None and _matches(entry, asked.not_matches):
        yield f"not match /{asked.not_matches}/"


def _is_among(entry: Entry, scalars: tuple[Scalar, ...]) -> bool:
    return any(is_same(entry, scalar) for scalar in scalars)


def _matches(entry: Entry, pattern: str) -> bool:
    return entry.type not in COLLECTIONS and compile_regex(pattern).fullmatch(entry.value) is not None
