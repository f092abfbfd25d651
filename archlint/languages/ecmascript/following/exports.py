"""What of a script other files can have, and what it has of theirs."""

from collections.abc import Iterator

from tree_sitter import Node

from archlint.languages.ecmascript.following.declarations import pattern_top
from archlint.languages.ecmascript.following.patterns import every_name
from archlint.languages.ecmascript.paths import Path, parts_of, text

_DECLARATIONS = frozenset({"lexical_declaration", "variable_declaration"})


def _statement(path: Path) -> int:
    """The index of the statement that declares the name at the end of the path."""
    index = pattern_top(path) - 1
    return index - 1 if path[index].type == "variable_declarator" else index


def exported_names(path: Path) -> Iterator[str]:
    """What the module exports the name under where it is declared: its own name or ``default``."""
    index = _statement(path)
    if index < 2 or path[index - 1].type != "export_statement" or path[index - 2] != path[0]:  # noqa: PLR2004
        return
    is_default = any(child.type == "default" for child in path[index - 1].children)
    yield "default" if is_default else text(path[-1])


def own_names(root: Node) -> tuple[str, ...]:
    """The names that a module exports one by one, sorted."""
    names: set[str] = set()
    for statement in root.named_children:
        if statement.type != "export_statement":
            continue
        for child in statement.named_children:
            names.update(_named(child))
    return tuple(sorted(names))


def _named(node: Node) -> Iterator[str]:
    """The names in a part of an export statement: a declaration, a list, ``* as ns``."""
    if node.type == "export_clause":
        names = (
            each.child_by_field_name("alias") or each.child_by_field_name("name")
            for each in node.named_children
        )
        yield from (text(name) for name in names if name is not None)  # there are comments too
    elif node.type == "namespace_export":
        yield from map(text, parts_of(node))
    elif node.type in _DECLARATIONS:
        names = (each.child_by_field_name("name") for each in node.named_children)
        yield from (text(path[-1]) for name in names if name is not None for path in every_name((name,)))
    elif (name := node.child_by_field_name("name")) is not None:
        yield text(name)


def namespace_of(path: Path) -> Path | None:
    """The way to the name of the TypeScript namespace that exports the name declared at the end of the path."""
    index = _statement(path) - 1
    if index < 3 or path[index].type != "export_statement" or path[index - 2].type != "internal_module":  # noqa: PLR2004
        return None
    name = path[index - 2].child_by_field_name("name")
    return (*path[: index - 1], name) if name is not None and name.type == "identifier" else None
