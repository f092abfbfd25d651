"""What travels through names: a constant, or what an import lends, and the members that lead to it."""

from dataclasses import dataclass, replace

from archlint.facts import Import, Step
from archlint.members import is_reached, is_same

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
        return is_reached(self.ahead)

    def under(self, *members: str) -> "Load":
        """The load within something that has it as a member."""
        return replace(self, ahead=(*members, *self.ahead), is_member=True)

    def read(self, member: str) -> "Load | None":
        """The load after a member is read off what holds it; None if that is something else."""
        if self.ahead:
            return replace(self, ahead=self.ahead[1:]) if is_same(self.ahead[0], member) else None
        if self.origin is None:
            return None
        return replace(
            self, origin=Import(self.origin.module, self.origin.name, (*self.origin.members, member))
        )

    def beyond(self, step: Step) -> "Load":
        """The load after one more name held it."""
        way = self.way if len(self.way) < _LONGEST_WAY else self.way[:-1]
        return replace(self, way=(*way, step))
