"""Which import a name is of, where its declaration is one."""

from tree_sitter import Node

from archlint.code import Import
from archlint.languages.ecmascript.following.declarations import pattern_top
from archlint.languages.ecmascript.following.objects import elements, pattern_key
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import first_operand
from archlint.languages.ecmascript.paths import Path, text


def imported(declared: Path) -> Import | None:
    """What the name that is declared at the end of the path is of another module; None if it is no import."""
    statement = next((node for node in reversed(declared) if node.type == "import_statement"), None)
    if statement is None:
        return None
    module = _module(statement)
    if module is None:
        return None
    match declared[-2].type:
        case "import_specifier":
            name = declared[-2].child_by_field_name("name")
            return Import(module, (constant(name) or text(name)) if name is not None else "")
        case "namespace_import" | "import_require_clause":
            return Import(module, "*")
    return Import(module, "default")


def _module(statement: Node) -> str | None:
    source = statement.child_by_field_name("source")
    if source is None:
        clause = next((child for child in statement.children if child.type == "import_require_clause"), None)
        source = clause.child_by_field_name("source") if clause is not None else None
    return constant(source) if source is not None else None


def required(call: Node) -> Import | None:
    """The module that ``require('./a')`` or ``import('./a')`` gives."""
    callee = call.child_by_field_name("function")
    argument = first_operand(call.child_by_field_name("arguments"))
    if callee is None or argument is None or text(callee) not in ("import", "require"):
        return None
    module = constant(argument)
    return Import(module, "*") if module is not None else None


def members_taken(declared: Path) -> tuple[int, tuple[str, ...] | None]:
    """Where on the path the outermost pattern of the name is, and which members of the value lead to the name.

    None for what is no member: the rest of an object.
    """
    top = pattern_top(declared)
    members: list[str] = []
    for index in range(top, len(declared) - 1):
        member = _taken(declared[index], declared[index + 1])
        if member is None:
            return top, None
        members.extend(member)
    return top, tuple(members)


def _taken(pattern: Node, child: Node) -> tuple[str, ...] | None:
    """The member that one level of a pattern takes."""
    if pattern.type == "object_pattern":
        key = pattern_key(child) if child.type != "rest_pattern" else None
        return (key,) if key is not None else None
    if pattern.type == "array_pattern":
        number = next((at for at, each in enumerate(elements(pattern)) if each == child), None)
        return (f"[{number}]",) if number is not None and child.type != "rest_pattern" else None
    return None if pattern.type == "rest_pattern" else ()
