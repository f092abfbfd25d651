"""Which name of a program means what: every declaration in the scope it belongs to, and who writes to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.following.programs.model import (
    Assign,
    Block,
    Change,
    Class,
    Declare,
    Default,
    Enum,
    Export,
    Expression,
    File,
    Function,
    Import,
    Index,
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
)  # fmt: skip

Way = tuple[Slot | tuple[str, Parts], ...]
"""How a name's value is taken out of what its pattern is given: slots, and at most one rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A declaration whose value is part of an expression's; ``is_element`` of one of its elements."""

    value: Expression | None
    scope: "Scope"
    way: Way = ()
    is_element: bool = False
    is_exported: bool = False


Declaration = Held | Routine | Enum | Class | Space | tuple[Import, str] | Function


@dataclass(eq=False)
class Scope:
    """A scope; ``owner`` of a function takes its ``var``."""

    file: int
    outer: "Scope | None" = None
    is_function: bool = False
    this: Class | None = None
    names: dict[str, list[Declaration]] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    """Names whose members are written to."""

    def declare(self, name: str, declaration: Declaration) -> None:
        self.names.setdefault(name, []).append(declaration)

    def find(self, name: str) -> "Scope | None":
        """The nearest scope around that declares the name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.names:
            scope = scope.outer
        return scope

    def of_var(self) -> "Scope":
        scope = self
        while not scope.is_function and scope.outer is not None:
            scope = scope.outer
        return scope


@dataclass(eq=False)
class Outline:
    """What a file holds, each with the scope it stands in."""

    root: Scope
    sinks: list[tuple[Sink, Scope]] = field(default_factory=list)
    writes: list[tuple[Assign | Change, Scope]] = field(default_factory=list)
    exports: list[tuple[Export | Default, Scope]] = field(default_factory=list)
    exported: dict[str, str] = field(default_factory=dict)
    """The names that declarations are exported under, to the names they have here."""
    bodies: dict[int, Scope] = field(default_factory=dict)
    """The scopes of routines, spaces, enums and classes, by their ids."""
    loops: list[tuple[Loop, Scope]] = field(default_factory=list)


def outline(number: int, file: File) -> Outline:
    found = Outline(Scope(number, is_function=True))
    _statements(found, file.body, found.root)
    for write, scope in found.writes:
        target = write.target
        if isinstance(target, str | Parts):
            _write(scope, target)
        elif isinstance(target, Name) and isinstance(write, Change) and write.form == "bump":
            _write(scope, target.name)
        else:
            _note_change(scope, target)
    for loop, scope in found.loops:
        if not loop.kind:
            _write(scope, loop.target)
    return found


def _write(scope: Scope, target: Pattern) -> None:
    for name, _ in ways(target):
        holder = scope.find(name)
        if holder is not None:
            holder.written.add(name)


def _note_change(scope: Scope, target: Expression) -> None:
    while isinstance(target, Member | Index):
        target = target.base
    holder = scope.find(target.name) if isinstance(target, Name) else None
    if holder is not None and isinstance(target, Name):
        holder.changed.add(target.name)


def ways(pattern: Pattern, way: Way = ()) -> Iterator[tuple[str, Way]]:
    """The names in a pattern, each with the way to what it takes."""
    if isinstance(pattern, str):
        yield pattern, way
        return
    for slot in pattern.slots:
        yield from ways(slot.target, (*way, slot))
    if pattern.rest:
        yield pattern.rest, (*way, ("rest", pattern))


def _statements(found: Outline, body: Iterable[Statement], scope: Scope) -> None:
    for statement in body:
        _statement(found, statement, scope)


def _statement(found: Outline, statement: Statement, scope: Scope) -> None:  # noqa: C901, PLR0912, PLR0915 -- a few lines each
    match statement:
        case Declare(kind, target, value, exported):
            holder = scope.of_var() if kind == "var" else scope
            for name, way in ways(target):
                if value is not None or name not in holder.names:
                    _drop_empty(holder, name)
                    holder.declare(name, Held(value, scope, way, is_exported=exported))
                _export(found, name, is_exported=exported and scope is found.root)
        case Assign() | Change():
            found.writes.append((statement, scope))
        case Loop(kind, target, value, body):
            inner = Scope(scope.file, scope, this=scope.this)
            holder = scope.of_var() if kind == "var" else inner
            for name, way in ways(target) if kind else ():
                holder.declare(name, Held(value, inner, way, is_element=True))
            found.loops.append((statement, scope))
            _statements(found, body, Scope(scope.file, inner, this=scope.this))
        case Block(_, body, name, value):
            around = scope
            if name:
                around = Scope(scope.file, scope, this=scope.this)
                around.declare(name, Held(value, around))
            _statements(found, body, Scope(scope.file, around, this=scope.this))
        case Routine():
            _routine(found, statement, scope)
        case Enum(name, members, exported):
            scope.declare(name, statement)
            inner = found.bodies[id(statement)] = Scope(scope.file, scope)
            for key, value in members:
                inner.declare(key, Held(value, inner))
            _export(found, name, is_exported=exported)
        case Class(name, members, body, exported):
            scope.declare(name, statement)
            found.bodies[id(statement)] = Scope(scope.file, scope, this=statement)
            method = Scope(scope.file, scope, is_function=True, this=statement)
            _statements(found, body, Scope(scope.file, method, this=statement))
            _export(found, name, is_exported=exported)
        case Space(name, body, exported):
            scope.declare(name, statement)
            inner = found.bodies[id(statement)] = Scope(scope.file, scope, is_function=True)
            _statements(found, body, inner)
            _export(found, name, is_exported=exported)
        case Import(_, _, names, whole):
            for exported_name, local in names:
                scope.declare(local, (statement, exported_name))
            if whole:
                scope.declare(whole, (statement, "*"))
        case Export() | Default():
            found.exports.append((statement, scope))
        case Sink():
            found.sinks.append((statement, scope))


def _drop_empty(scope: Scope, name: str) -> None:
    """``var x; var x = 1`` has one value."""
    kept = [each for each in scope.names.get(name, ()) if not (isinstance(each, Held) and _is_empty(each))]
    scope.names[name] = kept


def _is_empty(held: Held) -> bool:
    return held.value is None and not held.way


def _export(found: Outline, name: str, *, is_exported: bool) -> None:
    if is_exported:
        found.exported[name] = name


def _routine(found: Outline, routine: Routine, scope: Scope) -> None:
    scope.declare(routine.name, routine)
    inner = Scope(scope.file, scope, is_function=True)
    for target, default in routine.parameters:
        for name, way in ways(target):
            slot = Slot("\0", name, default)
            inner.declare(name, Held(None, inner, (slot, *way)))
    body = found.bodies[id(routine)] = Scope(scope.file, inner)
    _statements(found, routine.body, body)
    if routine.export:
        found.exported["default" if routine.export == "default" else routine.name] = routine.name
