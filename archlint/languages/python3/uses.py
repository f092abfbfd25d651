"""What a sink is, and where on the way to a constant it is looked for."""

import libcst as cst
import msgspec

from archlint.facts import Sink
from archlint.languages.python3.imports import Imports
from archlint.languages.python3.paths import Path


class Use(msgspec.Struct, frozen=True):
    """A sink that a constant reaches. ``index`` is where on the path from the root its receiver stands."""

    sink: Sink
    name: str
    index: int
    argument: int = -1


class Spot(msgspec.Struct, frozen=True):
    """A value on its way: ``path[index]`` is the expression that has it, the node before receives it."""

    path: Path
    index: int
    imports: Imports

    @property
    def value(self) -> cst.CSTNode:
        """The expression that has the value."""
        return self.path[self.index]

    @property
    def receiver(self) -> cst.CSTNode:
        """What the expression stands in."""
        return self.path[self.index - 1]

    def above(self, steps: int) -> cst.CSTNode:
        """The node that many steps outside of the value; the module at most."""
        return self.path[max(self.index - steps, 0)]
