"""Nodes are found by their types as a walk over the whole tree finds them."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from tree_sitter import Node

from archlint.languages.trees import nodes_of, parse

TYPES = frozenset({"string", "template_string", "number", "comment", "html_comment"})
PIECES = (
    "`a${'b' + `${1}`}`",
    "// c\n",
    "/* d */",
    "let e: number = 0x1;",
    "f('g'",
    ")",
    "{",
    "}",
    "'",
    "\n",
)


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["typescript", "tsx", "javascript"]))
def test_all_named_nodes_of_some_types_are_found_in_order(pieces: list[str], grammar: str) -> None:
    tree = parse(grammar, "".join(pieces).encode())

    assert nodes_of(tree, TYPES) == [node for node in walked(tree.root_node) if node.type in TYPES]


def test_nodes_are_found_however_deep_they_are() -> None:
    deep = 70_000
    tree = parse("typescript", b"(" * deep + b"'a'" + b")" * deep)

    assert [node.text for node in nodes_of(tree, TYPES)] == [b"'a'"]


def walked(node: Node) -> Iterator[Node]:
    if node.is_named:
        yield node
    for child in node.children:
        yield from walked(child)
