"""The sizes of a script: where its comments are, and how long its longest function is."""

from collections.abc import Iterator

from tree_sitter import Node, Tree

from archlint.languages.ecmascript.names import FUNCTIONS
from archlint.model import WHOLE_FILE, Span
from archlint.source import Source

_COMMENTS = frozenset({"comment", "html_comment"})


def comments(tree: Tree) -> list[tuple[int, int]]:
    """The bytes of every comment, in order."""
    return [(node.start_byte, node.end_byte) for node in _nodes(tree, _COMMENTS)]


def longest_function(source: Source, tree: Tree) -> tuple[int, Span]:
    """The lines of the longest function, from its first line to its last, and its first line's place."""
    longest, at = 0, WHOLE_FILE
    for node in _nodes(tree, FUNCTIONS):
        length = source.lines.line(max(node.end_byte - 1, 0)) - source.lines.line(node.start_byte) + 1
        if length > longest:
            longest, at = length, source.lines.span(node.start_byte, _head_end(node))
    return longest, at


def _head_end(node: Node) -> int:
    body = node.child_by_field_name("body")
    return body.start_byte if body is not None else node.end_byte


def _nodes(tree: Tree, types: frozenset[str]) -> Iterator[Node]:
    cursor = tree.walk()
    while True:
        node = cursor.node
        if node is not None and node.type in types:
            yield node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
