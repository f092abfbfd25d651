"""The comments of a syntax tree, and what follows each."""

from collections.abc import Iterator

from tree_sitter import Node, Tree

from archlint.languages.comments.said import Following
from archlint.languages.decoded import Region

_COMMENTS = frozenset({"comment", "html_comment"})
# What ends what a comment stands in.
_CLOSING = frozenset(
    {"}", ")", "]", ")}", "]]", "))", "}}", "</", "/>", ">", "fi", "done", "esac", ";;", "end_tag"}
    | {"jsx_closing_element", "erroneous_end_tag"}
)


def regions(tree: Tree) -> Iterator[Region]:
    """Every comment, in order; of JSX with the braces around it."""
    cursor, done = tree.walk(), 0
    while True:
        node = cursor.node
        if node is not None and node.type in _COMMENTS and node.start_byte >= done:
            whole = _with_braces(node)
            done = whole.end_byte
            yield whole.start_byte, whole.end_byte
        if not cursor.goto_first_child():
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return


def _with_braces(comment: Node) -> Node:
    holder = comment.parent
    if holder is None or holder.type != "jsx_expression":
        return comment
    return holder if all(child.type in _COMMENTS for child in holder.named_children) else comment


def outermost(tree: Tree, containers: frozenset[str] = frozenset(), shift: int = 0) -> Following:
    """The largest piece of syntax that begins at an offset and is none of ``containers``, nor the whole tree.

    ``shift`` is where in the file the text begins that the tree is of.
    """

    def following(offset: int) -> Region | None:
        at = offset - shift
        node = tree.root_node.descendant_for_byte_range(at, at + 1)
        if node is None or at >= tree.root_node.end_byte or node.type in _CLOSING:
            return None
        holder = node.parent
        while holder is not None and holder.parent is not None and _begins(holder, at, containers):
            node, holder = holder, holder.parent
        if node.parent is None:
            return offset, offset + 1
        return offset, shift + _last(node).end_byte

    return following


def _begins(node: Node, at: int, containers: frozenset[str]) -> bool:
    return node.start_byte == at and node.type not in containers


def _last(node: Node) -> Node:
    """The node; of a decorator what it decorates."""
    while node.type == "decorator" and node.next_named_sibling is not None:
        node = node.next_named_sibling
    return node
