"""What of a script other files can have, and what it has of theirs."""

from collections.abc import Iterator

from archlint.languages.ecmascript.following.declarations import pattern_top
from archlint.languages.ecmascript.paths import Path, text

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


def namespace_of(path: Path) -> Path | None:
    """The way to the name of the TypeScript namespace that exports the name declared at the end of the path."""
    index = _statement(path) - 1
    if index < 3 or path[index].type != "export_statement" or path[index - 2].type != "internal_module":  # noqa: PLR2004
        return None
    name = path[index - 2].child_by_field_name("name")
    return (*path[: index - 1], name) if name is not None and name.type == "identifier" else None
