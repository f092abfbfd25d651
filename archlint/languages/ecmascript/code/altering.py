"""What happens to the object that a name holds after it is declared."""

from tree_sitter import Node

from archlint.code import Gap, Member, Value
from archlint.languages.ecmascript.following.declarations import is_written
from archlint.languages.ecmascript.following.scopes import Binding
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.names import method_of
from archlint.languages.ecmascript.paths import Path, is_field, text
from archlint.model import Span
from archlint.parts import UNKNOWN, clipped, merged


def alteration(script: Script, binding: Binding, declared: Path) -> Value:
    """What is assigned to members of the object, as one that is spread over it; the members' values are not told."""
    found = Value("object")
    for place in script.names.reads(binding):
        change = _change(script, place, declared)
        found = merged(found, change) if change is not None else found
    return found


def _change(script: Script, place: Path, declared: Path) -> Value | None:
    """What the use of the name at the end of the path adds."""
    call = place[-3] if place[-2].type == "arguments" else None
    if call is not None and method_of(call.child_by_field_name("function")) == "assign":
        return _hidden(script, call)
    if not is_field(place[-2], "object", place[-1]):
        return None
    member = place[-2].child_by_field_name("property")
    if not is_written(place[:-1]):
        return _with(script, member, is_optional=True) if member is not None and _is_deep(place) else None
    if member is None or place[-3].type != "assignment_expression":
        return _hidden(script, place[-2])
    # Beside the declaration it happens whenever the declaration does.
    is_sure = place[-4].type == "expression_statement" and place[-5] in declared
    return _with(script, member, is_optional=not is_sure)


def _is_deep(place: Path) -> bool:
    """``x.a.b = 1``, where ``x`` stands at the end of the path."""
    index = len(place) - 2
    while index > 0 and is_field(place[index - 1], "object", place[index]):
        index -= 1
        if is_written(place[: index + 1]):
            return True
    return False


def _with(script: Script, member: Node, *, is_optional: bool) -> Value:
    return Value("object", members=(Member(text(member), _span(script, member), UNKNOWN, is_optional),))


def _hidden(script: Script, node: Node) -> Value:
    return Value("object", gaps=(Gap(_span(script, node), clipped(text(node))),))


def _span(script: Script, node: Node) -> Span:
    return script.source.lines.span(node.start_byte, node.end_byte)
