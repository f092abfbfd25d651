"""The sizes of a script: where its comments are, and how long its longest function is."""

from tree_sitter import Node, Tree

from archlint.languages.ecmascript.names import FUNCTIONS
from archlint.languages.trees import nodes_of
from archlint.model import WHOLE_FILE, Span
from archlint.source import Source

_COMMENTS = frozenset({"comment", "html_comment"})


def comments(tree: Tree) -> list[tuple[int, int]]:
    """The bytes of every comment, in order."""
    return [(node.start_byte, node.end_byte) for node in nodes_of(tree, _COMMENTS)]


def longest_function(source: Source, tree: Tree) -> tuple[int, Span]:
    """The lines of the longest function, from its first line to its last, and its first line's place."""
    longest, at = 0, WHOLE_FILE
    for node in nodes_of(tree, FUNCTIONS):
        length = source.lines.line(max(node.end_byte - 1, 0)) - source.lines.line(node.start_byte) + 1
        if length > longest:
            longest, at = length, source.lines.span(node.start_byte, _head_end(node))
    return longest, at


def _head_end(node: Node) -> int:
    body = node.child_by_field_name("body")
    return body.start_byte if body is not None else node.end_byte
