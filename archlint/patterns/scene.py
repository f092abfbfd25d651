"""What rules are tried on: one tree with its text, and how much work may be spent on it."""

import msgspec
from tree_sitter import Node

from archlint.limits import LIMITS

# A step is about a microsecond. Rules that look from every node at every other would take hours.
_STEPS_A_BYTE = 8
_TEXT_A_STEP = 256

Held = Node | tuple[Node, ...]
Bindings = dict[str, Held]
"""What metavariables stand for; those of nodes in a row under their name after ``$$$``."""


class OverBudgetError(Exception):
    """A rule takes out of proportion to the text it is tried on."""


class Budget(msgspec.Struct):
    """The steps that are left for one rule and one text."""

    left: int

    @classmethod
    def of(cls, length: int) -> "Budget":
        """What a rule may spend on so many bytes."""
        return cls(LIMITS.get().pattern_steps + _STEPS_A_BYTE * length)

    def spend(self, steps: int = 1) -> None:
        """Take steps. Raises OverBudgetError when none are left."""
        self.left -= steps
        if self.left < 0:
            raise OverBudgetError


class Scene(msgspec.Struct):
    """A tree and its bytes. Nodes' places are offsets into ``data``."""

    data: bytes
    root: Node
    budget: Budget
    _parents: dict[int, Node] = msgspec.field(default_factory=dict)
    _children: dict[int, list[Node]] = msgspec.field(default_factory=dict)

    def text(self, node: Node) -> str:
        """A node's text as it is written in the file: what was parsed may hold stand-ins."""
        data = self.bytes_of(node)
        return data.decode("utf-8", "replace")

    def bytes_of(self, node: Node) -> bytes:
        """A node's text, undecoded."""
        start, end = node.start_byte, node.end_byte
        self.budget.spend(1 + (end - start) // _TEXT_A_STEP)
        return self.data[start:end]

    def children(self, node: Node) -> list[Node]:
        """The parts of a node, tokens too."""
        known = self._children.get(node.id)
        if known is None:
            known = self._children[node.id] = node.children
            self.budget.spend(1 + len(known))
        return known

    def parent(self, node: Node) -> Node | None:
        """The node around another, or None. A tree is searched from its root once for each node asked about."""
        known = self._parents.get(node.id)
        if known is not None or node == self.root:
            return known
        at: Node | None = self.root
        while at is not None and at != node:
            self.budget.spend()
            below = at.child_with_descendant(node)
            if below is not None:
                self._parents[below.id] = at
            at = below
        return self._parents.get(node.id) or node.parent

    def siblings(self, node: Node) -> tuple[list[Node], int]:
        """The parts of what is around a node, and where among them it is."""
        parent = self.parent(node)
        if parent is None:
            return [node], 0
        siblings = self.children(parent)
        return siblings, siblings.index(node)
