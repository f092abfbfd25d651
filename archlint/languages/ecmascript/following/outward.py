"""From an expression outwards, to what holds its value or hands it on.

Members that are read off an object on the way are followed into it, as are calls of functions that return
nothing but a constant. What computes a new value ends the way.
"""

from collections.abc import Callable, Iterator

from archlint.languages.ecmascript.calls import takes_members
from archlint.languages.ecmascript.following.arrivals import Arrival, Bind, Fill, On, Own, Reach, Spoil, Step
from archlint.languages.ecmascript.following.declarations import is_written
from archlint.languages.ecmascript.following.holding import (
    assigned,
    declared,
    defaulted,
    exported,
    listed,
    looped,
)
from archlint.languages.ecmascript.following.loads import Load
from archlint.languages.ecmascript.following.objects import MOVERS, Shapes, manner, member_name, written_key
from archlint.languages.ecmascript.following.selves import Self, is_closed, is_static_member
from archlint.languages.ecmascript.literals import constant, is_concatenation
from archlint.languages.ecmascript.names import WRAPPERS, dotted, first_operand, method_of, name_of
from archlint.languages.ecmascript.paths import Path, is_field, parts_of, text
from archlint.languages.ecmascript.transparent import DEFAULTS
from archlint.members import ANY, CALL, ELEMENT

# Calls that return their argument, or a collection of its elements.
_IDENTITIES = frozenset({"Set", "freeze", "preventExtensions", "seal", "structuredClone"})
# Calls that list an object's members, with where in the result each is, innermost first.
_LISTS = {"Object.entries": ("[1]", ELEMENT), "Object.values": (ELEMENT,)}
_HANDED_ON = WRAPPERS - {"jsx_expression"}


def outward(path: Path, load: Load, shapes: Shapes) -> Iterator[Arrival]:
    """Where the load of the expression at the end of the path arrives, nearest first."""
    on: On | None = On(path, load, is_new=True)
    is_object = False
    while on is not None:
        is_object = not on.load.is_reached if on.is_new else is_object
        if on.is_new and on.load.is_reached:
            yield Reach(on.path, on.load)
        elif is_object and on.load.is_next and takes_members(on.path):
            yield Reach(on.path, on.load, on.load.ahead[0])
        if (whole := on.load.each_member) is not None and takes_members(on.path):
            yield Reach(on.path, whole, ANY)
        step = _STEPS.get(on.path[-2].type) if len(on.path) > 1 else None
        arrivals = list(step(on.path, on.load, shapes)) if step is not None else []
        yield from (arrival for arrival in arrivals if not isinstance(arrival, On))
        on = next((arrival for arrival in arrivals if isinstance(arrival, On)), None)


# --- members that are read off what holds the load ----------------------------------------------------------


def _member(path: Path, load: Load, _shapes: Shapes) -> Step:
    member = path[-2].child_by_field_name("property")
    if member is None or not is_field(path[-2], "object", path[-1]):
        return
    is_moved = load.ahead and load.ahead[0].startswith("[") and text(member) in MOVERS
    if is_moved and path[-3].type == "call_expression":
        yield from _spoil(load, ANY)
    yield from _read(path, load, text(member))


def _subscript(path: Path, load: Load, _shapes: Shapes) -> Step:
    index = path[-2].child_by_field_name("index")
    if index is None or not is_field(path[-2], "object", path[-1]):
        return
    value = constant(index)
    if value is not None:
        yield from _read(path, load, f"[{value}]" if index.type == "number" else value)
    elif is_written(path[:-1]):
        yield from _spoil(load, ANY)


def _spoil(load: Load, member: str) -> Step:
    spot = load.spot(member)
    if spot is not None:
        yield Spoil(spot)


def _read(path: Path, load: Load, member: str) -> Step:
    rest = load.read(member)
    if rest is not None and is_written(path[:-1]):
        yield from _spoil(load, member)
    elif rest is not None:
        yield On(path[:-1], rest, is_new=True)


def _call(path: Path, load: Load, _shapes: Shapes) -> Step:
    rest = load.read(CALL) if is_field(path[-2], "function", path[-1]) else None
    if rest is not None:
        yield On(path[:-1], rest, is_new=True)


# --- expressions that hand a value on -----------------------------------------------------------------------


def _same(path: Path, load: Load, _shapes: Shapes) -> Step:
    if path[-2].type not in ("as_expression", "satisfies_expression") or path[-2].children[0] == path[-1]:
        yield On(path[:-1], load)


def _branch(path: Path, load: Load, _shapes: Shapes) -> Step:
    if not is_field(path[-2], "condition", path[-1]):
        yield On(path[:-1], load)


def _operand(path: Path, load: Load, _shapes: Shapes) -> Step:
    operator = text(path[-2].child_by_field_name("operator") or path[-2])
    if operator in DEFAULTS or (operator == "&&" and is_field(path[-2], "right", path[-1])):
        yield On(path[:-1], load)
    elif is_concatenation(path[-2]) and load.is_reached:
        yield Fill(path, load)


def _filled(path: Path, load: Load, _shapes: Shapes) -> Step:
    if load.is_reached:
        yield Fill(path, load)


def _argument(path: Path, load: Load, _shapes: Shapes) -> Step:
    call = path[-3]
    callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    first = first_operand(path[-2]) == path[-1]
    if name_of(callee) in _IDENTITIES and first:
        yield On(path[:-2], load)
    elif method_of(callee) == "assign" and first:
        yield from _spoil(load, ANY)
    elif first and dotted(callee) in _LISTS and (rest := load.read(ANY)) is not None:
        for member in _LISTS[dotted(callee)]:
            rest = rest.under(member, call.id)
        yield On(path[:-2], rest, is_new=True)


