"""Parses scripts, and gets past the legal syntax that the grammars do not know."""

import re
from collections.abc import Iterator
from math import inf

from tree_sitter import Tree

from archlint.languages.ecmascript.gaps import without_ampersands, without_gaps
from archlint.languages.ecmascript.measures import comments
from archlint.languages.trees import EndlessParseError, first_error, parse, parse_at
from archlint.model import Extent, Problem, Reason
from archlint.source import Source

_LONE_CR = re.compile(rb"\r(?!\n)")
_EXOTIC_LINE_END = re.compile("\u2028|\u2029".encode())
# Never endless, and reads what there is of JSX: what is left where TSX has no end.
_LAST_RESORT = "javascript"


def parse_script(
    source: Source, region: tuple[int, int] | None, grammar: str
) -> tuple[Tree, tuple[Problem, ...]]:
    """The tree of a script, and the problem of its first syntax error if it has one."""
    start, end = region or (0, len(source.data))
    # ECMA-262 §12.3: a lone CR ends a line, and with it a comment; to tree-sitter it does not.
    code = _LONE_CR.sub(b"\n", source.data[start:end])
    readings = [*_first_reading(source, region, grammar, code)]
    if not readings or readings[0].root_node.has_error:
        readings.extend(_other_readings(code, start, grammar))
    tree = max(readings, key=_first_error_at) if readings else parse_at(_LAST_RESORT, code, start)
    error = first_error(tree.root_node)
    if error is None:
        return tree, ()
    span = source.lines.span(error.start_byte, max(error.end_byte, error.start_byte))
    message = "not understood from here on; what was read around it has been judged"
    return tree, (Problem(source.path, span, Reason.SYNTAX, message, Extent.PART),)


def parse_if_sound(grammar: str, code: bytes) -> Tree | None:
    """The tree of code as it stands; None if it has an error, or line ends that tree-sitter does not know."""
    if _LONE_CR.search(code) or _EXOTIC_LINE_END.search(code):
        return None
    try:
        tree = parse(grammar, code)
    except EndlessParseError:
        return None
    return None if tree.root_node.has_error else tree


def _first_reading(
    source: Source, region: tuple[int, int] | None, grammar: str, code: bytes
) -> Iterator[Tree]:
    """The tree of the code as it stands, if the grammar comes to an end on it."""
    start, end = region or (0, len(source.data))
    try:
        if code == source.data[start:end]:
            tree = parse(grammar, source.data, region)
        else:
            tree = parse_at(grammar, code, start)
        yield _end_comments(code, start, grammar, tree) if _EXOTIC_LINE_END.search(code) else tree
    except EndlessParseError:
        return


def _end_comments(code: bytes, begin: int, grammar: str, tree: Tree) -> Tree:
    """The tree with line comments that end at U+2028 or U+2029, as ECMA-262 §12.3 has them."""
    text = bytearray(code)
    while True:
        ends = [
            start - begin + match.start()
            for start, end in comments(tree)
            if text.startswith(b"//", start - begin)
            for match in _EXOTIC_LINE_END.finditer(text[start - begin : end - begin])
        ]
        if not ends:
            return tree
        for offset in ends:
            text[offset : offset + 3] = b"\n  "
        tree = parse_at(grammar, bytes(text), begin)


def _other_readings(code: bytes, start: int, grammar: str) -> Iterator[Tree]:
    """Trees of the same code with stand-ins for what the grammar lacks, up to the first without an error."""
    # Files named .js may hold syntax that only the TypeScript grammar knows, such as decorated parameters.
    grammars = (grammar, "tsx") if grammar == "javascript" else (grammar,)
    masked = without_gaps(code, grammar)
    for other in grammars:
        # What may be an `&` of a text between tags is one of types where there are no tags.
        texts = (masked,) if other == "typescript" else (masked, without_ampersands(masked))
        for text in dict.fromkeys(texts):
            if (other, text) == (grammar, code):
                continue
            try:
                tree = parse_at(other, text, start) if start else parse(other, text)
            except EndlessParseError:
                continue
            yield tree
            if not tree.root_node.has_error:
                return


def _first_error_at(tree: Tree) -> float:
    error = first_error(tree.root_node)
    return inf if error is None else error.start_byte
