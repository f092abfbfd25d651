"""What every text that a regular expression matches holds for certain. Matches nothing."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from itertools import product
from string import ascii_letters, digits

import msgspec

_MOST = 16
_LARGEST_CLASS = 8
_LONG_ENOUGH = 8  # a longer text is no more seldom
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_EDGES = "bBAzZ"
_SETS = "dDwWsS"
_FLAGS = frozenset("imsU-")


class Certain(msgspec.Struct, frozen=True, dict=True):
    """One of ``texts``, all of ``every``, and one of ``either``; nothing is said by what is empty."""

    texts: frozenset[str] = frozenset()
    every: "tuple[Certain, ...]" = ()
    either: "tuple[Certain, ...]" = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is certain."""
        return not (self.texts or self.every or self.either)

    @property
    def telling(self) -> frozenset[str]:
        """Texts one of which is there for certain: the longest of which that can be said; none if nothing is certain."""
        others = [each.telling for each in self.either]
        either = frozenset[str]().union(*others) if all(others) else frozenset[str]()
        said = (self.texts, *(each.telling for each in self.every), either)
        return max(said, key=lambda texts: min((_LONG_ENOUGH, *map(len, texts))) if texts else 0)

    @cached_property
    def all(self) -> frozenset[str]:
        """Every text of which something is said."""
        return self.texts.union(*(each.all for each in (*self.every, *self.either)))

    def holds(self, is_there: Callable[[str], bool]) -> bool:
        """Whether something has all of it, given which texts it has."""
        return (
            (not self.texts or any(map(is_there, self.texts)))
            and all(each.holds(is_there) for each in self.every)
            and (not self.either or any(each.holds(is_there) for each in self.either))
        )


NOTHING = Certain()


@lru_cache(maxsize=256)
def certain(pattern: str) -> Certain:
    """What each match of ``pattern`` holds; nothing where the expression says it in a way that is not read here."""
    try:
        reader = _Reader(pattern)
        read = reader.alternatives(is_folded=False)
    except (_UnreadError, RecursionError):
        return NOTHING
    return NOTHING if reader.rest else _all(read.certainties)


class _UnreadError(Exception):
    """The expression has signs that are not read here."""


class _Part(msgspec.Struct, frozen=True):
    """A part of an expression: what its matches hold, and how they end."""

    ends: frozenset[str] | None
    """With one of these; None if with anything."""
    is_whole: bool = False
    """Whether they hold nothing else."""
    held: tuple[Certain, ...] = ()
    """What stands before the end."""

    @property
    def certainties(self) -> tuple[Certain, ...]:
        """All that is certain of it."""
        if self.ends is None or "" in self.ends:
            return self.held
        return (*self.held, Certain(self.ends))


_EMPTY = _Part(frozenset({""}), is_whole=True)
_ANYTHING = _Part(None)


