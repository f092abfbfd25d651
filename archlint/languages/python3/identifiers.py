"""Where the wanted names are declared, read off an object, or read from the environment."""

from collections.abc import Iterator

import libcst as cst

from archlint.facts import Occurrence, Sink
from archlint.languages.python3.calls import reads_environment
from archlint.languages.python3.imports import Imports
from archlint.languages.python3.literals import constant_text, content
from archlint.languages.python3.names import function_names
from archlint.languages.python3.paths import Path, paths_of
from archlint.languages.python3.syntax import Syntax

_NAMES = frozenset[type]({cst.Name, cst.SimpleString})
_PATTERNS = (cst.Element, cst.List, cst.StarredElement, cst.Tuple)


def identifiers(syntax: Syntax, imports: Imports, names: frozenset[str]) -> Iterator[Occurrence]:
    """Each place of the names."""
    for path in paths_of(syntax.module, _NAMES) if names else ():
        name = _name(path, imports)
        if name in names:
            span = syntax.source.lines.span(*content(syntax, path[-1]))
            yield Occurrence(name, Sink.IDENTIFIER, name, span, functions=function_names(path))


def _name(path: Path, imports: Imports) -> str:
    """The name that is introduced at the end of the path, or ''."""
    node, parent = path[-1], path[-2]
    if isinstance(node, cst.Name):
        return node.value if _is_member(node, parent) or _is_target(path) else ""
    is_read = isinstance(parent, cst.Index) or reads_environment(path, imports)
    return (constant_text(node) or "") if is_read else ""


def _is_member(node: cst.Name, parent: cst.CSTNode) -> bool:
    match parent:
        case cst.Attribute(attr=name) | cst.Param(name=name) | cst.Arg(keyword=name):
            return name is node
    return False


def _is_target(path: Path) -> bool:
    """Whether the name at the end of the path is assigned to there, alone or in a tuple."""
    index = len(path) - 1
    while isinstance(path[index - 1], _PATTERNS):
        index -= 1
    match path[index - 1]:
        case cst.AssignTarget() | cst.AsName():
            return True
        case (
            cst.AnnAssign(target=target)
            | cst.AugAssign(target=target)
            | cst.NamedExpr(target=target)
            | cst.For(target=target)
            | cst.CompFor(target=target)
        ):
            return target is path[index]
    return False
