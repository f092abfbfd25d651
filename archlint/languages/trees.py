"""The door to tree-sitter: grammars by name, loaded when first used, and a parse."""

from functools import cache
from importlib import import_module

from tree_sitter import Language, Node, Parser, Point, Query, Range, Tree

from archlint.patterns.nodes import captured, walked

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


# On some code with mistakes the TSX grammar never comes to an end, and takes a GB in 3 s: 14 characters such as
# `{[}-->[é){@<e>}` do it (tree-sitter-typescript 0.23.2; its issue 323 is open). tree-sitter calls back after
# every 100 operations: once for 75 bytes of real code, once for 200 of mixed up tokens.
_MAY_BE_ENDLESS = frozenset({"tsx"})
_MOST_CALLS, _BYTES_A_CALL = 1000, 4
_CHUNK = 4096


class EndlessParseError(Exception):
    """The grammar does not come to an end on a text. Nothing is known of it."""


# Those that were loaded: asking for another would load it.
_NAME_OF: dict[Language, str] = {}


@cache
def language(grammar: str) -> Language:
    """A grammar by its name."""
    module, function = _GRAMMARS[grammar]
    loaded = Language(getattr(import_module(module), function)())
    _NAME_OF[loaded] = grammar
    return loaded


def parse(grammar: str, data: bytes, region: tuple[int, int] | None = None) -> Tree:
    """The tree of ``data``, or of its bytes in ``region`` with every offset still the whole file's.

    Call it in a worker only: the parser holds the interpreter lock, cannot be stopped, and has been seen to
    crash on hostile input. Raises EndlessParseError for a text that takes out of proportion to its length.
    """
    start, end = region or (0, len(data))
    if grammar in _MAY_BE_ENDLESS:
        return parse_at(grammar, data[start:end], start)
    return Parser(language(grammar), included_ranges=_ranges(start, end) if region else None).parse(data)


def grammar_of(tree: Tree) -> str:
    """The name of the grammar that a tree was read in."""
    return _NAME_OF[tree.language]


def parse_at(grammar: str, code: bytes, start: int) -> Tree:
    """The tree of ``code``, with offsets as if it stood at ``start`` in a file. As safe and unsafe as ``parse``.

    Its nodes' texts take 3 µs each instead of 0.3: only a parse that asks for its text can be stopped.
    """
    calls = iter(range(_MOST_CALLS + len(code) // _BYTES_A_CALL))
    try:
        return Parser(language(grammar), included_ranges=_ranges(start, start + len(code))).parse(
            lambda offset, _point: code[offset - start : offset - start + _CHUNK],
            progress_callback=lambda _offset, _has_error: next(calls, None) is None,
        )
    except ValueError as error:
        raise EndlessParseError from error


def _ranges(start: int, end: int) -> list[Range]:
    # Rows are position.py's to count: doing so here for each region would read all that stands before it.
    return [Range(Point(0, start), Point(0, end), start, end)]


def nodes_of(tree: Tree, types: frozenset[str]) -> list[Node]:
    """The named nodes of these types, in document order."""
    found = captured(tree, _query(tree.language, types))
    if found is None:
        return [node for node in walked(tree) if node.type in types and node.is_named]
    return found


@cache
def _query(grammar: Language, types: frozenset[str]) -> Query:
    known = (name for name in sorted(types) if grammar.id_for_node_kind(name, True))  # noqa: FBT003 -- the library takes no keywords
    return Query(grammar, f"[{' '.join(f'({name})' for name in known)}] @node")


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
