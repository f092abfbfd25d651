"""What a module imports: statements, ``importlib.import_module`` and ``__import__`` of texts."""

import re
from collections.abc import Iterator

import libcst as cst
from libcst.helpers import get_full_name_for_node
from msgspec.structs import replace

from archlint.facts import Link, Reference
from archlint.languages.python3.imports import Imports
from archlint.languages.python3.literals import constant_text, content
from archlint.languages.python3.names import name_of, positional
from archlint.languages.python3.paths import Path, paths_of
from archlint.languages.python3.syntax import Syntax
from archlint.model import Span

_STATEMENTS = frozenset[type]({cst.Import, cst.ImportFrom, cst.LazyImport, cst.LazyImportFrom})
_ALL = ("*",)
# What of these nodes may not run although the code around them does.
_MAY_NOT_RUN: dict[type, tuple[str, ...]] = {
    cst.BooleanOperation: ("right",),
    cst.For: ("body", "orelse"),
    cst.FunctionDef: ("body",),
    cst.If: ("body", "orelse"),
    cst.IfExp: ("body", "orelse"),
    cst.Lambda: ("body",),
    cst.Match: ("cases",),
    cst.Try: ("body", "handlers", "orelse"),
    cst.TryStar: ("body", "handlers", "orelse"),
    cst.While: ("body", "orelse"),
}
_NEXT_STATEMENT = re.compile(rb"^(?!(?:elif|else|except|finally)\b)[A-Za-z_@]", re.MULTILINE)
_OWN_PACKAGE = frozenset({"__name__", "__package__"})


def end_of_imports(data: bytes) -> int:
    """Where the code may end with nothing imported behind it, if it can be read so far; 0 if it imports nothing."""
    last = data.rfind(b"import")
    if last < 0:
        return 0
    if b"import_module" in data:  # under another name it may be called anywhere
        return len(data)
    line_end = data.find(b"\n", last)
    end = _NEXT_STATEMENT.search(data, line_end + 1) if line_end >= 0 else None
    return end.start() if end else len(data)


def references(syntax: Syntax, imports: Imports) -> tuple[Reference, ...]:
    """What the module imports, in order."""
    found = [
        reference
        for path in paths_of(syntax.module, _STATEMENTS | {cst.Call})
        for reference in _of(syntax, imports, path)
    ]
    return tuple(sorted(found, key=lambda reference: reference.span))


def _of(syntax: Syntax, imports: Imports, path: Path) -> Iterator[Reference]:
    match path[-1]:
        case cst.Import(names=aliases) | cst.LazyImport(names=aliases):
            for alias in aliases:
                name = get_full_name_for_node(alias.name) or ""
                yield _reference(syntax, path, Reference(name, Link.VALUE, _span(syntax, alias.name), _ALL))
        case cst.ImportFrom() | cst.LazyImportFrom() as statement:
            yield _of_names(syntax, path, statement)
        case cst.Call() as call:
            yield from _of_call(syntax, imports, path, call)


def _of_names(syntax: Syntax, path: Path, statement: cst.ImportFrom | cst.LazyImportFrom) -> Reference:
    names: tuple[str, ...] = _ALL
    if not isinstance(statement.names, cst.ImportStar):
        names = tuple(get_full_name_for_node(alias.name) or "" for alias in statement.names)
    module = get_full_name_for_node(statement.module) or "" if statement.module is not None else ""
    parts = [*statement.relative, *([statement.module] if statement.module is not None else [])]
    span = syntax.source.lines.span(syntax.place(parts[0])[0], syntax.place(parts[-1])[1])
    target = "." * len(statement.relative) + module
    return _reference(syntax, path, Reference(target, Link.VALUE, span, names))


def _of_call(syntax: Syntax, imports: Imports, path: Path, call: cst.Call) -> Iterator[Reference]:
    """``importlib.import_module('a')``, ``__import__('a')``."""
    is_loader = isinstance(call.func, cst.Name) and call.func.value == "__import__"
    if not is_loader and "importlib.import_module" not in imports.qualified(call.func, path):
        return
    first = positional(call, 0) or _keyword(call, "name")
    name = constant_text(first)
    if first is None or not name:
        return
    if name.startswith(".") and not is_loader:
        name = _absolute(name, positional(call, 1) or _keyword(call, "package"))
    if name:
        span = syntax.source.lines.span(*content(syntax, first))
        yield _reference(syntax, path, Reference(name, Link.DYNAMIC, span, _ALL))


def _absolute(name: str, package: cst.BaseExpression | None) -> str:
    """The name seen from where it stands; '' if only the run time knows of what package it is a part."""
    if isinstance(package, cst.Name | cst.Attribute):
        return name if name_of(package) in _OWN_PACKAGE else ""
    bare = name.lstrip(".")
    parts = (constant_text(package) or "").split(".")
    kept = parts[: len(parts) + 1 - (len(name) - len(bare))]
    return ".".join([*kept, *([bare] if bare else [])]) if kept and kept[0] else ""


def _keyword(call: cst.Call, name: str) -> cst.BaseExpression | None:
    given = (each.value for each in call.args if each.keyword is not None and each.keyword.value == name)
    return next(given, None)


def _span(syntax: Syntax, node: cst.CSTNode) -> Span:
    return syntax.source.lines.span(*syntax.place(node))


def _reference(syntax: Syntax, path: Path, found: Reference) -> Reference:
    """The reference with what the code around it says of it."""
    is_type = syntax.source.path.endswith(".pyi") or any(
        _is_for_types(path[index]) and path[index + 1] is path[index].body  # type: ignore[attr-defined] # an If
        for index in range(len(path) - 1)
    )
    if is_type:
        return replace(found, link=Link.TYPE, is_type=True)
    return replace(found, is_conditional=any(_may_not_run(path, index) for index in range(len(path) - 1)))


def _is_for_types(node: cst.CSTNode) -> bool:
    """``if TYPE_CHECKING:``, ``if typing.TYPE_CHECKING:``."""
    return isinstance(node, cst.If) and name_of(node.test) == "TYPE_CHECKING"


def _may_not_run(path: Path, index: int) -> bool:
    node, within = path[index], path[index + 1]
    if _is_for_types(node):
        return False  # what stands beside the types always runs
    held = (getattr(node, name) for name in _MAY_NOT_RUN.get(type(node), ()))
    return any(within is each or (isinstance(each, tuple | list) and within in each) for each in held)
