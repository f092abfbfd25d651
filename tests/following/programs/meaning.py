"""What may reach the sinks of a program: an interpreter that follows every branch, slow and plain.

A value is a text, with the numbers of the literals it is made of, or a thing: an object, an array, a function …
in the scope it was written in. ``UNKNOWN`` is what nobody can tell: a name that is assigned to again, a member
that somebody writes to, what only the run time computes.
"""

from collections.abc import Iterator

from tests.following.programs.model import (
    Array,
    Assign,
    Branch,
    Call,
    Change,
    Class,
    Enum,
    Expression,
    Function,
    Index,
    Joined,
    Member,
    Name,
    Object,
    Parts,
    Program,
    Required,
    Routine,
    Sink,
    Slot,
    Space,
    Text,
    This,
    Unknown,
    Values,
    Wrapped,
)  # fmt: skip
from tests.following.programs.rendering import rendered
from tests.following.programs.scopes import Declaration, Held, Scope, outline
from tests.following.programs.sure import Sure
from tests.following.programs.things import MurkyError, is_list
from tests.following.programs.values import NOBODY_KNOWS, NOTHING, UNKNOWN, Atom, Atoms, Const, Listed, Thing


class Meaning(Sure):
    """Interprets one program."""

    def __init__(self, program: Program) -> None:
        super().__init__(program, [outline(number, file) for number, file in enumerate(program.files)])
        self._busy: set[tuple[int, int]] = set()
        self._selves: dict[tuple[int, int], Scope] = {}
        _, spots = rendered(program)
        paths = [file.path for file in program.files]
        self._files = {number: paths.index(spot[0]) for number, spot in spots.items()}
        self._spoilt = set(self._spoils())

    def reached(self) -> Iterator[tuple[Sink, Atoms]]:
        """Every sink with what may reach it, arrays taken apart."""
        for found in self._outlines:
            for sink, scope in found.sinks:
                atoms = self.of(sink.value, scope)
                if sink.form == "params":
                    atoms = self.member(atoms, sink.name)
                yield sink, self._flat(atoms)

    def _flat(self, atoms: Atoms) -> Atoms:
        found, waiting = set(atoms), list(atoms)
        while waiting:
            atom = waiting.pop()
            if isinstance(atom, Thing) and is_list(atom):
                waiting.extend(self.elements(atom) - found)
                found |= self.elements(atom)
        return frozenset(found)

    # --- what somebody writes to ---

    def _spoils(self) -> Iterator[tuple[Thing, str]]:
        for found in self._outlines:
            for write, scope in found.writes:
                for base, key in self._changed(write):
                    for atom in self.of(base, scope):
                        if isinstance(atom, Thing):
                            if atom.scope.file != scope.file:
                                raise MurkyError
                            yield atom, key

    def _changed(self, write: Assign | Change) -> Iterator[tuple[Expression, str]]:
        target = write.target
        match write:
            case Change("assign" | "computed", _) if not isinstance(target, str | Parts):
                yield target, "*"
            case Assign() | Change("delete" | "bump", _) if isinstance(target, Member):
                yield target.base, target.key
            case Assign() | Change("delete" | "bump", _) if isinstance(target, Index):
                yield target.base, str(target.position)

    # --- expressions ---

    def of(self, value: Expression, scope: Scope) -> Atoms:
        """What an expression may be."""
        key = (id(value), id(scope))
        if key in self._busy:
            return NOTHING
        self._busy.add(key)
        try:
            return self._of(value, scope)
        finally:
            self._busy.discard(key)

    def _of(self, value: Expression, scope: Scope) -> Atoms:  # noqa: PLR0911, PLR0912, C901 -- a line each
        match value:
            case Text(text, number):
                return frozenset([Const(text, frozenset([number]))])
            case Name(name):
                return self.named(name, scope)
            case Member(base, key):
                return self.member(self.of(base, scope), key)
            case Index(base, position):
                return self.member(self.of(base, scope), str(position))
            case Object() | Array():
                return frozenset([Thing(value, scope)])
            case Branch(_, either):
                return frozenset[Atom]().union(*(self.of(each, scope) for each in either))
            case Wrapped(_, inner):
                return self.of(inner, scope)
            case Joined(parts):
                return self._joined(parts, scope)
            case Function():
                return frozenset([Thing(value, self._inside(value, scope))])
            case Call(callee):
                return self._called(self.of(callee, scope))
            case Values(of):
                return frozenset(
                    Thing(Listed(atom), scope) if isinstance(atom, Thing) else atom
                    for atom in self.of(of, scope)
                )
            case Required(file):
                return self.whole(file)
            case This():
                return frozenset([Thing(value, scope)])
            case Unknown():
                return NOBODY_KNOWS

    def _inside(self, function: Function, scope: Scope) -> Scope:
        if not function.name:
            return scope
        key = (id(function), id(scope))
        if key not in self._selves:
            self._selves[key] = Scope(scope.file, scope)
            self._selves[key].declare(function.name, function)
        return self._selves[key]

    def _called(self, callees: Atoms) -> Atoms:
        found: set[Atom] = set()
        for callee in callees:
            node = callee.node if isinstance(callee, Thing) else None
            if isinstance(callee, Thing) and isinstance(node, Function):
                found |= self.of(node.value, callee.scope)
            elif isinstance(callee, Thing) and isinstance(node, Routine):
                is_constant = node.result is not None and not node.body
                found |= self._result(node.result, callee.scope) if is_constant else NOBODY_KNOWS
            else:
                found.add(UNKNOWN)
        return frozenset(found)

    def _result(self, result: Expression | None, scope: Scope) -> Atoms:
        return self.of(result, scope) if result is not None else NOBODY_KNOWS

    # --- texts that are joined: each part must for sure be the same text, but for the one that is followed ---

    def _joined(self, parts: tuple[Expression, ...], scope: Scope) -> Atoms:
        found: set[Atom] = set()
        for index, part in enumerate(parts):
            others = [self.sure(other, scope) for other in (*parts[:index], *parts[index + 1 :])]
            texts = [other for other in others if other is not None]
            for atom in self.of(part, scope):
                if isinstance(atom, Const) and len(texts) == len(others) and self._is_near(atom, scope):
                    whole = "".join((*texts[:index], atom.text, *texts[index:]))
                    found.add(Const(whole, atom.literals))
                else:
                    found.add(UNKNOWN)
        return frozenset(found)

    def _is_near(self, const: Const, scope: Scope) -> bool:
        """Whether its literals are written in the same file: across files a text is not put together."""
        return all(self._files[number] == scope.file for number in const.literals)

    # --- names ---

    def named(self, name: str, scope: Scope) -> Atoms:
        holder = scope.find(name)
        if holder is None:
            return NOBODY_KNOWS
        declarations = holder.names[name]
        if len(declarations) != 1 or name in holder.written:
            return NOBODY_KNOWS
        return self._declared(declarations[0], holder)

    def _declared(self, declaration: Declaration, scope: Scope) -> Atoms:
        match declaration:
            case Held(value, around, way, is_element):
                atoms = self.of(value, around) if value is not None else NOBODY_KNOWS
                atoms = self.any(atoms) if is_element else atoms
                for step in way:
                    atoms = self._step(atoms, step, around)
                return atoms
            case (statement, exported):
                return self.exported(statement.file, exported)
            case Function():
                return frozenset([Thing(declaration, scope)])
            case Routine() | Enum() | Class() | Space():
                return frozenset([Thing(declaration, self._outlines[scope.file].bodies[id(declaration)])])

    def _step(self, atoms: Atoms, step: Slot | tuple[str, Parts], scope: Scope) -> Atoms:
        if isinstance(step, tuple):
            return frozenset(
                self.rest(atom, step[1], scope.file) if isinstance(atom, Thing) else UNKNOWN for atom in atoms
            )
        if step.key != "\0":
            atoms = self.member(atoms, str(step.key))
        return atoms | self.of(step.default, scope) if step.default is not None else atoms
