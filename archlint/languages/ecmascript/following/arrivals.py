"""Where a constant arrives on its way outwards."""

from collections.abc import Iterator

import msgspec

from archlint.code import Import
from archlint.languages.ecmascript.following.loads import Load, Spot
from archlint.languages.ecmascript.following.selves import Self
from archlint.languages.ecmascript.paths import Path


class On(msgspec.Struct, frozen=True):
    """The expression at the end of the path has the load too. ``is_new`` if it names it in its own way."""

    path: Path
    load: Load
    is_new: bool = False


class Reach(msgspec.Struct, frozen=True):
    """The expression at the end of the path is the constant, or an array of such."""

    path: Path
    load: Load
    member: str = ""
    """Of an object that is given away whole: the member that is the constant."""


class Fill(msgspec.Struct, frozen=True):
    """The constant is part of the text that is built around the end of the path."""

    path: Path
    load: Load


class Bind(msgspec.Struct, frozen=True):
    """The pattern or name at the end of the path holds the constant, or an object that has it."""

    path: Path
    load: Load


class Lend(msgspec.Struct, frozen=True):
    """The file exports it under a name, ``default``, or ``=`` for all that a CommonJS module is."""

    name: str
    load: Load
    path: Path


class Spoil(msgspec.Struct, frozen=True):
    """Somebody assigns to it, so it is no constant."""

    spot: Spot | Import


class Own(msgspec.Struct, frozen=True):
    """What ``this`` is has it as a member."""

    self: Self
    load: Load


Arrival = Reach | Fill | Bind | Lend | Own | Spoil
Step = Iterator[Arrival | On]
"""What the expression around does with a load: it hands it on, or the load arrives."""
