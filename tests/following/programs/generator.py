"""Draws programs. Names come from a few letters, so that they shadow each other and members are called alike.

What a name holds is noted as it is declared, so that most reads lead to a text; some are drawn blindly.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

from tests.following.programs.model import (
    Array,
    Branch,
    Call,
    Expression,
    Function,
    Index,
    Joined,
    Member,
    Name,
    Object,
    Pair,
    Parts,
    Pattern,
    Sink,
    Slot,
    Spread,
    Text,
    Unknown,
    Values,
    Wrapped,
)  # fmt: skip

Drawn = TypeVar("Drawn")
LETTERS = ("a", "b", "c", "d")
WORDS = ("alpha", "beta", "gamma")
SINKS = ("property", "argument", "compare", "return", "query", "set", "params")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a value while a program is drawn. ``kind``: text, object, array, function, unknown."""

    kind: str = "text"
    members: "tuple[tuple[str, Shape], ...]" = ()


TEXT, DARK = Shape(), Shape("unknown")


@dataclass
class Frame:
    """The names of a scope that is being drawn."""

    is_function: bool = False
    names: dict[str, Shape] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    fields: tuple[str, ...] = ()
    """Of an instance of the class around."""


class Author:
    """Writes the statements of one file after the other; numbers literals and sinks across them."""

    def __init__(self, draw: Callable[[st.SearchStrategy[object]], object], *, is_plain: bool) -> None:
        self._draw = draw
        self.is_plain = is_plain
        self.texts: dict[int, str] = {}
        self._sinks = 0
        self.frames: list[Frame] = []

    def one(self, choices: Sequence[Drawn]) -> Drawn:
        return self._draw(st.sampled_from(choices))  # type: ignore[return-value]

    def chance(self, percent: int) -> bool:
        return self.one(range(100)) >= 100 - percent

    # --- expressions, each with its shape ---

    def text(self) -> Text:
        number = len(self.texts)
        self.texts[number] = self.one(WORDS)
        return Text(self.texts[number], number)

    def expression(self, depth: int = 2) -> tuple[Expression, Shape]:
        makers: list[Callable[[int], tuple[Expression, Shape]]] = [self._leaf, self.reading, self.reading]
        if depth:
            makers += [self._object, self._object, self._array, self._function, self._branch, self._joined]
            makers += [self._wrapped, self._values]
        return self.one(makers)(depth)

    def _leaf(self, _depth: int) -> tuple[Expression, Shape]:
        return (Unknown(), DARK) if self.chance(8) else (self.text(), TEXT)

    def reading(self, _depth: int) -> tuple[Expression, Shape]:
        """A name, with some members read off it."""
        seen = {name: shape for frame in self.frames for name, shape in frame.names.items()}
        if not seen or self.chance(4):
            return Name(self.one(LETTERS)), DARK
        name = self.one(sorted(seen))
        value: Expression = Name(name)
        shape = seen[name]
        while shape.kind != "text" and self.chance(85):
            value, shape = self.deeper(value, shape)
        return value, shape

    def deeper(self, value: Expression, shape: Shape) -> tuple[Expression, Shape]:
        if shape.kind == "function":
            return Call(value), shape.members[0][1]
        if shape.kind == "array":
            position = self.one(range(3))
            within = dict(shape.members).get(str(position), DARK)
            return Index(value, position), within
        key = self.one([key for key, _ in shape.members] or LETTERS) if self.chance(95) else self.one(LETTERS)
        return Member(value, key, self.chance(15)), dict(shape.members).get(key, DARK)

    def _object(self, depth: int) -> tuple[Expression, Shape]:
        parts: list[Pair | Spread] = []
        members: dict[str, Shape] = {}
        for _ in range(self.one((1, 2, 2, 3))):
            if self.chance(15):
                value, shape = self.reading(0)
                if shape.kind == "object" or self.chance(20):
                    parts.append(Spread(value))
                    members |= dict(shape.members if shape.kind == "object" else ())
                    continue
            key = self.one(LETTERS)
            pair, shape = self._pair(key, depth - 1)
            parts.append(pair)
            members[key] = shape
        return Object(tuple(parts)), Shape("object", tuple(members.items()))

    def _pair(self, key: str, depth: int) -> tuple[Pair, Shape]:
        form = self.one(
            ("plain", "plain", "plain", "quoted", "computed", "short", "method", "getter", "hidden")
        )
        if form == "short":
            known = next((frame.names[key] for frame in reversed(self.frames) if key in frame.names), DARK)
            return Pair(key, Name(key), form), known
        value, shape = self.expression(depth)
        if form == "method":
            return Pair(key, Function(value), form), Shape("function", (("()", shape),))
        return Pair(key, value, form), shape if form != "hidden" else DARK

    def _array(self, depth: int) -> tuple[Expression, Shape]:
        items: list[Expression | Spread] = []
        members: list[tuple[str, Shape]] = []
        for position in range(self.one((1, 2, 3))):
            value, shape = self.expression(depth - 1)
            members.append((str(position), shape))
            items.append(Spread(value) if shape.kind == "array" and self.chance(40) else value)
        return Array(tuple(items)), Shape("array", tuple(members))

    def _function(self, depth: int) -> tuple[Expression, Shape]:
        form = self.one(("arrow", "block", "expression"))
        name = self.one(LETTERS) if form == "expression" and self.chance(50) else ""
        value, shape = self.expression(depth - 1)
        return Function(value, form, name), Shape("function", (("()", shape),))

    def _branch(self, depth: int) -> tuple[Expression, Shape]:
        operator = self.one(("?", "??", "||", "&&"))
        one, shape = self.expression(depth - 1)
        if operator == "&&":
            return Branch(operator, (one,)), shape
        other, _ = self.expression(depth - 1)
        return Branch(operator, (one, other)), shape

    def _joined(self, _depth: int) -> tuple[Expression, Shape]:
        parts: list[Expression] = [self.text()]
        value, shape = self.reading(0)
        if shape.kind == "text" and _is_simple(value):
            parts.insert(self.one((0, 1)), value)
            return Joined(tuple(parts), self.one(("plus", "template"))), TEXT
        # A template of nothing but literals would be a literal of its own.
        return Joined((*parts, self.text()), "plus"), TEXT

    def _wrapped(self, depth: int) -> tuple[Expression, Shape]:
        value, shape = self.expression(depth - 1)
        is_value = isinstance(value, Text | Object | Array)
        forms = ["parens", "satisfies", "bang"] + ["const"] * is_value + ["freeze"] * (shape.kind == "object")
        return Wrapped(self.one(forms), value), shape

    def _values(self, _depth: int) -> tuple[Expression, Shape]:
        value, shape = self.reading(0)
        if shape.kind != "object":
            return value, shape
        members = tuple((str(at), shape) for at, (_, shape) in enumerate(shape.members))
        return Values(value), Shape("array", members)

    # --- names ---

    def fresh(self, kind: str = "const") -> str:
        """A name that may be declared here; a longer one if all letters are taken."""
        frames = self.frames[-1:]
        if kind == "var":
            nearest = next(at for at in reversed(range(len(self.frames))) if self.frames[at].is_function)
            frames = self.frames[nearest:]
        free = [name for name in LETTERS if not any(name in frame.taken for frame in frames)]
        name = self.one(free) if free else f"v{len(self.texts)}x{sum(len(f.taken) for f in self.frames)}"
        for frame in frames:
            frame.taken.add(name)
        return name

    def hold(self, name: str, shape: Shape, *, is_var: bool = False) -> None:
        frames = [frame for frame in self.frames if frame.is_function] if is_var else self.frames
        frames[-1].names[name] = shape

    def pattern(self, shape: Shape, kind: str, depth: int = 2) -> Pattern:
        """A pattern for what has this shape; its names are declared."""
        if depth and shape.kind in ("object", "array") and shape.members and self.chance(60):
            slots, keys = [], dict(shape.members)
            for key in self.one([tuple(keys), tuple(keys)[:1], tuple(keys)[-1:]]):
                default = self.expression(0)[0] if self.chance(20) else None
                target = self.pattern(keys[key], kind, depth - 1)
                slots.append(Slot(int(key) if shape.kind == "array" else key, target, default))
            rest = ""
            if self.chance(40):
                rest = self.fresh(kind)
                taken = {str(slot.key) for slot in slots}
                left = tuple((key, each) for key, each in shape.members if key not in taken)
                if shape.kind == "array":
                    left = tuple((str(at), each) for at, (_, each) in enumerate(left))
                self.hold(rest, Shape(shape.kind, left), is_var=kind == "var")
            return Parts(tuple(slots), shape.kind == "array", rest)
        name = self.fresh(kind)
        self.hold(name, shape, is_var=kind == "var")
        return name

    def sink(self, value: Expression, forms: tuple[str, ...] = SINKS) -> Sink:
        self._sinks += 1
        name, form = f"s{self._sinks}", self.one(forms)
        if form == "query" and not isinstance(value, Name | Member | Index | Call):
            form = "set"  # a template of nothing but literals would be a literal of its own
        if form == "params":
            value = Object((Pair(name, value),))
        return Sink(name, form, value)


def _is_simple(value: Expression) -> bool:
    """Whether it is a name or a member, which a text may hold."""
    return isinstance(value, Name) or (isinstance(value, Member) and _is_simple(value.base))
