"""What a node must stand inside, hold, follow or precede. Looks without recursion over the code."""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from archlint.patterns.matchers import Kinds, Matcher
from archlint.patterns.scene import Bindings, Scene


class Reach(msgspec.Struct, frozen=True):
    """How far to look: to the neighbour, to the end, or up to the first node that ``stop`` is, which counts too."""

    is_end: bool
    stop: Matcher | None = None

    @property
    def is_neighbour(self) -> bool:
        """Whether only the next node counts."""
        return not self.is_end and self.stop is None

    def stops(self, scene: Scene, node: Node) -> bool:
        """Whether nothing behind the node counts."""
        return self.is_neighbour or (self.stop is not None and self.stop.match(scene, node, {}) is not None)

    def along(self, scene: Scene, nodes: Iterator[Node]) -> Iterator[Node]:
        """The nodes that count, of those in a row."""
        for node in nodes:
            scene.budget.spend()
            # Asked before the node is handed on, as ast-grep does; it makes no difference but for the order.
            is_last = self.stops(scene, node)
            yield node
            if is_last:
                return


def _first(scene: Scene, rule: Matcher, nodes: Iterator[Node], bound: Bindings) -> Bindings | None:
    tried = (rule.match(scene, node, bound) for node in nodes)
    return next((found for found in tried if found is not None), None)


class Inside(msgspec.Struct, frozen=True):
    """Something around the node."""

    rule: Matcher
    reach: Reach
    field: int | None
    kinds: Kinds = None

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        below = node
        for around in self.reach.along(scene, _ancestors(scene, node)):
            is_there = self.field is None or around.child_by_field_id(self.field) == below
            below = around
            found = self.rule.match(scene, around, bound) if is_there else None
            if found is not None:
                return found
        return None


def _ancestors(scene: Scene, node: Node) -> Iterator[Node]:
    around = scene.parent(node)
    while around is not None:
        yield around
        around = scene.parent(around)


class Has(msgspec.Struct, frozen=True):
    """Something within the node."""

    rule: Matcher
    reach: Reach
    field: int | None
    kinds: Kinds = None
    likely: Matcher | None = None
    """What every node that is the rule is, whatever is bound: it binds nothing."""

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        if self.field is None:
            return _first(scene, self.rule, self._below(scene, node), bound)
        part = node.child_by_field_id(self.field)
        return None if part is None else _first(scene, self.rule, self._from(scene, part), bound)

    def _from(self, scene: Scene, part: Node) -> Iterator[Node]:
        yield part
        if self.reach.is_end:
            yield from self._below(scene, part)
        elif not self.reach.stops(scene, part):
            yield from scene.children(part)

    def _below(self, scene: Scene, node: Node) -> Iterator[Node]:
        """What counts of all that is below, each before its parts."""
        if self.reach.is_end:
            yield from scene.below(node, self.likely)
            return
        pending = list(reversed(scene.children(node)))
        while pending:
            scene.budget.spend()
            part = pending.pop()
            yield part
            if not self.reach.stops(scene, part):
                pending.extend(reversed(scene.children(part)))


class Precedes(msgspec.Struct, frozen=True):
    """Something behind the node, beside it."""

    rule: Matcher
    reach: Reach
    kinds: Kinds = None

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        siblings, index = scene.siblings(node)
        return _first(scene, self.rule, self.reach.along(scene, iter(siblings[index + 1 :])), bound)


class Follows(msgspec.Struct, frozen=True):
    """Something before the node, beside it; the nearest first."""

    rule: Matcher
    reach: Reach
    kinds: Kinds = None

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        siblings, index = scene.siblings(node)
        before = siblings[index - 1 :: -1] if index else []
        return _first(scene, self.rule, self.reach.along(scene, iter(before)), bound)
