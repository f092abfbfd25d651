"""What travels through names: a constant, or what an import lends, and the members that lead to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import msgspec

from archlint.code import Import, Step
from archlint.languages.ecmascript.paths import Path
from archlint.members import ANY, is_reached, is_same

_LONGEST_WAY = 40
_DEEPEST = 12
_MOST_LAPS = 2
_SHALLOW = 2


class Spot(msgspec.Struct, frozen=True):
    """A member of one object: of the literal, class or pattern that makes the object, by its node's id."""

    holder: int
    member: str


@dataclass(frozen=True, slots=True)
class Load:
    """A constant on its way outwards from where it is written."""

    text: str | None = None
    """Its value; None if another file has it."""
    origin: Import | None = None
    """The import that lends it; None if it is written in this file."""
    ahead: tuple[str, ...] = ()
    """The members to read before what is held is the constant itself: names, ``[0]``, ``()``."""
    holders: tuple[int, ...] = ()
    """By member of ``ahead``, the id of the node that makes the object which has it."""
    lacks: frozenset[str] | None = None
    """Of a copy of what is imported (``{ ...x }``) the members that are not its own; None if it is no copy."""
    way: tuple[Step, ...] = ()
    """The names that held it, first to last."""
    through: tuple[Path, ...] = field(default=(), compare=False)
    """The expressions whose value the names were given, first to last."""

    @property
    def is_reached(self) -> bool:
        """Whether what stands here is the constant, or an array of such."""
        return self.lacks is None and is_reached(self.ahead)

    @property
    def is_next(self) -> bool:
        """Whether what stands here is an object with the constant as a member."""
        return bool(self.ahead) and self.lacks is None and is_reached(self.ahead[1:])

    @property
    def is_deep(self) -> bool:
        """Whether more objects are around it than anybody reads through."""
        return len(self.ahead) > _DEEPEST or (self.origin is not None and len(self.origin.members) > _DEEPEST)

    def under(self, member: str, holder: int) -> "Load":
        """The load within something that has it as a member."""
        return replace(self, ahead=(member, *self.ahead), holders=(holder, *self.holders))

    def read(self, member: str) -> "Load | None":
        """The load after a member is read off what holds it; None if that is something else."""
        if self.ahead:
            is_it = is_same(self.ahead[0], member)
            return replace(self, ahead=self.ahead[1:], holders=self.holders[1:]) if is_it else None
        if self.origin is None or member in (self.lacks or ()):
            return None
        origin = Import(self.origin.module, self.origin.name, (*self.origin.members, member))
        return replace(self, origin=origin, lacks=None)

    @property
    def each_member(self) -> "Load | None":
        """What another file has as an object, by whichever of its members; None for what is no such object."""
        if self.origin is None or self.ahead:
            return None
        rest = self.read(ANY)
        return replace(rest, lacks=self.lacks) if rest is not None else None

    def lacking(self, members: Iterable[str]) -> "Load":
        """The load of a copy of what is imported, without these members."""
        return replace(self, lacks=(self.lacks or frozenset()).union(members))

    def moved(self, holder: int, member: str = "") -> "Load":
        """The load in a copy of the object that has it, there as another member if one is given."""
        return replace(
            self, ahead=(member or self.ahead[0], *self.ahead[1:]), holders=(holder, *self.holders[1:])
        )

    def spot(self, member: str) -> "Spot | Import | None":
        """What a write to the member changes of the object that stands here; None if it holds no object."""
        if self.ahead:
            return Spot(self.holders[0], self.ahead[0] if member != ANY else ANY)
        if self.origin is None:
            return None
        members = self.origin.members if member == ANY else (*self.origin.members, member)
        return Import(self.origin.module, self.origin.name, members)

    def spots(self) -> "tuple[Spot, ...]":
        """The members of objects that it is in."""
        return tuple(map(Spot, self.holders, self.ahead))

    def beyond(self, step: Step) -> "Load | None":
        """The load after one more name held it; None if it goes in circles, as an object that has itself does."""
        members = len(self.ahead) + (len(self.origin.members) if self.origin is not None else 0)
        if members > _SHALLOW and self.way.count(step) >= _MOST_LAPS:
            return None
        way = self.way if len(self.way) < _LONGEST_WAY else self.way[:-1]
        return replace(self, way=(*way, step))
