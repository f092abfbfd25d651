"""Ways from the root of a tree to a node: a node with all its ancestors, found without recursion."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import libcst as cst

from archlint.limits import max_depth

# Root first, the node itself last. libcst's nodes do not know their parents.
Path = tuple[cst.CSTNode, ...]

# Fields of nodes that hold white space, punctuation and operators: two thirds of a tree.
_PASSED_OVER = frozenset({
    "colon",
    "comma",
    "dot",
    "equal",
    "footer",
    "header",
    "lbrace",
    "lbracket",
    "leading_lines",
    "lines_after_decorators",
    "lpar",
    "operator",
    "rbrace",
    "rbracket",
    "relative",
    "rpar",
    "semicolon",
    "trailing_whitespace",
})  # fmt: skip
_NO_NODES = frozenset[type]({type(None), bool, str, cst.MaybeSentinel})


class TooDeepError(Exception):
    """A node lies deeper than is followed; what is below was not looked at. A bracket in a bracket is two or three."""

    def __init__(self, node: cst.CSTNode) -> None:
        super().__init__(f"nesting deeper than {max_depth():,}")
        self.node = node


def paths_of(root: cst.CSTNode, types: frozenset[type]) -> Iterator[Path]:
    """The ways to all nodes of exactly these types, each before those below it."""
    path, most = [root], max_depth()
    pending = [iter(children(root))]
    while pending:
        node = next(pending[-1], None)
        if node is None:
            pending.pop()
            path.pop()
            continue
        path.append(node)
        if len(path) > most:
            raise TooDeepError(node)
        if type(node) in types:
            yield tuple(path)
        pending.append(iter(children(node)))


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes below, without white space, punctuation and operators, in the order of their fields.

    Strings in a row, which libcst nests, are all below the first pair. What libcst calls ``children`` takes five
    times as long.
    """
    found: list[cst.CSTNode] = []
    while isinstance(node, cst.ConcatenatedString):
        found.append(node.left)
        node = node.right
    if found:
        return [*found, node]
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, tuple | list):
            found.extend(value)
        elif type(value) not in _NO_NODES:
            found.append(value)
    return found


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    names = (field.name for field in fields(kind))
    return tuple(name for name in names if name not in _PASSED_OVER and not name.startswith("whitespace_"))
