"""Finds all the code of a tree that rules mean. Candidates come from one flat query for all rules; only they are tried."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain

import msgspec
from msgspec.structs import replace
from tree_sitter import Language, Node, Query, Tree

from archlint.limits import LIMITS
from archlint.patterns.compiling import Compiled
from archlint.patterns.nodes import captured, walked
from archlint.patterns.scene import Bindings, Budget, Held, OverBudgetError, Scene

_ERROR = 65_535


class Found(msgspec.Struct, frozen=True):
    """Code that a rule means: its bytes, and what metavariables stand for."""

    node: Node
    bound: Bindings


class Search(msgspec.Struct, frozen=True):
    """What was found in a tree. ``is_complete`` is false where it took too long, or there was too much of it."""

    found: tuple[Found, ...]
    is_complete: bool


class Nodes:
    """The nodes of a tree that rules are tried on. They are looked for once for all rules, when the first is tried."""

    def __init__(self, tree: Tree, rules: Iterable[Compiled]) -> None:
        self.root = tree.root_node
        self._tree = tree
        self._kinds = frozenset(chain.from_iterable(rule.rule.kinds or () for rule in rules)) - {_ERROR}

    def every(self) -> Iterator[Node]:
        """All nodes, in document order."""
        return walked(self._tree)

    def of(self, kinds: frozenset[int], budget: Budget) -> list[Node]:
        """Those of some kinds, in document order. Each rule pays as if it alone had looked for them."""
        if not kinds:
            return []
        found = [*chain.from_iterable(self._found.of_kind.get(kind, ()) for kind in kinds)]
        budget.spend(self._found.passed or len(found))
        return [node for _, node in sorted(found, key=lambda numbered: numbered[0])]

    @cached_property
    def _found(self) -> "_Found":
        """By a query, which is quicker, or by a walk where a query may not see all."""
        nodes = captured(self._tree, _query(self._tree.language, self._kinds))
        if nodes is None:
            return _grouped(self.every(), self._kinds)
        return replace(_grouped(nodes, self._kinds), passed=0)


class _Found(msgspec.Struct, frozen=True):
    """Nodes by kind, each with its number in document order, and how many were passed on the way to them."""

    of_kind: dict[int, list[tuple[int, Node]]]
    passed: int


def _grouped(nodes: Iterable[Node], kinds: frozenset[int]) -> _Found:
    of_kind: dict[int, list[tuple[int, Node]]] = {kind: [] for kind in kinds}
    number = 0
    for number, node in enumerate(nodes, start=1):
        if (known := of_kind.get(node.kind_id)) is not None:
            known.append((number, node))
    return _Found(of_kind, number)


def find(compiled: Compiled, nodes: Nodes, data: bytes) -> Search:
    """All matches in document order. ``data`` holds the text at the offsets of the tree's nodes."""
    scene = Scene(data, nodes.root, Budget.of(nodes.root.end_byte - nodes.root.start_byte))
    found: list[Found] = []
    most = LIMITS.get().pattern_matches
    try:
        for node in _candidates(compiled, nodes, scene):
            bound = _matched(compiled, scene, node)
            if bound is not None:
                found.append(Found(node, bound))
            if len(found) > most:
                return Search(tuple(found), is_complete=False)
    except OverBudgetError:
        return Search(tuple(found), is_complete=False)
    return Search(tuple(found), is_complete=True)


def _matched(compiled: Compiled, scene: Scene, node: Node) -> Bindings | None:
    bound = compiled.rule.match(scene, node, {})
    for name, constraint in compiled.constraints.items():
        held = bound.get(name) if bound is not None else None
        if bound is not None and isinstance(held, Node):
            bound = constraint.match(scene, held, bound)
    return bound


def _candidates(compiled: Compiled, nodes: Nodes, scene: Scene) -> Iterator[Node]:
    kinds = compiled.rule.kinds
    if kinds is not None and _ERROR not in kinds:
        yield from nodes.of(kinds, scene.budget)
        return
    for node in nodes.every():
        scene.budget.spend()
        if kinds is None or node.kind_id in kinds:
            yield node


@lru_cache(maxsize=256)
def _query(language: Language, kinds: frozenset[int]) -> Query:
    names = (_as_query(language, kind) for kind in sorted(kinds))
    return Query(language, f"[{' '.join(names)}] @node")


def _as_query(language: Language, kind: int) -> str:
    name = language.node_kind_for_id(kind) or ""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f"({name})" if language.node_kind_is_named(kind) else f'"{quoted}"'


def text_of(scene_data: bytes, held: Held) -> str:
    """What a metavariable stands for, as it is written; of nodes in a row all from the first to the last."""
    nodes = held if isinstance(held, tuple) else (held,)
    if not nodes:
        return ""
    return scene_data[nodes[0].start_byte : nodes[-1].end_byte].decode("utf-8", "replace")
