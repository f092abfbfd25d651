"""Finds all the code of a tree that a rule means. Candidates come from one flat query; only they are tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tree_sitter import Language, Node, Query, QueryCursor, Tree

from archlint.patterns.compiling import Compiled
from archlint.patterns.scene import Bindings, Budget, Held, OverBudgetError, Scene

MOST_MATCHES = 10_000
# Deeper nodes are passed over by tree-sitter's queries, silently; no shorter text can nest so deep.
_DEEPEST_OF_QUERIES = 65_536
_ERROR = 65_535


@dataclass(frozen=True, slots=True)
class Found:
    """Code that a rule means: its bytes, and what metavariables stand for."""

    node: Node
    bound: Bindings


@dataclass(frozen=True, slots=True)
class Search:
    """What was found in a tree. ``is_complete`` is false where it took too long, or there was too much of it."""

    found: tuple[Found, ...]
    is_complete: bool


def find(compiled: Compiled, tree: Tree, data: bytes) -> Search:
    """All matches in document order. ``data`` holds the text at the offsets of the tree's nodes."""
    scene = Scene(data, tree.root_node, Budget.of(tree.root_node.end_byte - tree.root_node.start_byte))
    found: list[Found] = []
    try:
        for node in _candidates(compiled, tree, scene):
            bound = _matched(compiled, scene, node)
            if bound is not None:
                found.append(Found(node, bound))
            if len(found) > MOST_MATCHES:
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


def _candidates(compiled: Compiled, tree: Tree, scene: Scene) -> Iterator[Node]:
    kinds = compiled.rule.kinds
    language = tree.language
    if kinds is not None and not kinds:
        return
    root = tree.root_node
    is_deep = root.end_byte - root.start_byte >= _DEEPEST_OF_QUERIES
    if kinds is None or _ERROR in kinds or is_deep:
        yield from _walked(tree, scene, kinds)
        return
    captures = QueryCursor(_query(language, kinds)).captures(root)
    nodes = captures.get("node", [])
    scene.budget.spend(len(nodes))
    yield from sorted(nodes, key=lambda node: (node.start_byte, -node.end_byte))


@cache
def _query(language: Language, kinds: frozenset[int]) -> Query:
    names = (_as_query(language, kind) for kind in sorted(kinds))
    return Query(language, f"[{' '.join(names)}] @node")


def _as_query(language: Language, kind: int) -> str:
    name = language.node_kind_for_id(kind) or ""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f"({name})" if language.node_kind_is_named(kind) else f'"{quoted}"'


def _walked(tree: Tree, scene: Scene, kinds: frozenset[int] | None) -> Iterator[Node]:
    cursor = tree.walk()
    while True:
        scene.budget.spend()
        node = cursor.node
        if node is not None and (kinds is None or node.kind_id in kinds):
            yield node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def text_of(scene_data: bytes, held: Held) -> str:
    """What a metavariable stands for, as it is written; of nodes in a row all from the first to the last."""
    nodes = held if isinstance(held, tuple) else (held,)
    if not nodes:
        return ""
    return scene_data[nodes[0].start_byte : nodes[-1].end_byte].decode("utf-8", "replace")
