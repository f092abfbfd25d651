"""A sink that a constant reaches, as it is found in a tree."""

import msgspec

from archlint.facts import Sink
from archlint.languages.ecmascript.paths import Path


class Use(msgspec.Struct, frozen=True):
    """A sink that a constant reaches. ``index`` is where on the path from the root its receiver stands."""

    sink: Sink
    name: str
    index: int
    argument: int = -1
    of: Path = ()
    """The way to the expression that the sink is called by, where that may have other names too."""
