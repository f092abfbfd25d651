"""Parses scripts, and gets past the legal syntax that the grammars do not know."""

import re
from collections.abc import Iterator
from math import inf

from tree_sitter import Tree

from archlint.languages.ecmascript.gaps import without_ampersands, without_gaps
from archlint.languages.ecmascript.measures import comments
from archlint.languages.trees import first_error, parse
from archlint.model import Extent, Problem, Reason
from archlint.source import Source

_LONE_CR = re.compile(rb"\r(?!\n)")
_EXOTIC_LINE_END = re.compile("\u2028|\u2029".encode())


def parse_script(
    source: Source, region: tuple[int, int] | None, grammar: str
) -> tuple[Tree, tuple[Problem, ...]]:
    """The tree of a script, and the problem of its first syntax error if it has one."""
    # ECMA-262 §12.3: a lone CR ends a line, and with it a comment; to tree-sitter it does not.
    data = _LONE_CR.sub(b"\n", source.data)
    tree = parse(grammar, data, region)
    if _EXOTIC_LINE_END.search(data):
        tree = _end_comments(data, region, grammar, tree)
    if tree.root_node.has_error:
        tree = max((tree, *_other_readings(data, region, grammar)), key=_first_error_at)
    error = first_error(tree.root_node)
    if error is None:
        return tree, ()
    span = source.lines.span(error.start_byte, max(error.end_byte, error.start_byte))
    message = "not understood from here on; what was read around it has been judged"
    return tree, (Problem(source.path, span, Reason.SYNTAX, message, Extent.PART),)


def _end_comments(data: bytes, region: tuple[int, int] | None, grammar: str, tree: Tree) -> Tree:
    """The tree with line comments that end at U+2028 or U+2029, as ECMA-262 §12.3 has them."""
    code = bytearray(data)
    while True:
        ends = [
            start + match.start()
            for start, end in comments(tree)
            if code.startswith(b"//", start)
            for match in _EXOTIC_LINE_END.finditer(code[start:end])
        ]
        if not ends:
            return tree
        for offset in ends:
            code[offset : offset + 3] = b"\n  "
        tree = parse(grammar, bytes(code), region)


def _other_readings(data: bytes, region: tuple[int, int] | None, grammar: str) -> Iterator[Tree]:
    """Trees of the same code with stand-ins for what the grammar lacks, up to the first without an error."""
    # Files named .js may hold syntax that only the TypeScript grammar knows, such as decorated parameters.
    grammars = (grammar, "tsx") if grammar == "javascript" else (grammar,)
    masked = without_gaps(data, grammar)
    for other in grammars:
        for text in (masked, without_ampersands(masked)):
            tree = parse(other, text, region)
            yield tree
            if not tree.root_node.has_error:
                return


def _first_error_at(tree: Tree) -> float:
    error = first_error(tree.root_node)
    return inf if error is None else error.start_byte
