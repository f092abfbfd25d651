"""A pattern as a tree: what a node and the nodes below it must be. Made of a parsed pattern; matches nothing."""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from archlint.patterns.dialects import Dialect
from archlint.patterns.variables import Variable, variable

DEEPEST = 64
_PAIR = 2


class Leaf(msgspec.Struct, frozen=True):
    """A token, or a named node without parts."""

    text: str
    kind: int
    is_named: bool


class Branch(msgspec.Struct, frozen=True):
    """A node with parts."""

    kind: int
    parts: "tuple[Goal, ...]"


Goal = Variable | Leaf | Branch


class TooDeepPatternError(Exception):
    """A pattern nests deeper than anybody writes."""


def goal_of(node: Node, dialect: Dialect, depth: int = 0) -> Goal:
    """What the node of a pattern stands for. A node whose whole text is a metavariable is that metavariable."""
    if depth > DEEPEST:
        raise TooDeepPatternError
    found = variable_of(node, dialect)
    if found is not None:
        return found
    if not node.child_count:
        return Leaf(_text(node), node.kind_id, node.is_named)
    parts = (goal_of(child, dialect, depth + 1) for child in node.children if not child.is_missing)
    return Branch(node.kind_id, tuple(parts))


def variable_of(node: Node, dialect: Dialect) -> Variable | None:
    """The metavariable that a node of a pattern is, or None."""
    return variable(dialect.plain(_text(node)), dialect.sigil)


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def only_node(root: Node) -> Node:
    """The node that a pattern is: below all nodes that hold nothing but one other."""
    while is_single(root):
        root = root.children[0]
    return root


def is_single(node: Node) -> bool:
    """Whether a node holds one other alone. Grammars may add an empty one behind it."""
    children = node.children
    if len(children) == _PAIR:
        return children[1].is_missing or not children[1].type
    return len(children) == 1


def walk(goal: Goal) -> Iterator[Goal]:
    """The goal and all below it."""
    pending = [goal]
    while pending:
        goal = pending.pop()
        yield goal
        if isinstance(goal, Branch):
            pending.extend(reversed(goal.parts))


def is_many(goal: Goal) -> bool:
    """Whether it stands for nodes in a row."""
    return isinstance(goal, Variable) and goal.is_many


def is_trivial(goal: Goal) -> bool:
    """Whether it is a bare token."""
    return isinstance(goal, Leaf) and not goal.is_named
