"""Under which circumstances a constant counts: the tests before it, and whether it stands in for something."""

from collections.abc import Iterator

import libcst as cst

from archlint.languages.python3.literals import constant_text
from archlint.languages.python3.names import name_of, positional
from archlint.languages.python3.paths import Path

# Calls whose argument at that position is what is given where there is nothing.
_DEFAULTS = {"get": 1, "getattr": 2, "getenv": 1, "pop": 1, "setdefault": 1}
_MOST = 64
_Test = tuple[tuple[str, ...], bool]


def circumstances(path: Path) -> tuple[bool, tuple[str, ...]]:
    """Whether the constant at the end of the path stands in for another, and what is read to decide it."""
    is_fallback = False
    names: dict[str, None] = {}
    for index in range(len(path) - 1, 0, -1):
        if isinstance(path[index - 1], cst.FunctionDef | cst.Lambda) and not isinstance(
            path[index], cst.Parameters
        ):
            break
        for read, stands_in in _around(path[index - 1], path[index]):
            is_fallback = is_fallback or stands_in
            names.update(dict.fromkeys(read))
    return is_fallback, tuple(names)[:_MOST]


def _around(parent: cst.CSTNode, child: cst.CSTNode) -> Iterator[_Test]:
    match parent:
        case cst.BooleanOperation(left=left, operator=operator, right=right) if right is child:
            yield _read(left), isinstance(operator, cst.Or)
        case cst.IfExp(test=test, body=body, orelse=orelse) if test is not child:
            other = name_of(orelse if body is child else body)
            read = _read(test)
            yield read, any(name.rsplit(".", 1)[-1] == other for name in read)
        case cst.Param(name=name, default=default) if default is child:
            yield (name.value,), True
        case cst.If(test=test) | cst.While(test=test) if test is not child:
            yield _read(test), False
        case cst.Call():
            position = _DEFAULTS.get(
                name_of(parent.func) if not isinstance(parent.func, cst.Attribute) else parent.func.attr.value
            )
            if (
                position is not None
                and isinstance(child, cst.Arg)
                and positional(parent, position) is child.value
            ):
                key = positional(parent, position - 1)
                text = constant_text(key) if key is not None else None
                yield (text,) if text else (), True


def _read(node: cst.CSTNode) -> tuple[str, ...]:
    """The names in an expression, dotted."""
    found: dict[str, None] = {}
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Attribute | cst.Name):
            found[_dotted(current)] = None
        if isinstance(current, cst.Attribute):
            waiting.append(current.value)
        else:
            waiting.extend(reversed(current.children))
    return tuple(found)[:_MOST]


def _dotted(node: cst.CSTNode) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    parts.extend([node.value] if isinstance(node, cst.Name) else [])
    return ".".join(reversed(parts))
