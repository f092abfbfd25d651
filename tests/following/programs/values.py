"""What a program's expressions may be."""

from dataclasses import dataclass
from typing import Final

from tests.following.programs.model import Array, Class, Enum, Function, Object, Parts, Routine, Space, This
from tests.following.programs.scopes import Scope

UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Const:
    text: str
    literals: frozenset[int]


@dataclass(frozen=True, slots=True)
class Thing:
    """Things are the same if they were written at the same place."""

    node: "Object | Array | Function | Routine | Enum | Class | Space | This | Leftover | Listed | int"
    scope: Scope


@dataclass(frozen=True, slots=True)
class Leftover:
    """What a pattern's ``...rest`` takes of a thing."""

    of: Thing
    pattern: Parts


@dataclass(frozen=True, slots=True)
class Listed:
    """``Object.values(of)``."""

    of: Thing


Atom = Const | Thing | str
Atoms = frozenset[Atom]
NOTHING: Atoms = frozenset()
NOBODY_KNOWS: Atoms = frozenset([UNKNOWN])
