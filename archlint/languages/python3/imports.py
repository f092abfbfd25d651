"""What a name means that was imported: ``g`` is ``os.getenv`` after ``from os import getenv as g``.

Names are looked up as Python does it, from the innermost scope outwards; what is bound there otherwise is not the
import. A star import binds nothing that could be known, and a relative one keeps its dots (``.settings.load``).
"""

from collections.abc import Iterator

import libcst as cst
from libcst.helpers import get_full_name_for_node

from archlint.languages.python3.paths import Path, children

_Bindings = dict[str, tuple[str, ...]]
_Scope = cst.Module | cst.ClassDef | cst.FunctionDef | cst.Lambda
_BLOCKS = (
    cst.Else,
    cst.ExceptHandler,
    cst.ExceptStarHandler,
    cst.Finally,
    cst.For,
    cst.If,
    cst.IndentedBlock,
    cst.Match,
    cst.MatchCase,
    cst.Module,
    cst.SimpleStatementLine,
    cst.SimpleStatementSuite,
    cst.Try,
    cst.TryStar,
    cst.While,
    cst.With,
)


class Imports:
    """The imports of a module, scope by scope; a scope's are collected when they are first asked for."""

    __slots__ = ("_bindings_of",)

    def __init__(self) -> None:
        self._bindings_of: dict[cst.CSTNode, _Bindings] = {}

    def qualified(self, node: cst.CSTNode, path: Path) -> tuple[str, ...]:
        """The dotted names of a name or attribute at the end of ``path`` if it is reached by an import.

        Two where each branch of an ``if`` or ``try`` imports another.
        """
        head: cst.CSTNode = node
        attributes = ""
        while isinstance(head, cst.Attribute):
            attributes = f".{head.attr.value}{attributes}"
            head = head.value
        if not isinstance(head, cst.Name):
            return ()
        return tuple(origin + attributes for origin in self._origins(head.value, path))

    def _origins(self, name: str, path: Path) -> tuple[str, ...]:
        is_innermost = True
        for index in range(len(path) - 1, -1, -1):
            scope = path[index]
            if not isinstance(scope, _Scope) or not _is_within(path, index):
                continue
            if is_innermost or not isinstance(scope, cst.ClassDef):
                bindings = self._bindings(scope)
                if name in bindings:
                    return bindings[name]
            is_innermost = False
        return ()

    def _bindings(self, scope: _Scope) -> _Bindings:
        if scope not in self._bindings_of:
            found: _Bindings = {}
            for name, origin in _bound_in(scope):
                found[name] = (*found.get(name, ()), *((origin,) if origin else ()))
            self._bindings_of[scope] = found
        return self._bindings_of[scope]


def _is_within(path: Path, index: int) -> bool:
    """Whether the path goes on in the scope's body, not in what is evaluated around it."""
    scope = path[index]
    return isinstance(scope, cst.Module) or (index + 1 < len(path) and path[index + 1] is scope.body)  # type: ignore[attr-defined]


def _bound_in(scope: _Scope) -> Iterator[tuple[str, str]]:
    """Each name bound in a scope with what it is imported from, '' if it is not imported."""
    if isinstance(scope, cst.FunctionDef | cst.Lambda):
        for parameter in _parameters(scope.params):
            yield parameter.name.value, ""
    stack: list[cst.CSTNode] = [scope if isinstance(scope, cst.Module) else scope.body]
    while stack:
        node = stack.pop()
        yield from _bound_by(node)
        if isinstance(node, _BLOCKS):
            stack.extend(reversed(children(node)))


def _parameters(parameters: cst.Parameters) -> Iterator[cst.Param]:
    yield from (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params)
    for star in (parameters.star_arg, parameters.star_kwarg):
        if isinstance(star, cst.Param):
            yield star


def _bound_by(node: cst.CSTNode) -> Iterator[tuple[str, str]]:
    match node:
        case cst.Import(names=aliases) | cst.LazyImport(names=aliases):
            yield from (_imported(alias, "") for alias in aliases)
        case cst.ImportFrom(names=[*aliases]) | cst.LazyImportFrom(names=[*aliases]):
            yield from (_imported(alias, _module(node)) for alias in aliases)
        case cst.FunctionDef(name=name) | cst.ClassDef(name=name):
            yield name.value, ""
        case _:
            for target in _targets_of(node):
                yield from _names_in(target)


def _targets_of(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    match node:
        case cst.AnnAssign(target=target) | cst.AugAssign(target=target) | cst.For(target=target):
            yield target
        case cst.Assign(targets=targets):
            yield from (assigned.target for assigned in targets)
        case cst.With(items=items):
            yield from (item.asname.name for item in items if item.asname is not None)
        case cst.ExceptHandler(name=cst.AsName(name=target)):
            yield target


def _imported(alias: cst.ImportAlias, module: str) -> tuple[str, str]:
    name = get_full_name_for_node(alias.name) or ""
    separator = "." if module and not module.endswith(".") else ""
    if isinstance(alias.asname, cst.AsName) and isinstance(alias.asname.name, cst.Name):
        return alias.asname.name.value, f"{module}{separator}{name}"
    bound = name if module else name.split(".", 1)[0]
    return bound, f"{module}{separator}{bound}"


def _module(node: cst.ImportFrom | cst.LazyImportFrom) -> str:
    dots = "." * len(node.relative)
    return dots + (get_full_name_for_node(node.module) or "" if node.module is not None else "")


def _names_in(target: cst.CSTNode) -> Iterator[tuple[str, str]]:
    if isinstance(target, cst.Name):
        yield target.value, ""
    elif isinstance(target, cst.Tuple | cst.List):
        for element in target.elements:
            yield from _names_in(element.value)
