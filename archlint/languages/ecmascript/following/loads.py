"""What travels through names: a constant, or what an import lends, and the members that lead to it."""

from dataclasses import dataclass, replace

from archlint.facts import Import, Step

# What a call of a function adds to the way to a constant, and what any element of an array does.
CALL, ELEMENT = "()", "[]"
_LONGEST_WAY = 40


@dataclass(frozen=True, slots=True)
class Load:
    """A constant on its way outwards from where it is written."""

    text: str | None = None
    """Its value; None if another file has it."""
    origin: Import | None = None
    """The import that lends it; None if it is written in this file."""
    ahead: tuple[str, ...] = ()
    """The members to read before what is held is the constant itself: names, ``[0]``, ``()``."""
    is_member: bool = False
    """Whether it was part of an object on its way: whoever holds the object may change it."""
    way: tuple[Step, ...] = ()
    """The names that held it, first to last."""

    @property
    def is_reached(self) -> bool:
        """Whether what stands here is the constant, or an array of such."""
        return all(member.startswith("[") for member in self.ahead)

    def under(self, *members: str) -> "Load":
        """The load within something that has it as a member."""
        return replace(self, ahead=(*members, *self.ahead), is_member=True)

    def read(self, member: str) -> "Load | None":
        """The load after a member is read off what holds it; None if that is something else."""
        if self.ahead:
            return replace(self, ahead=self.ahead[1:]) if _is_same(self.ahead[0], member) else None
        if self.origin is None:
            return None
        return replace(
            self, origin=Import(self.origin.module, self.origin.name, (*self.origin.members, member))
        )

    def beyond(self, step: Step) -> "Load":
        """The load after one more name held it."""
        way = self.way if len(self.way) < _LONGEST_WAY else self.way[:-1]
        return replace(self, way=(*way, step))


def _is_same(member: str, other: str) -> bool:
    """Whether two ways to name a member mean the same: ``x[0]`` reads the key ``0``, or any element."""
    if ELEMENT in (member, other):
        return member.startswith("[") and other.startswith("[")
    return member.strip("[]") == other.strip("[]")


def matches(members: tuple[str, ...], lent: tuple[str, ...]) -> bool:
    """Whether reading ``members`` off an export gives the constant that is ``lent`` under a way of members."""
    if len(members) > len(lent):
        return False
    rest = lent[len(members) :]
    return all(map(_is_same, lent, members)) and all(member.startswith("[") for member in rest)