# --- objects, arrays, classes and functions: the load becomes a member of a larger value -------------------


def _pair(path: Path, load: Load, shapes: Shapes) -> Step:
    if is_field(path[-2], "value", path[-1]):
        yield from _in_object(path[:-1], load, shapes)


def _in_object(path: Path, load: Load, shapes: Shapes) -> Step:
    """The part of an object at the end of the path is what has the load."""
    key = written_key(path[-1])
    if key is not None and shapes.is_final(path[-2], path[-1], key):
        yield On(path[:-1], load.under(key, path[-2].id))


def _shorthand(path: Path, load: Load, shapes: Shapes) -> Step:
    if path[-1].type == "shorthand_property_identifier":
        yield from _in_object(path, load, shapes)


def _spread(path: Path, load: Load, shapes: Shapes) -> Step:
    holder = path[-3]
    if holder.type == "object" and load.ahead and shapes.is_final(holder, path[-2], load.ahead[0]):
        yield On(path[:-2], load.moved(holder.id))
    elif holder.type == "object" and load.origin is not None and not load.ahead:
        others = shapes.after(holder, path[-2])
        if others is not None:
            yield On(path[:-2], load.lacking(others))
    elif holder.type == "array" and load.read(ELEMENT) is not None:
        yield On(path[:-2], _into(load, shapes.position(holder, path[-2]), holder.id))


def _into(load: Load, member: str, holder: int) -> Load:
    """What is in an element of a list as it is in an element of another."""
    rest = load.read(ELEMENT)
    assert rest is not None
    return rest.under(member, holder)


def _element(path: Path, load: Load, shapes: Shapes) -> Step:
    if path[-1].type != "spread_element":
        yield On(path[:-1], load.under(shapes.position(path[-2], path[-1]), path[-2].id))


def _field(path: Path, load: Load, _shapes: Shapes) -> Step:
    key = path[-2].child_by_field_name("name") or path[-2].child_by_field_name("property")
    member = member_name(key) if key is not None else None
    if member is None or not is_field(path[-2], "value", path[-1]):
        return
    if is_static_member(path[:-1]):
        yield from _of_class(path[:-2], load, member)
    elif is_closed(path[:-1]):
        yield Own(Self(path[-3].id, is_static=False), load.under(member, path[-3].id))


def _of_class(path: Path, load: Load, member: str) -> Step:
    """The class whose body is at the end of the path has the load as a member of its own."""
    if len(path) < 2:  # noqa: PLR2004 -- of code with mistakes a body may be all
        return
    class_, held = path[-2], load.under(member, path[-2].id)
    yield Own(Self(path[-1].id, is_static=True), held)
    if class_.type == "class":
        yield On(path[:-1], held)
    elif (name := class_.child_by_field_name("name")) is not None:
        yield Bind((*path[:-1], name), held)


def _enum_member(path: Path, load: Load, _shapes: Shapes) -> Step:
    if len(path) < 4:  # noqa: PLR2004 -- enum, body, member, value; of code with mistakes a part may be all
        return
    key, name = path[-2].child_by_field_name("name"), path[-4].child_by_field_name("name")
    member = member_name(key) if key is not None else None
    if member is not None and name is not None and is_field(path[-2], "value", path[-1]):
        yield Bind((*path[:-3], name), load.under(member, path[-4].id))
        if key is not None and key.type == "property_identifier":
            yield Bind((*path[:-1], key), load)


def _body(path: Path, load: Load, _shapes: Shapes) -> Step:
    if is_field(path[-2], "body", path[-1]):
        yield On(path[:-1], load.under(CALL, path[-2].id))


def _return(path: Path, load: Load, shapes: Shapes) -> Step:
    if len(path) < 4 or path[-3].type != "statement_block":  # noqa: PLR2004 -- function, block, return, value
        return
    statements = parts_of(path[-3])
    if statements == [path[-2]]:
        yield from _of_function(path[:-3], load, shapes)


def _of_function(path: Path, load: Load, shapes: Shapes) -> Step:
    function = path[-1]
    name = function.child_by_field_name("name")
    match function.type:
        case "arrow_function" | "function_expression":
            yield On(path, load.under(CALL, function.id))
        case "function_declaration" if name is not None:
            yield Bind((*path, name), load.under(CALL, function.id))
        case "method_definition" if name is not None and manner(function) in ("", "get"):
            result = load if manner(function) == "get" else load.under(CALL, function.id)
            if path[-2].type == "object":
                yield from _in_object(path, result, shapes)
            elif is_static_member(path) and (member := member_name(name)) is not None:
                yield from _of_class(path[:-1], result, member)


_STEPS: dict[str, Callable[[Path, Load, Shapes], Step]] = {
    **dict.fromkeys(_HANDED_ON, _same),
    "arguments": _argument,
    "array": _element,
    "arrow_function": _body,
    "assignment_expression": assigned,
    "assignment_pattern": defaulted,
    "binary_expression": _operand,
    "call_expression": _call,
    "enum_assignment": _enum_member,
    "export_specifier": listed,
    "export_statement": exported,
    "field_definition": _field,
    "for_in_statement": looped,
    "member_expression": _member,
    "object": _shorthand,
    "object_assignment_pattern": defaulted,
    "optional_parameter": declared,
    "pair": _pair,
    "public_field_definition": _field,
    "required_parameter": declared,
    "return_statement": _return,
    "spread_element": _spread,
    "subscript_expression": _subscript,
    "template_substitution": _filled,
    "ternary_expression": _branch,
    "variable_declarator": declared,
}
