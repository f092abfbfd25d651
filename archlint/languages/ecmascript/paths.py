"""Ways from the root of a tree to a node: a node with all its ancestors, found without recursion."""

from collections.abc import Iterator

from tree_sitter import Node, Tree

from archlint.limits import max_depth

# Root first, the node itself last. Parents are read off the path: asking a node for its parent searches the
# tree from the root each time.
Path = tuple[Node, ...]

# Stands for an `&` that the grammars cannot read (gaps.py); SUB, a control character no source text holds.
AMPERSAND = b"\x1a"
# Names of the same length that stand for words which are names somewhere, where the grammars take them for keywords.
_RARE = "\u1eff".encode()
TYPE, USING = b"t" + _RARE, b"us" + _RARE


class TooDeepError(Exception):
    """A node lies deeper than is followed; what is below was not looked at."""

    def __init__(self, node: Node) -> None:
        super().__init__(f"nesting deeper than {max_depth():,}")
        self.node = node


def path_to(tree: Tree, start: int, end: int) -> Path:
    """The way to the smallest node that covers the bytes from ``start`` to ``end``."""
    cursor = tree.walk()
    path, most = [tree.root_node], max_depth()
    while cursor.goto_first_child_for_byte(start) is not None:
        node = cursor.node
        if node is None or node.start_byte > start or node.end_byte < end:
            break
        path.append(node)
        if len(path) > most:
            raise TooDeepError(node)
    return tuple(path)


def paths_of(tree: Tree, types: frozenset[str]) -> Iterator[Path]:
    """The ways to all nodes of the given types, in document order."""
    cursor = tree.walk()
    path, most = [tree.root_node], max_depth()
    while True:
        if path[-1].type in types:
            yield tuple(path)
        if cursor.goto_first_child():
            node = cursor.node
            assert node is not None
            path.append(node)
            if len(path) > most:
                raise TooDeepError(node)
            continue
        while not cursor.goto_next_sibling():
            path.pop()
            if not cursor.goto_parent():
                return
        node = cursor.node
        assert node is not None
        path[-1] = node


def is_field(parent: Node, field: str, child: Node) -> bool:
    """Whether ``child`` is what ``parent`` has in the grammar's ``field``."""
    return parent.child_by_field_name(field) == child


def parts_of(node: Node) -> list[Node]:
    """The named children that are not comments."""
    return [child for child in node.named_children if child.type != "comment"]


def text(node: Node) -> str:
    """The source text of a node."""
    written = (node.text or b"").replace(AMPERSAND, b"&")
    if _RARE in written:
        written = written.replace(USING, b"using").replace(TYPE, b"type")
    return written.decode("utf-8", "replace")
