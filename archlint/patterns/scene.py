"""What rules are tried on: one tree with its text, and how much work may be spent on it."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Protocol

import msgspec
from tree_sitter import Node

from archlint.limits import LIMITS

# A step is about a microsecond. Rules that look from every node at every other would take hours.
_STEPS_A_BYTE = 8
_TEXT_A_STEP = 256

Held = Node | tuple[Node, ...]
Bindings = dict[str, Held]
"""What metavariables stand for; those of nodes in a row under their name after ``$$$``."""


class Sought(Protocol):
    """What a node may be, told of it alone."""

    @property
    def kinds(self) -> frozenset[int] | None:
        """The kinds of nodes that it can be; None for any."""

    def match(self, scene: "Scene", node: Node, bound: Bindings) -> Bindings | None:
        """None if the node is not what is sought."""


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


class _Order(msgspec.Struct, frozen=True):
    """The nodes of a tree in document order, each before its parts."""

    nodes: list[Node]
    extents: dict[int, tuple[int, int]]
    """By a node's id its own number, and that of the first node behind all that is within it."""
    likely: dict[int, list[int]] = msgspec.field(default_factory=dict)
    """The numbers of the nodes of which a rule may speak, by the rule's id."""


class Scene(msgspec.Struct):
    """A tree and its bytes. Nodes' places are offsets into ``data``."""

    data: bytes
    root: Node
    budget: Budget
    _parents: dict[int, Node] = msgspec.field(default_factory=dict)
    _children: dict[int, list[Node]] = msgspec.field(default_factory=dict)
    _order: _Order | None = None
    _passed: int = 0

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

    def below(self, node: Node, sought: Sought | None) -> Iterator[Node]:
        """All within a node, in document order, each before its parts; at least what is ``sought``.

        A rule that looks there from every node would pass the same nodes again and again; once it has passed as
        many as there are, they are numbered, and those of which it may speak are looked for once.
        """
        if sought is None or sought.kinds is None or self._passed < self.root.descendant_count:
            yield from self._walked(node)
            return
        order = self._order = self._order or self._numbered()
        number, end = order.extents[node.id]
        likely = self._likely(order, sought)
        for index in range(bisect_left(likely, number + 1), bisect_left(likely, end)):
            self.budget.spend()
            yield order.nodes[likely[index]]

    def _likely(self, order: _Order, sought: Sought) -> list[int]:
        if id(sought) not in order.likely:
            kinds = sought.kinds or frozenset()
            order.likely[id(sought)] = [
                number
                for number, node in enumerate(order.nodes)
                if node.kind_id in kinds and sought.match(self, node, {}) is not None
            ]
        return order.likely[id(sought)]

    def _walked(self, node: Node) -> Iterator[Node]:
        pending = list(reversed(self.children(node)))
        while pending:
            self.budget.spend()
            self._passed += 1
            part = pending.pop()
            yield part
            pending.extend(reversed(self.children(part)))

    def _numbered(self) -> _Order:
        order = _Order([], {})
        pending: list[tuple[Node, int]] = [(self.root, -1)]
        while pending:
            node, number = pending.pop()
            if number >= 0:
                order.extents[node.id] = (number, len(order.nodes))
                continue
            self.budget.spend()
            pending.append((node, len(order.nodes)))
            order.nodes.append(node)
            pending.extend((part, -1) for part in reversed(self.children(node)))
        return order

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
