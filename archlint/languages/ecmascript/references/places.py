"""Where in a tree the bytes at some offsets stand, in one walk."""

from collections.abc import Iterable, Iterator

import msgspec
from tree_sitter import Node, Tree, TreeCursor

from archlint.languages.ecmascript.names import FUNCTIONS
from archlint.limits import max_depth

_ANY = frozenset[str | None]()
# What may not run although the code around it does: the fields of these nodes, or all of the node.
_MAY_NOT_RUN: dict[str, frozenset[str | None]] = {
    "assignment_pattern": frozenset({"right"}),
    "for_in_statement": frozenset({"body"}),
    "for_statement": frozenset({"body"}),
    "if_statement": frozenset({"consequence", "alternative"}),
    "switch_statement": frozenset({"body"}),
    "ternary_expression": frozenset({"consequence", "alternative"}),
    "try_statement": frozenset({"body", "handler"}),
    "while_statement": frozenset({"body"}),
    **dict.fromkeys(FUNCTIONS, _ANY),
}
_MAY_STOP = frozenset({"&&", "||", "??", "&&=", "||=", "??="})


class Spot(msgspec.Struct, frozen=True):
    """A place in a tree."""

    path: tuple[Node, ...]
    """The end of the way to the smallest node that holds it: at most as many nodes as are followed."""
    is_conditional: bool
    is_ambient: bool
    """Whether it is in a declaration of what is elsewhere: ``declare module 'a' { … }``."""


def spots(tree: Tree, offsets: Iterable[int]) -> Iterator[Spot]:
    """Where each of the offsets stands; they are in order.

    No node is visited twice, however many offsets there are, and how deep one lies does not matter.
    """
    walk = _Walk(tree.walk())
    for offset in offsets:
        yield walk.to(offset)


class _Walk:
    """A cursor that only moves on, with the way to where it is."""

    def __init__(self, cursor: TreeCursor) -> None:
        self._cursor = cursor
        self._path = [_node(cursor)]
        self._conditional = [False]
        self._ambient = [False]

    def to(self, offset: int) -> Spot:
        while True:
            node = self._path[-1]
            if node.end_byte <= offset:
                if not self._leave():
                    return self._spot(len(self._path))
            elif node.start_byte > offset:
                return self._spot(len(self._path) - 1)
            elif not self._enter(offset):
                return self._spot(len(self._path))

    def _spot(self, depth: int) -> Spot:
        last = max(depth - 1, 0)
        end = tuple(self._path[max(depth - max_depth(), 0) : depth])
        return Spot(end, self._conditional[last], self._ambient[last])

    def _leave(self) -> bool:
        """Go on to what comes next."""
        while not self._cursor.goto_next_sibling():
            if not self._cursor.goto_parent():
                return False
            self._pop()
        self._pop()
        self._push()
        return True

    def _enter(self, offset: int) -> bool:
        if self._cursor.goto_first_child_for_byte(offset) is None:
            return False
        self._push()
        return True

    def _pop(self) -> None:
        for stack in (self._path, self._conditional, self._ambient):
            stack.pop()

    def _push(self) -> None:
        node = _node(self._cursor)
        self._conditional.append(bool(self._path) and self._is_conditional(self._path[-1]))
        self._ambient.append(node.type == "ambient_declaration" or (bool(self._path) and self._ambient[-1]))
        self._path.append(node)

    def _is_conditional(self, parent: Node) -> bool:
        """Whether what is here, below ``parent``, may not run."""
        if self._conditional[-1]:
            return True
        fields = _MAY_NOT_RUN.get(parent.type)
        if fields is not None:
            return not fields or self._cursor.field_name in fields
        return self._cursor.field_name == "right" and _may_stop(parent)


def _may_stop(parent: Node) -> bool:
    operator = parent.child_by_field_name("operator")
    return operator is not None and operator.type in _MAY_STOP


def _node(cursor: TreeCursor) -> Node:
    node = cursor.node
    assert node is not None
    return node
