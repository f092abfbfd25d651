"""The objects that types describe: interfaces, aliases, ``Omit`` and the like, as far as one script says."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from msgspec.structs import replace
from tree_sitter import Node

from archlint.code import Gap, Member, Value
from archlint.languages.ecmascript.code.origins import imported
from archlint.languages.ecmascript.following.objects import member_name
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import first_operand
from archlint.languages.ecmascript.paths import parts_of, text
from archlint.model import Span
from archlint.parts import merged, only, partial, united, without

Alternatives = tuple[Value, ...]
UNKNOWN: Alternatives = (Value(),)
_DEEPEST = 12
_SAME = frozenset({"Readonly", "Required", "NonNullable", "Awaited", "Promise"})
_LISTS = frozenset({"Array", "ReadonlyArray"})
_WRAPPERS = frozenset({"parenthesized_type", "readonly_type", "type_annotation"})
_TYPES = {"array_type": "array", "function_type": "function", "tuple_type": "array"}
_PLAIN = {"string": "string", "number": "number", "boolean": "boolean", "bigint": "number"}


class Types:
    """Reads the types of one script. Those that it imports stay what they are called there."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._declared: dict[str, Node] | None = None
        self._depth = 0

    def of(self, node: Node | None) -> Alternatives:
        """What a value of the type may be; unknown for what says no more than a name."""
        if node is None or self._depth >= _DEEPEST:
            return UNKNOWN
        self._depth += 1
        try:
            return tuple(self._of(node)) or UNKNOWN
        finally:
            self._depth -= 1

    def named(self, name: str) -> Node | None:
        """The declaration of a type at the top of the script."""
        if self._declared is None:
            self._declared = dict(_declarations(self._script.tree.root_node))
        return self._declared.get(name)

    def _of(self, node: Node) -> Iterator[Value]:
        if node.type in _WRAPPERS:
            yield from self.of(first_operand(node))
        elif node.type in _TYPES:
            yield Value(_TYPES[node.type])
        elif node.type == "type_alias_declaration":
            yield from self.of(node.child_by_field_name("value"))
        elif node.type == "union_type":
            yield from (value for child in parts_of(node) for value in self.of(child))
        elif node.type in self._readers:
            yield from self._readers[node.type](self, node)

    def _plain(self, node: Node) -> Iterator[Value]:
        yield Value(_PLAIN.get(text(node), ""))

    def _literal(self, node: Node) -> Iterator[Value]:
        yield _constant(first_operand(node))

    def _name(self, node: Node) -> Iterator[Value]:
        declared = self.named(text(node))
        if declared is not None:
            yield from self.of(declared)
            return
        for path in self._script.names.tokens(text(node)):
            origin = imported(path)
            if origin is not None:
                yield Value(origin=origin)
                return

    def _interface(self, node: Node) -> Iterator[Value]:
        body = self._described(node.child_by_field_name("body") or node)
        heirs = [child for child in node.named_children if child.type == "extends_type_clause"]
        for base in (base for clause in heirs for base in clause.named_children):
            body = merged(united(self.of(base), self._span(base), text(base)), body)
        yield body

    def _intersection(self, node: Node) -> Iterator[Value]:
        found = Value("object")
        for child in node.named_children:
            found = merged(found, united(self.of(child), self._span(child), text(child)))
        yield replace(found, span=self._span(node))

    def _object(self, node: Node) -> Iterator[Value]:
        yield self._described(node)

    def _described(self, node: Node) -> Value:
        members: list[Member] = []
        gaps: list[Gap] = []
        for child in node.named_children:
            name = child.child_by_field_name("name")
            key = member_name(name) if name is not None else None
            if (
                child.type in ("property_signature", "method_signature")
                and name is not None
                and key is not None
            ):
                is_optional = any(part.type == "?" for part in child.children)
                is_method = child.type == "method_signature"
                values = (Value("function"),) if is_method else self.of(child.child_by_field_name("type"))
                members.append(Member(key, self._span(name), values, is_optional))
            elif child.type == "index_signature":
                gaps.append(Gap(self._span(child), text(child)))
        return Value("object", None, self._span(node), tuple(members), tuple(gaps))

    def _generic(self, node: Node) -> Iterator[Value]:
        name = node.child_by_field_name("name") or parts_of(node)[0]
        arguments = next((child for child in node.named_children if child.type == "type_arguments"), None)
        given = parts_of(arguments) if arguments is not None else []
        called = text(name)
        if not given or self.named(called) is not None:
            return
        if called in _SAME:
            yield from self.of(given[0])
        elif called in _LISTS:
            yield Value("array")
        elif called == "Record":
            yield Value("object", None, self._span(node), (), (Gap(self._span(node), text(node)),))
        elif called in _PARTS:
            yield from self._part(node, called, given)

    def _part(self, node: Node, called: str, given: list[Node]) -> Iterator[Value]:
        keys = _keys(given[1]) if len(given) > 1 else ()
        if keys is not None:
            base = united(self.of(given[0]), self._span(node), text(node))
            yield _PARTS[called](base, keys)

    def _span(self, node: Node) -> Span:
        return self._script.source.lines.span(node.start_byte, node.end_byte)

    _readers: ClassVar[dict[str, Callable[["Types", Node], Iterator[Value]]]] = {
        "generic_type": _generic,
        "interface_body": _object,
        "interface_declaration": _interface,
        "intersection_type": _intersection,
        "literal_type": _literal,
        "object_type": _object,
        "predefined_type": _plain,
        "type_identifier": _name,
    }


def _declarations(root: Node) -> Iterator[tuple[str, Node]]:
    """The types that are declared at the top of a script, by name."""
    for statement in root.named_children:
        is_exported = statement.type == "export_statement"
        inner = statement.child_by_field_name("declaration") if is_exported else statement
        if inner is not None and inner.type in ("interface_declaration", "type_alias_declaration"):
            name = inner.child_by_field_name("name")
            if name is not None:
                yield text(name), inner


def _constant(node: Node | None) -> Value:
    if node is None:
        return Value()
    value = constant(node)
    if value is not None:
        return Value("number" if node.type == "number" else "string", value)
    return Value({"true": "boolean", "false": "boolean"}.get(node.type, node.type), text(node))


def _keys(node: Node) -> tuple[str, ...] | None:
    """The keys that ``'a' | 'b'`` names; None if a name stands for them."""
    found: list[str] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part.type in ("union_type", "parenthesized_type"):
            waiting.extend(parts_of(part))
            continue
        inner = first_operand(part) if part.type == "literal_type" else None
        value = constant(inner) if inner is not None else None
        if value is None:
            return None
        found.append(value)
    return tuple(sorted(found))


_PARTS: dict[str, Callable[[Value, tuple[str, ...]], Value]] = {
    "Omit": without,
    "Partial": partial,
    "Pick": only,
}
