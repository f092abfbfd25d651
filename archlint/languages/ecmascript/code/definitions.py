"""The symbols that a script defines."""

from collections.abc import Iterator

from msgspec.structs import replace
from tree_sitter import Node

from archlint.code import Definition
from archlint.languages.ecmascript.code.branches import Branches
from archlint.languages.ecmascript.code.calls import operands
from archlint.languages.ecmascript.code.targets import function_made, unwrapped
from archlint.languages.ecmascript.following.exports import exported_names
from archlint.languages.ecmascript.following.objects import manner
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.names import FUNCTIONS, WRAPPERS, function_name, name_of
from archlint.languages.ecmascript.paths import Path, is_field, text
from archlint.model import Span

_SORTS = {
    "abstract_class_declaration": "class",
    "class_declaration": "class",
    "enum_declaration": "enum",
    "interface_declaration": "type",
    "type_alias_declaration": "type",
}
DEFINERS = FUNCTIONS | _SORTS.keys() | {"variable_declarator"}
_MEMBERS = frozenset({"field_definition", "method_definition", "pair", "public_field_definition"})
# What gives another name to what is defined elsewhere.
_ALIASES = frozenset({"identifier", "member_expression", "subscript_expression"})


class Definitions:
    """Makes definitions of nodes."""

    def __init__(self, script: Script, branches: Branches) -> None:
        self._script = script
        self._branches = branches
        self._listed = dict(_listed(script.tree.root_node))

    def of(self, path: Path) -> Iterator[Definition]:
        """What the node at the end of the path defines."""
        node = path[-1]
        if any(each.type == "ambient_declaration" for each in path):
            return
        if node.type in FUNCTIONS:
            yield self._function(path)
        elif node.type in _SORTS:
            yield self._named(path, _SORTS[node.type], node.child_by_field_name("name"))
        else:
            yield from self._variable(path)

    def _function(self, path: Path) -> Definition:
        node = path[-1]
        own = node.child_by_field_name("name")
        # An expression's own name is known inside it only.
        holder = _holder(path) if own is None or node.type.endswith("expression") else path
        holder = path if holder is None and own is not None else holder
        named = _name(holder[-1]) if holder is not None else None
        called = name_of(named) if named is not None else _assigned_name(path)
        is_method = holder is not None and (holder[-1].type in _MEMBERS or node.type == "method_definition")
        sort = "method" if is_method else "function"
        return Definition(
            name=called if manner(node) != "set" else "",
            sort=sort,
            span=self._span(named or node),
            body=self._span(node),
            branch=self._branches.of(path),
            exports=self._exports(holder or path, called, named),
        )

    def _exports(self, path: Path, called: str, name: Node | None) -> tuple[str, ...]:
        """The names by which other files have what the node at the end of the path declares."""
        if path[-1].type in _MEMBERS:
            return self._of_member(path, called)
        if not _is_top(path):
            return ()
        found = set(self._listed.get(called, ())) if name is not None else set()
        if name is not None:
            found.update(exported_names((*path, name)))
        if path[-2].type == "export_statement" and any(
            child.type == "default" for child in path[-2].children
        ):
            found = (found - {called}) | {"default"}
        return tuple(sorted(found))

    def _of_member(self, path: Path, called: str) -> tuple[str, ...]:
        """``api.show`` of ``export const api = { show() {} }``."""
        holder = path[-3] if len(path) > 3 and path[-2].type == "object" else None  # noqa: PLR2004 -- variable, object, member
        name = holder.child_by_field_name("name") if holder is not None else None
        if holder is None or name is None or holder.type != "variable_declarator":
            return ()
        return tuple(f"{each}.{called}" for each in self._exports(path[:-2], text(name), name))

    def _named(self, path: Path, sort: str, name: Node | None) -> Definition:
        at = name if name is not None else path[-1]
        called = text(name) if name is not None else ""
        span = self._span(path[-1])
        return Definition(called, sort, self._span(at), span, exports=self._exports(path, called, name))

    def _variable(self, path: Path) -> Iterator[Definition]:
        """A name with a value of its own at the top of the script: not a function's, not another name for something."""
        name, value = path[-1].child_by_field_name("name"), path[-1].child_by_field_name("value")
        if name is None or name.type != "identifier" or value is None or not _is_top(path):
            return
        inner = unwrapped((*path, value))
        if inner[-1].type in FUNCTIONS or inner[-1].type in _ALIASES or _is_made_or_imported(inner):
            return
        sort = "const" if path[-2].children[0].type == "const" else "variable"
        found = self._named(path, "class" if inner[-1].type == "class" else sort, name)
        wrapped = _wrapped(inner)
        if wrapped is not None:
            found = replace(found, body=self._span(wrapped[-1]), branch=self._branches.of(wrapped))
        yield found

    def _span(self, node: Node) -> Span:
        return self._script.source.lines.span(node.start_byte, node.end_byte)


def _holder(path: Path) -> Path | None:
    """The way to what an anonymous function is bound by: a variable, a member, a field."""
    index = len(path) - 1
    while index > 0:
        parent = path[index - 1]
        if parent.type == "variable_declarator" or parent.type in _MEMBERS:
            return path[:index] if is_field(parent, "value", path[index]) else None
        if parent.type == "arguments" and function_made(path[: index - 1]) == path[: len(path)]:
            index -= 2
        elif parent.type in WRAPPERS:
            index -= 1
        else:
            return None
    return None


def _name(holder: Node) -> Node | None:
    return (
        holder.child_by_field_name("name")
        or holder.child_by_field_name("key")
        or holder.child_by_field_name("property")
    )


def _assigned_name(path: Path) -> str:
    """``exports.open = () => …``; '' for a function that is only handed to a call."""
    return function_name(path, len(path) - 1) if path[-2].type == "assignment_expression" else ""


def _is_top(path: Path) -> bool:
    """Whether it stands at the top of the script."""
    return not any(
        each.type in FUNCTIONS or each.type in ("class_body", "statement_block") for each in path[:-1]
    )


def _is_made_or_imported(path: Path) -> bool:
    if path[-1].type != "call_expression":
        return False
    callee = path[-1].child_by_field_name("function")
    is_import = callee is not None and text(callee) in ("import", "require")
    return is_import or function_made(path) is not None


def _wrapped(path: Path) -> Path | None:
    """The function that a call is handed: ``withSession(async (request) => …)``."""
    functions = (each for each in operands(path) if each[-1].type in FUNCTIONS)
    return next(functions, None) if path[-1].type == "call_expression" else None


def _listed(root: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names by which ``export { a as b }`` and ``export default a`` export what has a name, by that name."""
    found: dict[str, list[str]] = {}
    for statement in root.named_children:
        if statement.type != "export_statement" or statement.child_by_field_name("source") is not None:
            continue
        value = statement.child_by_field_name("value")
        if value is not None and value.type == "identifier":
            found.setdefault(text(value), []).append("default")
        clauses = (child for child in statement.named_children if child.type == "export_clause")
        for specifier in (each for clause in clauses for each in clause.named_children):
            name = specifier.child_by_field_name("name")
            alias = specifier.child_by_field_name("alias") or name
            if name is not None and alias is not None:
                found.setdefault(text(name), []).append(name_of(alias))
    yield from ((name, tuple(exports)) for name, exports in found.items())
