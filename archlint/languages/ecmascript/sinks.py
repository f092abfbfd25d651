"""Where a constant acts: from a literal outwards, through expressions that hand its value on, to its sinks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from archlint.facts import Sink
from archlint.languages.ecmascript.literals import constant, is_concatenation, pieces
from archlint.languages.ecmascript.names import (
    FUNCTIONS,
    WRAPPERS,
    first_operand,
    function_name,
    key_of,
    method_of,
    name_of,
)
from archlint.languages.ecmascript.paths import Path, is_field, text
from archlint.languages.ecmascript.transparent import DEFAULTS, TYPES, outermost
from archlint.languages.urls import url_parts

_COMPARISONS = frozenset({"===", "!==", "==", "!=", "<", ">", "<=", ">="})
_MEMBERSHIP = frozenset(
    {"endsWith", "equals", "has", "includes", "indexOf", "is", "localeCompare", "startsWith"}
)
# Methods that set what their first argument names to their second; ``eq`` asks a table for it (Supabase).
_KEYED = frozenset({"append", "eq", "neq", "set", "setAttribute", "setHeader", "setItem"})
# Calls that return their argument as the first of a pair: React's state, Solid's signal.
_STATES = frozenset({"createSignal", "useRef", "useState"})
# Calls whose argument pairs names with values.
_BUILDERS = {
    "Headers": Sink.HEADER,
    "Map": Sink.PROPERTY,
    "URLSearchParams": Sink.QUERY,
    "fromEntries": Sink.PROPERTY,
}


@dataclass(frozen=True, slots=True)
class Use:
    """A sink that a constant reaches. ``index`` is where on the path from the root its receiver stands."""

    sink: Sink
    name: str
    index: int
    argument: int = -1


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
            if name_of(owner.child_by_field_name("function")) in _STATES:
                yield from _result(Sink.TYPE, path, index - 1)
        case _ if owner.type in FUNCTIONS or owner.type in ("function_signature", "method_signature"):
            name = name_of(owner.child_by_field_name("name")) or function_name(path, index - 1)
            yield Use(Sink.TYPE, name, index - 1)
        case _:
            yield Use(Sink.TYPE, key_of(owner), index - 1)


def _result(sink: Sink, path: Path, index: int) -> Iterator[Use]:
    """``const [subject] = useState<'a' | 'b'>('a')``: what the call at ``index`` is given, its result is."""
    holder = path[index - 1]
    if holder.type == "variable_declarator":
        yield Use(sink, name_of(holder.child_by_field_name("name")), index - 1)


def _operand(path: Path, index: int) -> Iterator[Use]:
    receiver = path[index - 1]
    operator = receiver.child_by_field_name("operator")
    if is_concatenation(receiver):
        yield from _in_text(path, index)
    elif operator is not None and text(operator) in _COMPARISONS:
        other = "right" if is_field(receiver, "left", path[index]) else "left"
        yield Use(Sink.COMPARE, name_of(receiver.child_by_field_name(other)), index - 1)


def _case(path: Path, index: int) -> Iterator[Use]:
    if is_field(path[index - 1], "value", path[index]):
        yield Use(Sink.COMPARE, name_of(path[index - 3].child_by_field_name("value")), index - 1)


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


def _listed(path: Path, index: int) -> Iterator[Use]:
    """``['a', 'b'].includes(subject)`` compares ``subject`` with each of them."""
    member, call = path[index - 1], path[index - 2]
    if not is_field(member, "object", path[index]):
        return
    if call.type == "call_expression" and method_of(member) in _MEMBERSHIP:
        argument = first_operand(call.child_by_field_name("arguments"))
        yield Use(Sink.COMPARE, name_of(argument), index - 2)


def _argument(path: Path, index: int) -> Iterator[Use]:
    arguments, call = path[index - 1], path[index - 2]
    operands = [child for child in arguments.named_children if child.type != "comment"]
    if path[index] not in operands:
        return
    position = operands.index(path[index])
    callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    yield Use(Sink.ARGUMENT, name_of(callee), index - 2, position)
    if position == 0 and name_of(callee) in _STATES:
        yield from _result(Sink.VARIABLE, path, index - 2)
    yield from _keyed(path, index, callee, operands)


def _keyed(path: Path, index: int, callee: Node | None, operands: list[Node]) -> Iterator[Use]:
    position = operands.index(path[index])
    method = method_of(callee)
    receiver = callee.child_by_field_name("object") if method and callee is not None else None
    if method in _MEMBERSHIP and position == 0:
        yield Use(Sink.COMPARE, name_of(receiver), index - 2)
    key = constant(operands[0]) if position == 1 else None
    if key and method in _KEYED:
        yield _keyed_use(method, name_of(receiver), key, index - 2)
    if position == 0 and (sink := _BUILDERS.get(name_of(callee))):
        yield from _tuple_element(path, sink)


def _tuple_element(path: Path, sink: Sink) -> Iterator[Use]:
    """``new URLSearchParams([['subject', 'devstudio']])``."""
    operands = path[-2].named_children
    if path[-2].type == path[-3].type == "array" and len(operands) == 2 and operands[1] == path[-1]:  # noqa: PLR2004
        yield _named(sink, constant(operands[0]) or "", len(path) - 2)


def _named(sink: Sink, name: str, index: int) -> Use:
    return Use(sink, name.lower() if sink is Sink.HEADER else name, index)


def _keyed_use(method: str, receiver: str, key: str, index: int) -> Use:
    """What ``receiver.set(key, value)`` sets, told by the names of method and receiver."""
    lowered = receiver.lower()
    if method == "setHeader" or lowered.endswith(("headers", "header")):
        return Use(Sink.HEADER, key.lower(), index)  # RFC 9110 §5.1: field names are case-insensitive
    if method == "setAttribute":
        return Use(Sink.ATTRIBUTE, key, index)
    return Use(Sink.QUERY if lowered.endswith(("params", "query", "search")) else Sink.PROPERTY, key, index)


def _pair(path: Path, index: int) -> Iterator[Use]:
    if not is_field(path[index - 1], "value", path[index]):
        return
    key = key_of(path[index - 1])
    yield Use(Sink.PROPERTY, key, index - 1)
    holder = outermost(path[: index - 1])
    receiver = path[holder - 1]
    if receiver.type == "pair" and key_of(receiver).lower() == "headers":
        yield _named(Sink.HEADER, key, index - 1)
    if receiver.type == "arguments":
        call = path[holder - 2]
        if sink := _BUILDERS.get(name_of(call.child_by_field_name("constructor"))):
            yield _named(sink, key, index - 1)


def _in_text(path: Path, index: int) -> Iterator[Use]:
    """``?subject=${isAdmin ? 'devstudio' : 'workspace'}``: the constant fills a hole of a URL."""
    literal, top = constant(path[-1]), text_top(path, index)
    runs = pieces(path[top], lambda node: literal if node == path[index] else None)
    offset = 0
    for run in runs:
        if run.start == path[index].start_byte:
            break
        offset += len(run.text)
    for part in url_parts("".join(run.text for run in runs)):
        if part.start == offset and part.value == literal:
            yield Use(part.sink, part.name, top)


def is_query(path: Path, index: int) -> bool:
    """Whether ``path[index]`` is a whole query: ``new URLSearchParams('a=b')``, ``url.search = 'a=b'``."""
    if path[index - 1].type == "assignment_expression":
        return method_of(path[index - 1].child_by_field_name("left")) == "search"
    if path[index - 1].type != "arguments":
        return False
    return name_of(path[index - 2].child_by_field_name("constructor")) == "URLSearchParams"


def text_top(path: Path, index: int) -> int:
    """The index of the outermost text that ``path[index]`` is a part of: the template, the whole of a ``+``."""
    while index > 0 and _is_part_of_text(path, index):
        index -= 1
    return index


def _is_part_of_text(path: Path, index: int) -> bool:
    parent = path[index - 1]
    if parent.type == "parenthesized_expression":
        return index > 1 and is_concatenation(path[index - 2])
    return parent.type in ("template_string", "template_substitution") or is_concatenation(parent)


_RECEIVERS: dict[str, Callable[[Path, int], Iterator[Use]]] = {
    "arguments": _argument,
    "arrow_function": _body,
    "assignment_expression": _set,
    "assignment_pattern": _defaulted,
    "augmented_assignment_expression": _set,
    "binary_expression": _operand,
    "enum_assignment": _member,
    "export_statement": _exported,
    "field_definition": _member,
    "jsx_attribute": _jsx_attribute,
    "member_expression": _listed,
    "object_assignment_pattern": _member,
    "optional_parameter": _parameter,
    "pair": _pair,
    "public_field_definition": _member,
    "required_parameter": _parameter,
    "return_statement": _returned,
    "switch_case": _case,
    "template_substitution": _in_text,
    "variable_declarator": _declared,
}
