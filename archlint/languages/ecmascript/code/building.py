"""The objects that a script builds, each with what takes it."""

from collections.abc import Iterator

from tree_sitter import Node

from archlint.code import Built, Taker
from archlint.languages.ecmascript.code.calls import operands
from archlint.languages.ecmascript.code.values import Values
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.names import (
    FUNCTIONS,
    WRAPPERS,
    dotted,
    first_operand,
    function_name,
    function_names,
    key_of,
    name_of,
)
from archlint.languages.ecmascript.paths import Path, is_field, parts_of, paths_of, text
from archlint.languages.ecmascript.sinks import uses
from archlint.model import Span

_TAKERS = frozenset({"argument", "parameter", "property", "return", "variable"})
_CALLS = frozenset({"call_expression", "new_expression"})
_SITES = _CALLS | {
    "object",
    "pair",
    "return_statement",
    "shorthand_property_identifier",
    "variable_declarator",
}
_BRANCHES = WRAPPERS | {"binary_expression", "ternary_expression"}
_LOOKED_UP = frozenset(
    {
        "await_expression",
        "call_expression",
        "identifier",
        "member_expression",
        "shorthand_property_identifier",
    }
)


def built(script: Script, values: Values, asked: list[frozenset[str]]) -> Iterator[Built]:
    """The objects that have, or may have, all the keys of one of the sets that are asked for."""
    for path in paths_of(script.tree, _SITES):
        for found in _at(script, values, path):
            names = {member.name for member in found.value.members}
            is_lent = found.value.origin is not None
            is_hiding = is_lent or any(gap.origin is not None for gap in found.value.gaps)
            if any(keys <= names or is_hiding for keys in asked):
                yield found


def _at(script: Script, values: Values, path: Path) -> Iterator[Built]:
    if path[-1].type == "object":
        yield from _written(script, values, path)
    elif path[-1].type in _CALLS:
        callee = path[-1].child_by_field_name("function") or path[-1].child_by_field_name("constructor")
        for position, each in enumerate(operands(path)):
            yield from _looked_up(script, values, each, Taker("argument", dotted(callee), position))
    elif path[-1].type == "shorthand_property_identifier":
        yield from _looked_up(script, values, path, Taker("property", text(path[-1])))
    elif (held := _held(path)) is not None:
        yield from _looked_up(script, values, (*path, held[0]), held[1])


def _held(path: Path) -> tuple[Node, Taker] | None:
    """What a declaration, a part of an object or a return holds, and what takes it so."""
    node = path[-1]
    returned = first_operand(node) if node.type == "return_statement" else None
    if returned is not None:
        return returned, Taker("return", _function_of(path))
    value = node.child_by_field_name("value")
    if value is None:
        return None
    if node.type == "pair":
        return value, Taker("property", key_of(node))
    return value, Taker("variable", name_of(node.child_by_field_name("name")))


def _written(script: Script, values: Values, path: Path) -> Iterator[Built]:
    """The object that is written at the end of the path; none that is spread where it stands."""
    index = len(path) - 1
    while index > 0 and path[index - 1].type in _BRANCHES:
        index -= 1
    holder = path[index - 1]
    if holder.type == "spread_element":
        return
    takers = [
        Taker(use.sink.value, use.name, use.argument) for use in uses(path) if use.sink.value in _TAKERS
    ]
    takers = [_called(taker, path) if taker.sort == "argument" else taker for taker in takers]
    takers.extend(Taker("type", name) for name in _types(path, index))
    is_part = holder.type == "variable_declarator" and _is_spread_only(script, path[:index])
    for value in values.of(path):
        yield Built(value, _span(script, path), tuple(takers), function_names(path), is_part)


def _called(taker: Taker, path: Path) -> Taker:
    """The argument by all that its call is called."""
    call = next((node for node in reversed(path) if node.type in _CALLS), None)
    callee = call.child_by_field_name("function") if call is not None else None
    return Taker("argument", dotted(callee) or taker.name, taker.argument)


def _looked_up(script: Script, values: Values, path: Path, taker: Taker) -> Iterator[Built]:
    """The objects that a name, a member or a call is, written elsewhere."""
    if path[-1].type in _LOOKED_UP:
        for value in values.of(path):
            if value.type == "object" or value.origin is not None:
                yield Built(value, _span(script, path), (taker,), function_names(path))


def _span(script: Script, path: Path) -> Span:
    return script.source.lines.span(path[-1].start_byte, path[-1].end_byte)


def _types(path: Path, index: int) -> Iterator[str]:
    """The names of the types that the object is declared to be of."""
    for node in path[index:-1]:
        if node.type in ("as_expression", "satisfies_expression", "type_assertion"):
            yield from _named(parts_of(node)[0 if node.type == "type_assertion" else -1])
    holder = path[index - 1]
    if holder.type in ("variable_declarator", "required_parameter", "optional_parameter"):
        yield from _named(holder.child_by_field_name("type"))
    function = next((node for node in reversed(path[:index]) if node.type in FUNCTIONS), None)
    is_body = function is not None and is_field(function, "body", path[index])
    if function is not None and (holder.type == "return_statement" or is_body):
        yield from _named(function.child_by_field_name("return_type"))


def _named(node: Node | None) -> Iterator[str]:
    """The names in a type: ``Promise<Plan>`` has both."""
    waiting = [node] if node is not None else []
    while waiting:
        part = waiting.pop()
        if part.type == "type_identifier":
            yield text(part)
        elif part.type != "object_type":
            waiting.extend(reversed(part.named_children))


def _function_of(path: Path) -> str:
    for index in range(len(path) - 1, 0, -1):
        if path[index].type in FUNCTIONS:
            return function_name(path, index)
    return ""


def _is_spread_only(script: Script, path: Path) -> bool:
    """Whether the variable that is declared at the end of the path is only ever spread."""
    name = path[-1].child_by_field_name("name")
    binding = script.names.binding((*path, name)) if name is not None and name.type == "identifier" else None
    reads = script.names.reads(binding) if binding is not None else ()
    return bool(reads) and all(read[-2].type == "spread_element" for read in reads)
