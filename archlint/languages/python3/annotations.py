"""``Literal["x"]``: what has the constant as its type."""

from collections.abc import Iterator

import libcst as cst

from archlint.facts import Sink
from archlint.languages.python3.names import name_of, positional
from archlint.languages.python3.uses import Spot, Use

_TYPES = (cst.BinaryOperation, cst.Element, cst.Index, cst.List, cst.Subscript, cst.SubscriptElement)


def typed(spot: Spot) -> Iterator[Use]:
    """The sinks of a constant between the brackets of ``Literal``."""
    index = spot.index - 3
    if index < 1 or not _is_literal(spot, spot.path[index]):
        return
    while isinstance(spot.path[index - 1], _TYPES):
        index -= 1
    if name := _receiver(spot, index):
        yield Use(Sink.TYPE, name, index - 1)


def _is_literal(spot: Spot, node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.Subscript):
        return False
    qualified = spot.imports.qualified(node.value, spot.path)
    return name_of(node.value) == "Literal" or any(name.endswith(".Literal") for name in qualified)


def _receiver(spot: Spot, index: int) -> str:
    """The name of what the type expression at ``index`` describes, or ''."""
    match spot.path[index - 1]:
        case cst.Annotation():
            return _declared(spot.path[index - 2])
        case cst.Arg(keyword=None):
            call = spot.path[index - 2]
            is_cast = isinstance(call, cst.Call) and name_of(call.func) == "cast"
            return name_of(positional(call, 1)) if is_cast else ""  # type: ignore[arg-type]
    return _declared(spot.path[index - 1])


def _declared(node: cst.CSTNode) -> str:
    """The name of what is annotated, or of what a type is given to as its value."""
    match node:
        case cst.Param(name=name) | cst.FunctionDef(name=name) | cst.TypeAlias(name=name):
            return name.value
        case cst.AnnAssign(target=target) | cst.Assign(targets=[cst.AssignTarget(target=target), *_]):
            return name_of(target)
        case cst.DictElement(key=key) | cst.Arg(keyword=key):
            return name_of(key)
    return ""
