"""What a rule asks of a node, ready to be tried. Each part says which kinds of nodes it can be, and what it binds."""

from collections.abc import Mapping
from typing import Protocol

import msgspec
from tree_sitter import Node

from archlint.patterns.goal import Goal
from archlint.patterns.matching import matched
from archlint.patterns.rule import Range, Strictness
from archlint.patterns.scene import Bindings, Scene
from archlint.regexes import Regex

Kinds = frozenset[int] | None
"""The kinds of nodes that something can be; None for any."""


class Matcher(Protocol):
    """A part of a rule."""

    @property
    def kinds(self) -> Kinds:
        """What nodes it can be."""

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """What metavariables stand for if the node is what the rule says; None if it is not."""


class Pattern(msgspec.Struct, frozen=True):
    """Code with metavariables."""

    goal: Goal
    kinds: Kinds
    strictness: Strictness
    root_kind: int | None = None
    """Of a pattern that was selected from its context."""

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        if self.root_kind is not None and node.kind_id != self.root_kind:
            return None
        return matched(scene, self.goal, node, bound, self.strictness)


class OfKind(msgspec.Struct, frozen=True):
    """A kind of node."""

    kinds: frozenset[int]

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        scene.budget.spend()
        return bound if node.kind_id in self.kinds else None


class OfText(msgspec.Struct, frozen=True):
    """A regular expression that finds something in a node's text."""

    regex: Regex
    kinds: Kinds = None

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        return bound if self.regex.search(scene.text(node)) else None


class At(msgspec.Struct, frozen=True):
    """A place in the file."""

    range: Range
    kinds: Kinds = None

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        for wanted, offset in ((self.range.start, node.start_byte), (self.range.end, node.end_byte)):
            scene.budget.spend(1 + offset // 1000)
            begin = scene.data.rfind(b"\n", 0, offset) + 1
            column = len(scene.data[begin:offset].decode("utf-8", "replace"))
            line = scene.data.count(b"\n", 0, offset)
            if wanted.line != line or wanted.column not in (None, column):
                return None
        return bound


class Nth(msgspec.Struct, frozen=True):
    """A position among named siblings: the ``offset``-th, and every ``step``-th from there."""

    step: int
    offset: int
    of: Matcher | None
    is_reverse: bool
    kinds: Kinds

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        found = self.of.match(scene, node, bound) if self.of else bound
        parent = scene.parent(node)
        if parent is None or found is None:
            return None
        siblings = [
            each for each in scene.children(parent) if each.is_named and self._counts(scene, each, bound)
        ]
        if node not in siblings:
            return None
        index = siblings.index(node)
        place = len(siblings) - index if self.is_reverse else index + 1
        beyond = place - self.offset
        is_there = beyond == 0 if not self.step else beyond % self.step == 0 and beyond * self.step >= 0
        return found if is_there else None

    def _counts(self, scene: Scene, node: Node, bound: Bindings) -> bool:
        scene.budget.spend()
        return self.of is None or self.of.match(scene, node, bound) is not None


class All(msgspec.Struct, frozen=True):
    """Everything of it, one after the other; what one binds holds for the next."""

    parts: tuple[Matcher, ...]
    kinds: Kinds

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        found: Bindings | None = bound if self.kinds is None or node.kind_id in self.kinds else None
        for part in self.parts:
            if found is None:
                break
            found = part.match(scene, node, found)
        return found


class AnyOf(msgspec.Struct, frozen=True):
    """The first of it that fits."""

    parts: tuple[Matcher, ...]
    kinds: Kinds

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        if self.kinds is not None and node.kind_id not in self.kinds:
            return None
        tried = (part.match(scene, node, bound) for part in self.parts)
        return next((found for found in tried if found is not None), None)


class Not(msgspec.Struct, frozen=True):
    """Anything else."""

    part: Matcher
    kinds: Kinds = None

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        return bound if self.part.match(scene, node, bound) is None else None


class Util(msgspec.Struct, frozen=True):
    """A rule that stands elsewhere, looked up when it is tried: rules may name each other in any order."""

    name: str
    utils: Mapping[str, Matcher]
    kinds: Kinds = None

    def match(self, scene: Scene, node: Node, bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        scene.budget.spend()
        return self.utils[self.name].match(scene, node, bound)


class Never(msgspec.Struct, frozen=True):
    """Nothing: code that a grammar cannot hold."""

    kinds: frozenset[int] = frozenset()

    def match(self, _scene: Scene, _node: Node, _bound: Bindings) -> Bindings | None:
        """As ``Matcher``."""
        return None
