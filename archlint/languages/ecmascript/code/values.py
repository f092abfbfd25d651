"""What an expression may be: looked up inwards, through the names, members, calls and parameters of one script."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from msgspec.structs import replace
from tree_sitter import Node

from archlint.code import Gap, Member, Value
from archlint.languages.ecmascript.code.altering import alteration
from archlint.languages.ecmascript.code.calls import arguments_of, plain_call, returns_of
from archlint.languages.ecmascript.code.origins import imported, members_taken, required
from archlint.languages.ecmascript.code.targets import Targets
from archlint.languages.ecmascript.code.types import Types
from archlint.languages.ecmascript.following.objects import written_key
from archlint.languages.ecmascript.following.scopes import Binding
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import constant, is_concatenation
from archlint.languages.ecmascript.names import FUNCTIONS, WRAPPERS, first_operand
from archlint.languages.ecmascript.paths import Path, is_field, parts_of, text
from archlint.model import Span
from archlint.parts import (
    UNKNOWN,
    Alternatives,
    beyond,
    clipped,
    merged,
    read,
    trimmed,
    united,
)

_MOST = 16
_DEEPEST = 60
_LEVELS = 3
_UNARY = {
    "!": "boolean",
    "typeof": "string",
    "void": "undefined",
    "-": "number",
    "+": "number",
    "~": "number",
}
_BOOLEAN = frozenset({"===", "!==", "==", "!=", "<", ">", "<=", ">=", "in", "instanceof"})
_NUMERIC = frozenset({"-", "*", "/", "%", "**", "|", "&", "^", "<<", ">>", ">>>"})
_WORDS = {"true": "boolean", "false": "boolean", "null": "null", "undefined": "undefined"}


class Values:
    """Looks up what the expressions of one script may be, each once."""

    def __init__(self, script: Script) -> None:
        self.targets = Targets(script)
        self.types = Types(script)
        self._script = script
        self._names = script.names
        self._found: dict[int, Alternatives] = {}
        self._open: dict[int, None] = {}

    def of(self, path: Path) -> Alternatives:
        """What the expression at the end of the path may be."""
        node = path[-1]
        if node.id in self._found:
            return self._found[node.id]
        # What goes in a circle may be anything, and so may all that is found of it on the way: asking again from
        # each of its members would take exponential time.
        if node.id in self._open or len(self._open) > _DEEPEST:
            return UNKNOWN
        self._open[node.id] = None
        found = tuple(dict.fromkeys(self._of(path))) or UNKNOWN
        if len(found) > _MOST:
            found = (*found[: _MOST - 1], Value())
        del self._open[node.id]
        self._found[node.id] = found
        return found

    def _of(self, path: Path) -> Iterator[Value]:
        node = path[-1]
        if node.type in FUNCTIONS or node.type == "class":
            yield Value("function", None, self._span(node))
        elif node.type in _WORDS:
            yield Value(_WORDS[node.type], text(node), self._span(node))
        elif node.type in WRAPPERS:
            yield from self._wrapped(path)
        else:
            yield from self._read(path)

    def _read(self, path: Path) -> Iterator[Value]:
        reader = self._readers.get(path[-1].type)
        if reader is not None:
            yield from reader(self, path)

    def _wrapped(self, path: Path) -> Iterator[Value]:
        inner = first_operand(path[-1])
        found = self.of((*path, inner)) if inner is not None else UNKNOWN
        parts = parts_of(path[-1])
        is_cast = path[-1].type == "as_expression" and found == UNKNOWN and len(parts) > 1
        yield from self.types.of(parts[-1]) if is_cast else found

    def _literal(self, path: Path) -> Iterator[Value]:
        node = path[-1]
        value = constant(node)
        if node.type == "template_string" and value is None:
            built = self._script.texts.built(path)
            value = built.text if built.is_known else None
        yield Value("number" if node.type == "number" else "string", value, self._span(node))

    def _array(self, path: Path) -> Iterator[Value]:
        yield Value("array", None, self._span(path[-1]))

    def _new(self, path: Path) -> Iterator[Value]:
        span = self._span(path[-1])
        yield Value("object", None, span, (), (Gap(span, clipped(text(path[-1]))),))

    def _ternary(self, path: Path) -> Iterator[Value]:
        for field in ("consequence", "alternative"):
            part = path[-1].child_by_field_name(field)
            if part is not None:
                yield from self.of((*path, part))

    def _binary(self, path: Path) -> Iterator[Value]:
        node = path[-1]
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return
        match operator.type:
            case "??" | "||":
                yield from self.of((*path, left))
                yield from self.of((*path, right))
            case "&&":
                yield Value("undefined")
                yield from self.of((*path, right))
            case "+":
                yield self._sum(path, left, right)
            case sign if sign in _BOOLEAN or sign in _NUMERIC:
                yield Value("boolean" if sign in _BOOLEAN else "number")

    def _sum(self, path: Path, left: Node, right: Node) -> Value:
        assert is_concatenation(path[-1])
        built = self._script.texts.built(path)
        sides = {each.type for side in (left, right) for each in self.of((*path, side))}
        if built.is_known and sides != {"number"}:
            return Value("string", built.text, self._span(path[-1]))
        return Value("string" if "string" in sides else "number" if sides == {"number"} else "")

    def _unary(self, path: Path) -> Iterator[Value]:
        sign, inner = path[-1].children[0], parts_of(path[-1])[-1]
        number = constant(inner) if sign.type == "-" and inner.type == "number" else None
        yield Value(_UNARY.get(sign.type, ""), f"-{number}" if number else None, self._span(path[-1]))

    def _member(self, path: Path) -> Iterator[Value]:
        node = path[-1]
        base, key = node.child_by_field_name("object"), node.child_by_field_name("property")
        index = node.child_by_field_name("index")
        member = text(key) if key is not None else constant(index) if index is not None else None
        if base is not None and member is not None:
            for value in self.of((*path, base)):
                yield from read(value, member)

    # --- objects -------------------------------------------------------------------------------------------

    def _object(self, path: Path) -> Iterator[Value]:
        found = Value("object", None, self._span(path[-1]))
        for child in path[-1].named_children:
            if child.type != "comment":
                found = merged(found, self._part((*path, child)))
        yield trimmed(found, _LEVELS)

    def _part(self, path: Path) -> Value:
        """What one part of an object adds to it."""
        node = path[-1]
        span = self._span(node)
        if node.type == "spread_element":
            inner = first_operand(node)
            return united(self.of((*path, inner)), span, text(node)) if inner is not None else Value("object")
        key = written_key(node)
        if key is None:
            return Value("object", gaps=(Gap(span, clipped(text(node))),))
        named = node.child_by_field_name("key") or node.child_by_field_name("name") or node
        return Value("object", members=(Member(key, self._span(named), self._held(path)),))

    def _held(self, path: Path) -> Alternatives:
        value = path[-1].child_by_field_name("value")
        if value is not None:
            return self.of((*path, value))
        return self.of(path) if path[-1].type == "shorthand_property_identifier" else (Value("function"),)

    # --- names ---------------------------------------------------------------------------------------------

    def _name(self, path: Path) -> Iterator[Value]:
        if text(path[-1]) == "undefined":
            yield Value("undefined")
            return
        binding = self._names.binding(path)
        if binding is None:
            return
        declared = self._names.declarations(binding.name)[binding.scope][-1]
        origin = imported(declared)
        if origin is not None:
            yield Value(origin=origin)
        elif declared[-2].type in FUNCTIONS and is_field(declared[-2], "name", declared[-1]):
            yield Value("function", None, self._span(declared[-2]))
        else:
            yield from self._held_by(declared, binding)

    def _held_by(self, declared: Path, binding: Binding) -> Alternatives:
        top, members = members_taken(declared)
        holder = declared[top - 1]
        found = UNKNOWN
        if members is not None and not self._names.is_reassigned(binding):
            found = self._declared(declared[: top + 1])
            for member in members:
                found = tuple(each for value in found for each in read(value, member))
        if found == UNKNOWN and members is not None:
            found = self.types.of(holder.child_by_field_name("type"))
            for member in members:
                found = tuple(each for value in found for each in read(value, member))
        if not self._names.is_changed(binding):
            return found
        change = alteration(self._script, binding, declared)
        return tuple(merged(value, change) if value.type == "object" else value for value in found)

    def _declared(self, path: Path) -> Alternatives:
        """What the pattern at the end of the path is given where it is declared."""
        holder = path[-2]
        if holder.type == "variable_declarator":
            value = holder.child_by_field_name("value")
            return self.of((*path[:-1], value)) if value is not None else UNKNOWN
        typed = self.types.of(holder.child_by_field_name("type"))
        return typed if typed != UNKNOWN else self._handed(path)

    def _handed(self, path: Path) -> Alternatives:
        """What a parameter is given by all calls of a function that only this script calls."""
        calls = arguments_of(self._names, path)
        if not calls:
            return UNKNOWN
        return tuple(dict.fromkeys(value for call in calls for value in self.of(call)))

    # --- calls ---------------------------------------------------------------------------------------------

    def _call(self, path: Path) -> Iterator[Value]:
        origin = required(path[-1])
        if origin is not None:
            yield Value(origin=origin)
            return
        plain = plain_call(path)
        if plain is not None:
            yield from self._plain(path, plain)
            return
        callee = path[-1].child_by_field_name("function")
        target = self.targets.of((*path, callee)) if callee is not None else None
        if isinstance(target, tuple):
            yield from self.result(target)
        elif target is not None:
            yield Value(origin=beyond(target, "()"))

    def _plain(self, path: Path, plain: tuple[str, tuple[Path, ...]]) -> Iterator[Value]:
        """What a call of a well-known function gives: of a type, or of what it is given."""
        type_, parts = plain
        if type_:
            yield Value(type_)
            return
        found = united(self.of(parts[0]), self._span(parts[0][-1]), text(parts[0][-1]))
        if len(parts) == 1:
            yield from self.of(parts[0])
            return
        for part in parts[1:]:
            found = merged(found, united(self.of(part), self._span(part[-1]), text(part[-1])))
        yield replace(found, span=self._span(path[-1]))

    def result(self, function: Path) -> Alternatives:
        """What a function returns."""
        found = dict.fromkeys(value for each in returns_of(function) for value in self.of(each))
        if not found or Value() in found:
            found.pop(Value(), None)
            found.update(dict.fromkeys(self.types.of(function[-1].child_by_field_name("return_type"))))
        return tuple(found)

    def _span(self, node: Node) -> Span:
        return self._script.source.lines.span(node.start_byte, node.end_byte)

    _readers: ClassVar[dict[str, Callable[["Values", Path], Iterator[Value]]]] = {
        "array": _array,
        "binary_expression": _binary,
        "call_expression": _call,
        "identifier": _name,
        "member_expression": _member,
        "new_expression": _new,
        "number": _literal,
        "object": _object,
        "shorthand_property_identifier": _name,
        "shorthand_property_identifier_pattern": _name,
        "string": _literal,
        "subscript_expression": _member,
        "template_string": _literal,
        "ternary_expression": _ternary,
        "unary_expression": _unary,
    }
