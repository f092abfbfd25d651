"""What else an expression is called: by what it was read from, converted from or destructured out of."""

import re
from collections.abc import Iterator

from msgspec.structs import replace
from tree_sitter import Node

from archlint.languages.ecmascript.following.scopes import Names
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import FUNCTIONS, core_of, first_operand, key_of, name_of
from archlint.languages.ecmascript.paths import Path, is_field, parts_of
from archlint.languages.ecmascript.use import Use

_FARTHEST = 8
# Functions whose name says that they return their argument in another form: `asTrimmedString(subject)`.
_CONVERSION = re.compile(
    r"(as|to|get|read|normali[sz]e|trim|parse|clean|coerce|sanitize|ensure|lower)(?![a-z])"
)


def under_all_names(use: Use, names: Names) -> Iterator[Use]:
    """The sink under each name that it is called by, the one it is written with first."""
    yield use
    others = dict.fromkeys(_other_names(use.of, names) if use.of else ())
    yield from (replace(use, name=name) for name in others if name != use.name)


def _other_names(path: Path, names: Names) -> Iterator[str]:
    """The names besides ``name_of`` that the expression at the end of the path goes by, nearest first.

    ``raw`` is called ``subject`` too after ``const raw = params.get('subject')``, and so is ``asText(subject)``.
    A name that is assigned to again, or that is a parameter, is called by itself alone.
    """
    for _ in range(_FARTHEST):
        path = _core(path)
        if path[-1].type == "identifier":
            found = _declared(path, names)
        elif path[-1].type == "call_expression":
            found = _converted(path)
        else:
            return
        if not isinstance(found, tuple):
            yield from (found,) if found else ()
            return
        if name := name_of(found[-1]):
            yield name
        path = found


def _core(path: Path) -> Path:
    """The way to the part of an expression that says what it is called."""
    while (part := core_of(path[-1])) is not None:
        path = (*path, part)
    return path


def _declared(path: Path, names: Names) -> Path | str:
    """What the name is declared as: an expression, or the name of a member."""
    binding = names.binding(path)
    if binding is None or names.is_reassigned(binding):
        return ""
    declared = names.declarations(binding.name)[binding.scope][0]
    index = len(declared) - 1
    while index > 0 and declared[index - 1].type in ("assignment_pattern", "object_assignment_pattern"):
        index -= 1
    holder = declared[index - 1]
    if holder.type == "pair_pattern":
        return key_of(holder)
    value = holder.child_by_field_name("value") if holder.type == "variable_declarator" else None
    if value is None or not is_field(holder, "name", declared[-1]) or value.type in FUNCTIONS:
        return ""
    return (*declared[:index], value)


def _converted(path: Path) -> Path | str:
    """The one argument of a call that says it returns it in another form."""
    call = path[-1]
    arguments = call.child_by_field_name("arguments")
    operands = parts_of(arguments) if arguments else []
    if len(operands) != 1 or not _CONVERSION.match(name_of(call)):
        return ""
    return "" if _is_text(operands[0]) else (*path, operands[0])


def _is_text(node: Node) -> bool:
    operand = first_operand(node) if node.type == "parenthesized_expression" else node
    return operand is None or constant(operand) is not None
