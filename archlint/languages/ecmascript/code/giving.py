"""What the exports of a script are: constants, objects, what functions return, the objects that types describe."""

from collections.abc import Iterator

from msgspec.structs import replace
from tree_sitter import Node

from archlint.code import Given, Member, Value
from archlint.languages.ecmascript.code.values import Values
from archlint.languages.ecmascript.following.patterns import every_name
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.paths import Path, text

_VARIABLES = frozenset({"lexical_declaration", "variable_declaration"})
_TYPES = frozenset({"interface_declaration", "type_alias_declaration"})


def given(script: Script, values: Values, wanted: frozenset[str]) -> Iterator[Given]:
    """What each of the wanted exports is."""
    root = script.tree.root_node
    for statement in root.named_children:
        if statement.type == "export_statement" and statement.child_by_field_name("source") is None:
            for name, path in exported((root, statement)):
                if name in wanted:
                    yield Given(name, _is(values, path))


def exported(path: Path) -> Iterator[tuple[str, Path]]:
    """The names that the statement at the end of the path exports, each with the way to what says what it is."""
    statement = path[-1]
    declaration = statement.child_by_field_name("declaration")
    value = statement.child_by_field_name("value")
    is_default = any(child.type == "default" for child in statement.children)
    if value is not None:
        yield "default", (*path, value)
    elif declaration is not None and declaration.type in _VARIABLES:
        yield from _variables((*path, declaration))
    elif declaration is not None and (name := declaration.child_by_field_name("name")) is not None:
        yield "default" if is_default else text(name), (*path, declaration)
    for clause in (child for child in statement.named_children if child.type == "export_clause"):
        for specifier in clause.named_children:
            name = specifier.child_by_field_name("name")
            alias = specifier.child_by_field_name("alias") or name
            if name is not None and alias is not None:
                yield constant(alias) or text(alias), (*path, clause, specifier, name)


def _variables(path: Path) -> Iterator[tuple[str, Path]]:
    for declarator in path[-1].named_children:
        pattern = declarator.child_by_field_name("name")
        if pattern is not None:
            for name in every_name((*path, declarator, pattern)):
                yield text(name[-1]), name


def _is(values: Values, path: Path) -> tuple[Value, ...]:
    node: Node | None = path[-1]
    assert node is not None
    if node.type in _TYPES:
        return values.types.of(node)
    if node.type == "identifier" and (declared := values.types.named(text(node))) is not None:
        return values.types.of(declared)
    found = values.of(path)
    return tuple(_with_result(values, path, each) for each in found)


def _with_result(values: Values, path: Path, value: Value) -> Value:
    """A function with what it returns, as its member ``()``."""
    target = values.targets.of(path) if value.type == "function" else None
    if not isinstance(target, tuple):
        return value
    return replace(value, members=(Member("()", value.span, values.result(target)),))
