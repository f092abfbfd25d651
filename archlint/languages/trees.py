"""The door to tree-sitter: grammars by name, loaded when first used, and a parse."""

from functools import cache
from importlib import import_module

from tree_sitter import Language, Node, Parser, Point, Range, Tree

# Nesting that is followed. Hand-written code was never deeper than 53 in 1,152 files; beyond 65,536 tree-sitter's
# own queries silently see nothing.
MAX_DEPTH = 1000

# Grammar name -> (wheel's module, its function). Each returns the pointer that tree_sitter.Language takes.
_GRAMMARS = {
    "bash": ("tree_sitter_bash", "language"),
    "html": ("tree_sitter_html", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "json": ("tree_sitter_json", "language"),
    "toml": ("tree_sitter_toml", "language"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "yaml": ("tree_sitter_yaml", "language"),
}


@cache
def _language(grammar: str) -> Language:
    module, function = _GRAMMARS[grammar]
    return Language(getattr(import_module(module), function)())


def parse(grammar: str, data: bytes, region: tuple[int, int] | None = None) -> Tree:
    """The tree of ``data``, or of its bytes in ``region`` with every offset still the whole file's.

    Call it in a worker only: the parser holds the interpreter lock, cannot be stopped, and has been seen to
    crash on hostile input.
    """
    # A new parser each time: one reused after an aborted parse has been seen to return the earlier file's tree.
    if region is None:
        return Parser(_language(grammar)).parse(data)
    start, end = region
    ranges = [Range(_point(data, start), _point(data, end), start, end)]
    return Parser(_language(grammar), included_ranges=ranges).parse(data)


def _point(data: bytes, offset: int) -> Point:
    row = data.count(b"\n", 0, offset)
    return Point(row, offset - (data.rfind(b"\n", 0, offset) + 1))


def first_error(node: Node) -> Node | None:
    """The first ERROR or MISSING node in a tree, in document order, or None."""
    if not node.has_error:
        return None
    while not (node.is_error or node.is_missing):
        below = next((child for child in node.children if child.has_error or child.is_missing), None)
        if below is None:
            return node  # what is missing is a hidden token, which has no node of its own
        node = below
    return node
