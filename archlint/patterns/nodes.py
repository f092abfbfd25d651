"""The nodes of a tree in document order."""

from collections.abc import Iterator

from tree_sitter import Node, Query, QueryCursor, Tree

# Deeper nodes are passed over by tree-sitter's queries, silently; no shorter text can nest so deep.
_DEEPEST_OF_QUERIES = 65_536


def walked(tree: Tree) -> Iterator[Node]:
    """All of them."""
    cursor = tree.walk()
    while True:
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def captured(tree: Tree, query: Query) -> list[Node] | None:
    """Those that the query captures as ``node``, which is quicker; None where it may not see all of the tree."""
    root = tree.root_node
    if root.end_byte - root.start_byte >= _DEEPEST_OF_QUERIES:
        return None
    nodes = QueryCursor(query).captures(root).get("node", [])
    return sorted(nodes, key=lambda node: (node.start_byte, -node.end_byte))
