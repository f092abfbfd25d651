"""What a program is made of. Every literal has a number of its own; so has every sink, in its name."""

from collections.abc import Mapping
from dataclasses import dataclass

# --- expressions -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    value: str
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    base: "Expression"
    key: str
    is_quoted: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    base: "Expression"
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """``form``: plain, quoted, computed (``['a']``), short (``{ a }``), method, getter, hidden (``[unknown()]``)."""

    key: str
    value: "Expression"
    form: str = "plain"


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    value: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    parts: tuple[Pair | Spread, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    items: "tuple[Expression | Spread, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """``a ?? b``, ``a || b``, ``x && b``, ``x ? a : b``: it may be any of them."""

    operator: str
    either: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Wrapped:
    """``form``: parens, const, freeze, satisfies, bang, await."""

    form: str
    inner: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """``form``: plus or template."""

    parts: "tuple[Expression, ...]"
    form: str


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """One without parameters that returns a value. ``form``: arrow, block, expression, async; a name of its own."""

    value: "Expression"
    form: str = "arrow"
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    callee: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """``Object.values(of)``."""

    of: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """What only the run time knows."""


@dataclass(frozen=True, slots=True, eq=False)
class Required:
    """``form``: require or import."""

    file: int
    specifier: str
    form: str


@dataclass(frozen=True, slots=True, eq=False)
class This:
    pass


Expression = (
    Text | Name | Member | Index | Object | Array | Branch | Wrapped | Joined | Function | Call | Values
    | Unknown | Required | This
)  # fmt: skip

# --- patterns ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One part of a pattern: the key or position it takes, the name or pattern it goes to, its default."""

    key: str | int
    target: "Pattern"
    default: Expression | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """``{ a: b, ...rest }``, ``[a, , b, ...rest]``."""

    slots: tuple[Slot, ...]
    is_array: bool = False
    rest: str = ""


Pattern = str | Parts

# --- statements --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Declare:
    kind: str
    target: Pattern
    value: Expression | None
    exported: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Assign:
    target: Pattern | Member | Index
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """``form``: bump (``x++``), delete, assign (``Object.assign(x, …)``), computed (``x[unknown()] = …``)."""

    form: str
    target: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """``for (kind target of value) body``; without a kind it writes to what is declared elsewhere."""

    kind: str
    target: Pattern
    value: Expression
    body: "tuple[Statement, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """``form``: block, try (``name`` is what catch binds, and the body its), switch, for (``let name = value``)."""

    form: str
    body: "tuple[Statement, ...]"
    name: str = ""
    value: Expression | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Routine:
    """A function's declaration. With a result and nothing else in it, it is constant."""

    name: str
    parameters: tuple[tuple[Pattern, Expression | None], ...]
    body: "tuple[Statement, ...]"
    result: Expression | None = None
    export: str = ""
    """'', export or default."""


@dataclass(frozen=True, slots=True, eq=False)
class Enum:
    name: str
    members: tuple[tuple[str, Expression], ...]
    exported: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """``form`` of a member: static, method (static), getter (static), readonly (of an instance), #private."""

    name: str
    members: tuple[tuple[str, str, Expression], ...]
    body: "tuple[Statement, ...]" = ()
    """Of a method of an instance."""
    exported: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    name: str
    body: "tuple[Statement, ...]"
    exported: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Import:
    """``names`` as (exported, local); ``whole`` is ``* as whole``."""

    file: int
    specifier: str
    names: tuple[tuple[str, str], ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """``export { local as exported }``, of another file if one is given; ``*`` for all of it."""

    names: tuple[tuple[str, str], ...]
    file: int = -1
    specifier: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Default:
    """``export default value``; in CommonJS ``module.exports = value``, or ``exports.name = value``."""

    value: Expression
    name: str = "default"


@dataclass(frozen=True, slots=True, eq=False)
class Sink:
    """``form``: property, argument, compare, return, query, set, params (an object with such a member)."""

    name: str
    form: str
    value: Expression


Statement = (
    Declare | Assign | Change | Loop | Block | Routine | Enum | Class | Space | Import | Export | Default | Sink
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """``form``: module, common (CommonJS), json (one default export of literals)."""

    path: str
    form: str
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    files: tuple[File, ...]
    texts: Mapping[int, str]
    """The literals by number."""
