"""Draws the statements of a file."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.following.programs.generator import DARK, LETTERS, SINKS, TEXT, Author, Frame, Shape
from tests.following.programs.model import (
    Array,
    Assign,
    Block,
    Change,
    Class,
    Declare,
    Enum,
    Expression,
    Function,
    Loop,
    Member,
    Name,
    Parts,
    Pattern,
    Routine,
    Sink,
    Slot,
    Space,
    Statement,
    This,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lender:
    """A file as others see it: how it is imported, what it exports."""

    form: str
    specifiers: tuple[str, ...]
    exports: tuple[tuple[str, Shape], ...]


class Writer(Author):
    """Draws statements."""

    def body(self, size: int, depth: int, frame: Frame) -> tuple[Statement, ...]:
        """The statements of a new scope."""
        self.frames.append(frame)
        found: list[Statement] = []
        for _ in range(self.one(range(1, size + 1))):
            found.extend(self.statements(depth))
        self.frames.pop()
        return tuple(found)

    def statements(self, depth: int) -> list[Statement]:
        makers: list[Callable[[int], list[Statement]]] = [self._declare, self._use]
        makers *= 5
        makers += [self._write] + [self._routine, self._class] * (depth > 0)
        makers += [self._nested, self._loop] * (depth > 0)
        makers += [self._enum, self._space] * (depth > 0 and not self.is_plain)
        return self.one(makers)(depth)

    def _declare(self, _depth: int) -> list[Statement]:
        kind = self.one(("const", "const", "const", "let", "var"))
        value, shape = self.expression()
        if kind != "const" and self.chance(10):
            name = self.fresh(kind)
            self.hold(name, DARK, is_var=kind == "var")
            return [Declare(kind, name, None)]
        return [Declare(kind, self.pattern(shape, kind), value)]

    def _use(self, _depth: int) -> list[Statement]:
        value, _ = self.reading(1) if self.chance(75) else self.expression()
        sink = self.sink(value)
        if sink.form != "params" or self.chance(40):
            return [sink]
        return [
            Declare("const", f"q{sink.name}", sink.value),
            Sink(sink.name, sink.form, Name(f"q{sink.name}")),
        ]

    def _write(self, _depth: int) -> list[Statement]:
        value, _ = self.expression(0)
        target, shape = self.reading(0)
        form = self.one(("name", "pattern", "bump", "member", "member", "delete", "assign", "computed"))
        if form in ("name", "bump", "pattern"):
            name = self.one(LETTERS)
            pattern: Pattern = name if form == "name" else Parts((Slot(self.one(LETTERS), name),))
            return [Change("bump", Name(name)) if form == "bump" else Assign(pattern, value)]
        if shape.kind != "object" or not self._is_own(target):
            return [Assign(self.one(LETTERS), value)]
        if form in ("assign", "computed"):
            return [Change(form, target)]
        member = Member(target, self.one([key for key, _ in shape.members] or LETTERS))
        return [Change("delete", member) if form == "delete" else Assign(member, value)]

    def _is_own(self, value: Expression) -> bool:
        return isinstance(value, Name) or (isinstance(value, Member) and self._is_own(value.base))

    def _nested(self, depth: int) -> list[Statement]:
        form = self.one(("block", "try", "switch", "for"))
        around, name, value = Frame(), "", None
        if form in ("try", "for"):
            name = self.one(LETTERS)
            shape = DARK
            if form == "for":
                value, shape = self.expression(1)
            around.names[name] = shape
        self.frames.append(around)
        body = self.body(3, depth - 1, Frame(taken={name} if form == "try" else set()))
        self.frames.pop()
        return [Block(form, body, name, value)]

    def _loop(self, depth: int) -> list[Statement]:
        value, shape = self.expression(1)
        if shape.kind != "array" or not shape.members:
            value, shape = Array((value,)), Shape("array", (("0", shape),))
        kind = self.one(("const", "let", "var", ""))
        if not kind:
            return [Loop("", self.one(LETTERS), value, ())]
        around = Frame()
        if kind != "var":
            self.frames.append(around)
        target = self.pattern(shape.members[0][1], kind)
        body = self.body(3, depth - 1, Frame())
        if kind != "var":
            self.frames.pop()
        return [Loop(kind, target, value, body)]

    def _routine(self, depth: int) -> list[Statement]:
        name = self.fresh()
        frame = Frame(is_function=True)
        self.frames.append(frame)
        parameters: list[tuple[Pattern, Expression | None]] = []
        for _ in range(self.one((0, 0, 1, 2))):
            default, shape = self.expression(1)
            target = self.pattern(shape, "let", 1)
            parameters.append((target, default if self.chance(75) else None))
        taken = frame.taken
        is_constant = self.chance(40)
        body = () if is_constant else self.body(3, depth - 1, Frame(taken=set(taken)))
        result, shape = self.expression() if is_constant or self.chance(30) else (None, DARK)
        self.frames.pop()
        held = Shape("function", (("()", shape),))
        self.hold(name, held)
        return [Routine(name, tuple(parameters), body, result)]

    def _class(self, _depth: int) -> list[Statement]:
        name = self.fresh()
        members: list[tuple[str, str, Expression]] = []
        statics: list[tuple[str, Shape]] = []
        fields: list[str] = []
        for key in LETTERS[: self.one((1, 2, 3))]:
            form = self.one(("static", "static", "method", "getter", "readonly", "private"))
            value, shape = self.expression(1)
            members.append((key, form, Function(value) if form == "method" else value))
            if form in ("static", "method", "getter"):
                statics.append((key, Shape("function", (("()", shape),)) if form == "method" else shape))
            else:
                fields.append(("#" if form == "private" else "") + key)
        not_in_functions = tuple(form for form in SINKS if form != "return")
        uses = tuple(self.sink(Member(This(), key), not_in_functions) for key in fields)
        self.hold(name, Shape("object", tuple(statics)))
        return [Class(name, tuple(members), uses)]

    def _enum(self, _depth: int) -> list[Statement]:
        name = self.fresh()
        members: list[tuple[str, Expression]] = []
        for key in LETTERS[: self.one((1, 2, 3))]:
            earlier = [Name(member) for member, _ in members] + [
                Member(Name(name), key) for key, _ in members
            ]
            members.append((key, self.one(earlier) if earlier and self.chance(30) else self.text()))
        self.hold(name, Shape("object", tuple((key, TEXT) for key, _ in members)))
        return [Enum(name, tuple(members))]

    def _space(self, _depth: int) -> list[Statement]:
        name = self.fresh()
        frame = Frame(is_function=True)
        self.frames.append(frame)
        body: list[Statement] = []
        for _ in range(self.one((1, 2))):
            value, shape = self.expression(1)
            target = self.pattern(shape, "const", 1)
            body.append(Declare("const", target, value, exported=self.chance(80)))
        self.frames.pop()
        self.hold(name, Shape("object", tuple(frame.names.items())))
        return [Space(name, tuple(body))]
