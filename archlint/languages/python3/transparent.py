"""Expressions that hand a value on unchanged: what a constant passes through before it acts."""

import libcst as cst

from archlint.languages.python3.names import NORMALISERS, name_of, positional
from archlint.languages.python3.paths import Path

CONTAINERS = (cst.List, cst.Set, cst.Tuple)
_ALWAYS = (*CONTAINERS, cst.Await, cst.Element, cst.StarredElement)
# Calls whose result is their first argument, for what is asked here.
_IDENTITIES = frozenset({
    "MappingProxyType",
    "float",
    "frozenset",
    "int",
    "list",
    "quote",
    "quote_plus",
    "set",
    "sorted",
    "str",
    "tuple",
})  # fmt: skip


def outermost(path: Path) -> int:
    """The index of the outermost expression that has the value of the node at the end of the path."""
    index = len(path) - 1
    while index > 0 and _hands_on(path, index):
        index -= 1
    return index


def _hands_on(path: Path, index: int) -> bool:
    parent, child = path[index - 1], path[index]
    match parent:
        case cst.IfExp(test=test):
            return test is not child
        case cst.BooleanOperation(operator=operator, right=right):
            return isinstance(operator, cst.Or) or right is child
        case cst.BinaryOperation(operator=cst.BitOr()):
            return isinstance(child, cst.Dict | cst.Set)
        case cst.Arg() | cst.Attribute() | cst.Call():
            return _is_in_call(path, index)
    return isinstance(parent, _ALWAYS)


def _is_in_call(path: Path, index: int) -> bool:
    """Whether the child is what a call around it returns: its argument, or its receiver in another form."""
    match path[index - 1], path[index]:
        case cst.Arg(), child:
            return _is_handed_through(path[index - 2], child)
        case cst.Attribute(value=value, attr=attr) as method, child:
            call = path[index - 2]
            is_called = isinstance(call, cst.Call) and call.func is method
            return value is child and is_called and attr.value in NORMALISERS
        case cst.Call() as call, cst.Arg(value=value):
            return _is_handed_through(call, value)
        case cst.Call(func=func), child:
            return func is child and isinstance(child, cst.Attribute)
    return False


def _is_handed_through(call: cst.CSTNode, value: cst.CSTNode) -> bool:
    if not isinstance(call, cst.Call):
        return False
    callee = name_of(call.func)
    return (callee in _IDENTITIES and positional(call, 0) is value) or (
        callee == "cast" and positional(call, 1) is value
    )
