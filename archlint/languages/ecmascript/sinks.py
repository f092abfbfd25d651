"""Where a constant acts: from a literal outwards, through expressions that hand its value on, to its sinks."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from archlint.facts import Sink
from archlint.languages.ecmascript.calls import STATES, argument, compared, listed, pair, result, shorthand
from archlint.languages.ecmascript.names import (
    FUNCTIONS,
    WRAPPERS,
    function_name,
    key_of,
    name_of,
)
from archlint.languages.ecmascript.paths import Path, is_field, text
from archlint.languages.ecmascript.transparent import DEFAULTS, TYPES, outermost
from archlint.languages.ecmascript.use import Use

_COMPARISONS = frozenset({"===", "!==", "==", "!=", "<", ">", "<=", ">="})


def uses(path: Path) -> Iterator[Use]:
    """The sinks of the expression at the end of ``path``, nearest first; none if its value goes nowhere."""
    yield from _fallback(path)
    index = outermost(path)
    if index == 0:
        return
    if path[index].type in TYPES:
        yield from _typed(path, index)
    elif (receive := _RECEIVERS.get(path[index - 1].type)) is not None:
        yield from receive(path, index)


def _fallback(path: Path) -> Iterator[Use]:
    """``subject ?? 'devstudio'``: wherever it goes, the constant stands in for what is on the left."""
    index = len(path) - 1
    while index > 0 and path[index - 1].type in WRAPPERS:
        index -= 1
    parent = path[index - 1]
    operator = parent.child_by_field_name("operator") if parent.type == "binary_expression" else None
    is_default = (
        operator is not None and text(operator) in DEFAULTS and is_field(parent, "right", path[index])
    )
    if is_default and (name := name_of(parent.child_by_field_name("left"))):
        yield Use(Sink.VARIABLE, name, index - 1)


# --- receivers that simply have a name; ``path[index]`` is the value, its parent the receiver ---------------


def _declared(path: Path, index: int) -> Iterator[Use]:
    yield from _assigned(Sink.VARIABLE, path[index - 1].child_by_field_name("name"), index - 1)


def _set(path: Path, index: int) -> Iterator[Use]:
    if is_field(path[index - 1], "right", path[index]):
        yield from _assigned(Sink.VARIABLE, path[index - 1].child_by_field_name("left"), index - 1)


def _parameter(path: Path, index: int) -> Iterator[Use]:
    yield from _assigned(Sink.PARAMETER, path[index - 1].child_by_field_name("pattern"), index - 1)


def _member(path: Path, index: int) -> Iterator[Use]:
    yield Use(Sink.PROPERTY, key_of(path[index - 1]), index - 1)


def _jsx_attribute(path: Path, index: int) -> Iterator[Use]:
    yield Use(Sink.PROPERTY, name_of(path[index - 1].children[0]), index - 1)


def _exported(_path: Path, index: int) -> Iterator[Use]:
    yield Use(Sink.VARIABLE, "default", index - 1)


def _assigned(sink: Sink, target: Node | None, index: int) -> Iterator[Use]:
    if target is None or target.type in ("object_pattern", "array_pattern"):
        return
    if target.type in ("member_expression", "subscript_expression"):
        sink = Sink.PROPERTY
        holder = name_of(target.child_by_field_name("object")).lower()
        if holder.endswith("headers"):
            yield Use(Sink.HEADER, name_of(target).lower(), index)
    yield Use(sink, name_of(target), index)


def _defaulted(path: Path, index: int) -> Iterator[Use]:
    if not is_field(path[index - 1], "right", path[index]):
        return
    left = path[index - 1].child_by_field_name("left")
    holder = path[index - 2]
    if holder.type == "formal_parameters":
        yield from _assigned(Sink.PARAMETER, left, index - 1)
        return
    yield from _assigned(Sink.VARIABLE, left, index - 1)
    if holder.type == "pair_pattern":
        yield Use(Sink.PROPERTY, key_of(holder), index - 1)


def _typed(path: Path, index: int) -> Iterator[Use]:
    owner = path[index - 1]
    match owner.type:
        case "variable_declarator" | "required_parameter" | "optional_parameter":
            pattern = owner.child_by_field_name("name") or owner.child_by_field_name("pattern")
            yield Use(Sink.TYPE, name_of(pattern), index - 1)
        case "as_expression" | "satisfies_expression":
            yield Use(Sink.TYPE, name_of(owner.children[0]), index - 1)
        case "call_expression" | "new_expression":
            if name_of(owner.child_by_field_name("function")) in STATES:
                yield from result(Sink.TYPE, path, index - 1)
        case _ if owner.type in FUNCTIONS or owner.type in ("function_signature", "method_signature"):
            name = name_of(owner.child_by_field_name("name")) or function_name(path, index - 1)
            yield Use(Sink.TYPE, name, index - 1)
        case _:
            yield Use(Sink.TYPE, key_of(owner), index - 1)


def _operand(path: Path, index: int) -> Iterator[Use]:
    receiver = path[index - 1]
    operator = receiver.child_by_field_name("operator")
    if operator is not None and text(operator) in _COMPARISONS:
        other = "right" if is_field(receiver, "left", path[index]) else "left"
        yield from compared(path[:index], receiver.child_by_field_name(other), index - 1)


def _case(path: Path, index: int) -> Iterator[Use]:
    if is_field(path[index - 1], "value", path[index]):
        yield from compared(path[: index - 2], path[index - 3].child_by_field_name("value"), index - 1)


def _body(path: Path, index: int) -> Iterator[Use]:
    if is_field(path[index - 1], "body", path[index]):
        yield from _returned(path, index)


def _returned(path: Path, index: int) -> Iterator[Use]:
    for position in range(index - 1, -1, -1):
        if path[position].type in FUNCTIONS:
            name = function_name(path, position)
            if name:
                yield Use(Sink.RETURN, name, position)
            return


_RECEIVERS: dict[str, Callable[[Path, int], Iterator[Use]]] = {
    "arguments": argument,
    "arrow_function": _body,
    "assignment_expression": _set,
    "assignment_pattern": _defaulted,
    "augmented_assignment_expression": _set,
    "binary_expression": _operand,
    "enum_assignment": _member,
    "export_statement": _exported,
    "field_definition": _member,
    "jsx_attribute": _jsx_attribute,
    "member_expression": listed,
    "object": shorthand,
    "object_assignment_pattern": _member,
    "optional_parameter": _parameter,
    "pair": pair,
    "public_field_definition": _member,
    "required_parameter": _parameter,
    "return_statement": _returned,
    "switch_case": _case,
    "variable_declarator": _declared,
}
