"""Sinks of what is handed to calls: arguments, and the names that calls pair with values."""

from collections.abc import Iterator

from tree_sitter import Node

from archlint.facts import Sink
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import first_operand, key_of, method_of, name_of
from archlint.languages.ecmascript.paths import Path, is_field, parts_of
from archlint.languages.ecmascript.transparent import outermost
from archlint.languages.ecmascript.use import Use

# Methods that compare what they are called on, or an element of it, with their first argument.
MEMBERSHIP = frozenset(
    {"endsWith", "equals", "has", "includes", "indexOf", "is", "localeCompare", "startsWith"}
)
# Methods that set what their first argument names to their second; ``eq`` asks a table for it (Supabase).
_KEYED = frozenset({"append", "eq", "neq", "set", "setAttribute", "setHeader", "setItem"})
# Calls that return their argument as the first of a pair: React's state, Solid's signal.
STATES = frozenset({"createSignal", "useRef", "useState"})
# Calls whose argument pairs names with values.
_BUILDERS = {
    "Headers": Sink.HEADER,
    "Map": Sink.PROPERTY,
    "URLSearchParams": Sink.QUERY,
    "fromEntries": Sink.PROPERTY,
}

_TAKERS = {"Headers": Sink.HEADER, "URLSearchParams": Sink.QUERY}


def pair(path: Path, index: int) -> Iterator[Use]:
    """``{ subject: 'devstudio' }``: a property, and what a call around the object makes of it."""
    if is_field(path[index - 1], "value", path[index]):
        yield from _of_object(path, index - 1, key_of(path[index - 1]))


def shorthand(path: Path, index: int) -> Iterator[Use]:
    """``{ subject }``."""
    if path[index].type == "shorthand_property_identifier":
        yield from _of_object(path, index, name_of(path[index]))


def _of_object(path: Path, index: int, key: str) -> Iterator[Use]:
    """What is set by the part of an object at ``index``."""
    yield Use(Sink.PROPERTY, key, index)
    holder = outermost(path[:index])
    receiver = path[holder - 1]
    if receiver.type == "pair" and key_of(receiver).lower() == "headers":
        yield _named(Sink.HEADER, key, index)
    if receiver.type == "arguments":
        call = path[holder - 2]
        if sink := _BUILDERS.get(name_of(call.child_by_field_name("constructor"))):
            yield _named(sink, key, index)


def given(path: Path, member: str) -> Iterator[Use]:
    """What an object's member acts as where the whole object is handed over at the end of the path."""
    sink = _taken_as(path)
    if sink is not None:
        yield _named(sink, member, len(path) - 1)


def takes_members(path: Path) -> bool:
    """Whether an object at the end of the path is handed to what takes its members by their names."""
    return _taken_as(path) is not None


def _taken_as(path: Path) -> Sink | None:
    """``new URLSearchParams(query)``, ``{ headers: defaults }``, ``{ headers }``."""
    node, holder = path[-1], path[-2] if len(path) > 1 else path[-1]
    if holder.type == "arguments" and first_operand(holder) == node:
        return _TAKERS.get(name_of(path[-3].child_by_field_name("constructor")))
    is_value = holder.type == "pair" and is_field(holder, "value", node)
    name = key_of(holder) if is_value else ""
    if node.type == "shorthand_property_identifier":
        name = name_of(node)
    return Sink.HEADER if name.lower() == "headers" else None


def argument(path: Path, index: int) -> Iterator[Use]:
    """``setSubject('devstudio')``, ``params.set('subject', 'devstudio')``."""
    arguments, call = path[index - 1], path[index - 2]
    operands = parts_of(arguments)
    if path[index] not in operands:
        return
    position = operands.index(path[index])
    callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    yield Use(Sink.ARGUMENT, name_of(callee), index - 2, position)
    if position == 0 and name_of(callee) in STATES:
        yield from result(Sink.VARIABLE, path, index - 2)
    yield from _keyed(path, index, callee, operands)


def result(sink: Sink, path: Path, index: int) -> Iterator[Use]:
    """``const [subject] = useState<'a' | 'b'>('a')``: what the call at ``index`` is given, its result is."""
    holder = path[index - 1]
    if holder.type == "variable_declarator":
        yield Use(sink, name_of(holder.child_by_field_name("name")), index - 1)


def listed(path: Path, index: int) -> Iterator[Use]:
    """``['a', 'b'].includes(subject)`` compares ``subject`` with each of them."""
    member, call = path[index - 1], path[index - 2]
    if not is_field(member, "object", path[index]):
        return
    if call.type == "call_expression" and method_of(member) in MEMBERSHIP:
        argument = first_operand(call.child_by_field_name("arguments"))
        yield from compared(path[: index - 1], argument, index - 2)


def compared(holder: Path, operand: Node | None, index: int) -> Iterator[Use]:
    """A comparison with ``operand``, which is below the end of ``holder``."""
    yield Use(Sink.COMPARE, name_of(operand), index, of=(*holder, operand) if operand is not None else ())


def _keyed(path: Path, index: int, callee: Node | None, operands: list[Node]) -> Iterator[Use]:
    position = operands.index(path[index])
    method = method_of(callee)
    receiver = callee.child_by_field_name("object") if method and callee is not None else None
    if method in MEMBERSHIP and position == 0:
        yield from compared(path[: index - 1], receiver, index - 2)
    key = constant(operands[0]) if position == 1 else None
    if key and method in _KEYED:
        yield _keyed_use(method, name_of(receiver), key, index - 2)
    if position == 0 and (sink := _BUILDERS.get(name_of(callee))):
        yield from _tuple_element(path, sink)


def _keyed_use(method: str, receiver: str, key: str, index: int) -> Use:
    """What ``receiver.set(key, value)`` sets, told by the names of method and receiver."""
    lowered = receiver.lower()
    if method == "setHeader" or lowered.endswith(("headers", "header")):
        return Use(Sink.HEADER, key.lower(), index)  # RFC 9110 §5.1: field names are case-insensitive
    if method == "setAttribute":
        return Use(Sink.ATTRIBUTE, key, index)
    return Use(Sink.QUERY if lowered.endswith(("params", "query", "search")) else Sink.PROPERTY, key, index)


def _tuple_element(path: Path, sink: Sink) -> Iterator[Use]:
    """``new URLSearchParams([['subject', 'devstudio']])``."""
    operands = parts_of(path[-2])
    if path[-2].type == path[-3].type == "array" and len(operands) == 2 and operands[1] == path[-1]:  # noqa: PLR2004
        yield _named(sink, constant(operands[0]) or "", len(path) - 2)


def _named(sink: Sink, name: str, index: int) -> Use:
    return Use(sink, name.lower() if sink is Sink.HEADER else name, index)