class _Reader:
    """Reads an expression of re2, or of the standard library as far as that says the same."""

    def __init__(self, pattern: str) -> None:
        self.rest = pattern

    def alternatives(self, *, is_folded: bool) -> _Part:
        """What stands up to the end of the group. ``is_folded``: letters of either case match."""
        found: list[_Part] = []
        while True:
            part, is_folded = self._sequence(is_folded=is_folded)
            found.append(part)
            if not self._take("|"):
                return _either(found)

    def _sequence(self, *, is_folded: bool) -> tuple[_Part, bool]:
        whole = _EMPTY
        while self.rest and self.rest[0] not in "|)":
            flags = self._flags()
            if flags is not None:
                is_folded = _folds(flags, is_folded=is_folded)
                continue
            whole = _joined(whole, self._repeated(self._atom(is_folded=is_folded)))
        return whole, is_folded

    def _take(self, text: str) -> bool:
        is_there = self.rest.startswith(text)
        if is_there:
            self.rest = self.rest[len(text) :]
        return is_there

    def _next(self) -> str:
        if not self.rest:
            raise _UnreadError
        sign, self.rest = self.rest[0], self.rest[1:]
        return sign

    def _flags(self) -> str | None:
        """The flags that hold from here on, if there are any."""
        end = self.rest.find(")")
        flags = self.rest[2:end]
        if not self.rest.startswith("(?") or end < 0 or not flags or not _FLAGS.issuperset(flags):
            return None
        self.rest = self.rest[end + 1 :]
        return flags

    def _atom(self, *, is_folded: bool) -> _Part:
        sign = self._next()
        if sign == "(":
            return self._group(is_folded=is_folded)
        if sign == "[":
            return _texts(self._class(), is_folded=is_folded)
        if sign == "\\":
            return self._escaped(is_folded=is_folded)
        if sign in "^$":
            return _EMPTY
        if sign in "*+?{":
            raise _UnreadError
        return _ANYTHING if sign == "." else _texts(sign, is_folded=is_folded)

    def _group(self, *, is_folded: bool) -> _Part:
        if self._take("?"):
            is_folded = self._opened(is_folded=is_folded)
        part = self.alternatives(is_folded=is_folded)
        if not self._take(")"):
            raise _UnreadError
        return part

    def _opened(self, *, is_folded: bool) -> bool:
        """Past the beginning of a group with a name, or with flags of its own."""
        if self._take("P<") or self._take("<"):
            name, self.rest = (*self.rest.split(">", 1), "")[:2]
            if not name.isidentifier():
                raise _UnreadError
            return is_folded
        flags, found, self.rest = self.rest.partition(":")
        if not found or not _FLAGS.issuperset(flags):
            raise _UnreadError
        return _folds(flags, is_folded=is_folded)

    def _class(self) -> str:
        """The characters of a small class that lists them; '' for any other."""
        is_listed, characters = not self._take("^"), ""
        while (sign := self._next()) != "]" or not characters:
            if sign == "[" or (sign == "-" and characters and not self.rest.startswith("]")):
                is_listed = is_listed and sign != "-"
                if self.rest.startswith(":"):
                    raise _UnreadError
            if sign == "\\":
                sign = self._next()
                is_listed = is_listed and sign not in ascii_letters + digits
            characters += sign
        return characters if is_listed and len(characters) <= _LARGEST_CLASS else ""

    def _escaped(self, *, is_folded: bool) -> _Part:
        sign = self._next()
        if sign in _EDGES:
            return _EMPTY
        if sign in _SETS:
            return _ANYTHING
        if sign in _CONTROLS:
            return _texts(_CONTROLS[sign], is_folded=False)
        if sign in ascii_letters or sign in digits:
            raise _UnreadError
        return _texts(sign, is_folded=is_folded)

    def _repeated(self, part: _Part) -> _Part:
        """The part as often as what stands behind it says."""
        while self.rest and self.rest[0] in "*?+{":
            least = self._least()
            part = _Part(None, held=part.certainties) if least else _ANYTHING
            self._take("?")
        return part

    def _least(self) -> int:
        """How often at least."""
        sign = self._next()
        if sign != "{":
            return int(sign == "+")
        count, found, self.rest = self.rest.partition("}")
        least, _, most = count.partition(",")
        if not found or not least.isdecimal() or not (not most or most.isdecimal()):
            raise _UnreadError
        return int(least)


def _folds(flags: str, *, is_folded: bool) -> bool:
    """Whether letters of either case match under the flags."""
    on, _, off = flags.partition("-")
    return (is_folded or "i" in on) and "i" not in off


def _texts(characters: str, *, is_folded: bool) -> _Part:
    is_cased = any(each.lower() != each or each.upper() != each for each in characters)
    if not characters or (is_folded and is_cased):
        return _ANYTHING
    return _Part(frozenset(characters), is_whole=True)


def _joined(one: _Part, other: _Part) -> _Part:
    """Both, one behind the other."""
    if other.is_whole and one.ends is not None and other.ends is not None:
        ends = frozenset(map("".join, product(one.ends, other.ends)))
        if len(ends) <= _MOST:
            return _Part(ends, one.is_whole, one.held)
    return _Part(other.ends, held=(*one.certainties, *other.held))


def _either(parts: list[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    ends = frozenset[str]().union(*(part.ends or () for part in parts))
    if all(part.is_whole for part in parts) and len(ends) <= _MOST:
        return _Part(ends, is_whole=True)
    known = tuple(_all(part.certainties) for part in parts)
    return _ANYTHING if any(each.is_nothing for each in known) else _Part(None, held=(Certain(either=known),))


def _all(parts: tuple[Certain, ...]) -> Certain:
    return parts[0] if len(parts) == 1 else Certain(every=parts)
