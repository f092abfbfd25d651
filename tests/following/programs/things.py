"""The members of things: of objects, arrays, classes, enums, namespaces and modules."""

from tests.following.programs.model import (
    Array,
    Class,
    Default,
    Enum,
    Export,
    Expression,
    Object,
    Pair,
    Parts,
    Program,
    Space,
    Spread,
    This,
)  # fmt: skip
from tests.following.programs.scopes import Outline, Scope
from tests.following.programs.values import (
    NOBODY_KNOWS,
    NOTHING,
    UNKNOWN,
    Atom,
    Atoms,
    Leftover,
    Listed,
    Thing,
)


class MurkyError(Exception):
    """The program does what nothing is promised of: it changes another file's objects, or lists what is no literal."""


class Things:
    """Looks up members; what expressions and names are, it is told."""

    def __init__(self, program: Program, outlines: list[Outline]) -> None:
        self._program = program
        self._outlines = outlines
        self._spoilt: set[tuple[Thing, str]] = set()
        self._tails: dict[tuple[int, int], Array] = {}
        self._asking: set[tuple[Thing, str]] = set()
        self._linking: set[tuple[int, str]] = set()

    def of(self, value: Expression, scope: Scope) -> Atoms:
        """What an expression may be."""
        raise NotImplementedError

    def named(self, name: str, scope: Scope) -> Atoms:
        """What a name may be."""
        raise NotImplementedError

    def member(self, atoms: Atoms, key: str) -> Atoms:
        """What a member of what it may be may be."""
        found: set[Atom] = set()
        for atom in atoms:
            if not isinstance(atom, Thing):
                found.add(UNKNOWN)
            elif (atom, key) not in self._asking:  # an object that is spread into itself asks itself
                self._asking.add((atom, key))
                found |= self._member(atom, key)
                self._asking.discard((atom, key))
        return frozenset(found)

    def _member(self, thing: Thing, key: str) -> Atoms:  # noqa: PLR0911, PLR0912, C901 -- one for each form
        if {(thing, key), (thing, "*")} & self._spoilt:
            return NOBODY_KNOWS
        match thing.node:
            case Object(parts):
                return self._of_object(parts, thing.scope, key)
            case Array(items):
                return self._of_array(items, thing, key)
            case Listed():
                return self.elements(thing)
            case Leftover(of, pattern):
                taken = {str(slot.key) for slot in pattern.slots}
                return NOBODY_KNOWS if key in taken else self.member(frozenset([of]), key)
            case Space(_, body):
                held = thing.scope.names.get(key, [])
                is_open = any(getattr(each, "exported", getattr(each, "is_exported", False)) for each in held)
                return self.named(key, thing.scope) if is_open and body else NOBODY_KNOWS
            case Enum(_, members):
                return self.named(key, thing.scope) if key in dict(members) else NOBODY_KNOWS
            case Class() | This():
                return self._of_class(thing, key)
            case int():
                return self.exported(thing.node, key)
        return NOBODY_KNOWS

    def _of_object(self, parts: tuple[Pair | Spread, ...], scope: Scope, key: str) -> Atoms:
        for part in reversed(parts):
            if isinstance(part, Spread):
                return self.member(self.of(part.value, scope), key) | NOBODY_KNOWS
            if part.form == "hidden":
                return NOBODY_KNOWS
            if part.key == key:
                return self.of(part.value, scope)
        return NOBODY_KNOWS

    def _of_array(self, items: tuple[Expression | Spread, ...], thing: Thing, key: str) -> Atoms:
        """The element at a position; any from the first spread on where one hides which."""
        if not key.isdigit():
            return NOBODY_KNOWS
        position = int(key)
        first = next((at for at, item in enumerate(items) if isinstance(item, Spread)), len(items))
        if position < first:
            return self.elements(Thing(Array(items[position : position + 1]), thing.scope))
        return self.elements(Thing(Array(items[first:]), thing.scope)) | NOBODY_KNOWS

    def elements(self, thing: Thing) -> Atoms:
        """Every element of a list."""
        found: set[Atom] = set()
        match thing.node:
            case Array(items):
                for position, item in enumerate(items):
                    if {(thing, str(position)), (thing, "*")} & self._spoilt:
                        found.add(UNKNOWN)
                    elif isinstance(item, Spread):
                        found |= self.any(self.of(item.value, thing.scope))
                    else:
                        found |= self.of(item, thing.scope)
            case Listed(of):
                for key in _keys(of):
                    found |= self.member(frozenset([of]), key)
        return frozenset(found)

    def any(self, atoms: Atoms) -> Atoms:
        found: set[Atom] = set()
        for atom in atoms:
            found |= self.elements(atom) if isinstance(atom, Thing) and is_list(atom) else NOBODY_KNOWS
        return frozenset(found)

    def rest(self, thing: Thing, pattern: Parts, file: int) -> Atom:
        """What ``...rest`` in a file takes of a thing; of another file's array nobody knows where its elements go."""
        if not pattern.is_array:
            return Thing(Leftover(thing, pattern), thing.scope)
        if not isinstance(thing.node, Array) or thing.scope.file != file:
            return UNKNOWN
        items = thing.node.items
        width = 1 + max((slot.key for slot in pattern.slots if isinstance(slot.key, int)), default=-1)
        first = next((at for at, item in enumerate(items) if isinstance(item, Spread)), len(items))
        tail = self._tails.setdefault((id(thing.node), id(pattern)), Array(items[min(width, first) :]))
        return Thing(tail, thing.scope)

    # --- classes and modules ---

    def _of_class(self, thing: Thing, key: str) -> Atoms:
        is_instance = isinstance(thing.node, This)
        class_ = thing.scope.this if is_instance else thing.node
        if not isinstance(class_, Class):
            return NOBODY_KNOWS
        forms = ("readonly", "private") if is_instance else ("static", "method", "getter")
        scope = self._outlines[thing.scope.file].bodies[id(class_)]
        for name, form, value in reversed(class_.members):
            if form in forms and key == ("#" if form == "private" else "") + name:
                return self.of(value, scope)
        return NOBODY_KNOWS

    def whole(self, file: int) -> Atoms:
        """What ``require`` and ``import *`` of a file give: of CommonJS and JSON both what it is and its namespace."""
        module = frozenset[Atom]([Thing(file, self._outlines[file].root)])
        if self._program.files[file].form == "module":
            return module
        return self._defaults(file) | module

    def _defaults(self, file: int, name: str = "default") -> Atoms:
        found: set[Atom] = set()
        for statement, scope in self._outlines[file].exports:
            if isinstance(statement, Default) and statement.name == name:
                found |= self.of(statement.value, scope)
        return frozenset(found)

    def exported(self, file: int, name: str) -> Atoms:
        """What a module exports under a name."""
        if (file, name) in self._linking:
            return NOTHING
        self._linking.add((file, name))
        try:
            form = self._program.files[file].form
            return self._of_module(file, name) if form == "module" else self._of_common(file, name)
        finally:
            self._linking.discard((file, name))

    def _of_common(self, file: int, name: str) -> Atoms:
        if name in ("default", "*"):
            return self.whole(file)
        return self.member(self._defaults(file), name) | self._defaults(file, name)

    def _of_module(self, file: int, name: str) -> Atoms:  # noqa: C901 -- the ways to export, in their order
        outline = self._outlines[file]
        if name == "*":
            return frozenset([Thing(file, outline.root)])
        if name in outline.exported:
            return self.named(outline.exported[name], outline.root)
        for statement, scope in outline.exports:
            if isinstance(statement, Default):
                if statement.name == name:
                    return self.of(statement.value, scope)
                continue
            for local, exported in statement.names:
                if exported == name and local != "*":
                    ported = statement.file >= 0
                    return self.exported(statement.file, local) if ported else self.named(local, scope)
                if exported == name:
                    return self.exported(statement.file, "*")
        return self._of_stars(outline, name)

    def _of_stars(self, outline: Outline, name: str) -> Atoms:
        stars = [
            each for each, _ in outline.exports if isinstance(each, Export) and each.names == (("*", ""),)
        ]
        found = [self.exported(each.file, name) for each in stars] if name != "default" else []
        return frozenset[Atom]().union(*found) or NOBODY_KNOWS


def is_list(thing: Thing) -> bool:
    """Whether a thing has elements."""
    return isinstance(thing.node, Array | Listed)


def _keys(thing: Thing) -> list[str]:
    match thing.node:
        case Object(parts):
            return sorted({part.key for part in parts if isinstance(part, Pair)})
        case Enum(_, members):
            return sorted(dict(members))
        case Array(items):
            return [str(position) for position in range(len(items))]
    raise MurkyError
