"""Parses scripts, and gets past the legal syntax that the grammars do not know."""

import re

from tree_sitter import Tree

from archlint.languages.ecmascript.measures import comments
from archlint.languages.ecmascript.paths import AMPERSAND
from archlint.languages.trees import first_error, parse
from archlint.model import Extent, Problem, Reason
from archlint.source import Source

_LONE_CR = re.compile(rb"\r(?!\n)")
_EXOTIC_LINE_END = re.compile("\u2028|\u2029".encode())
# Legal TypeScript that tree-sitter-typescript 0.23.2 (2024-11-11, the newest) turns into ERROR nodes. Each is
# told by what stands around the words it cannot read; those are group 1. Overwritten by something of the same
# length, they leave every other place as it is.
_GAPS: tuple[tuple[re.Pattern[bytes], bytes], ...] = (
    (re.compile(rb"\bexport\s+(type)\s*\*"), b""),
    (re.compile(rb"\bfrom\s*(?:'[^'\n]*'|\"[^\"\n]*\")\s*((?:with|assert)\s*\{[^{}]*\})"), b""),
    (re.compile(rb"\bimport\s+(defer|source)\s+(?!from\b)[\w*]"), b""),
    (re.compile(rb"\bfor\s*(?:await\s*)?\(\s*((?:await\s+)?using)\s"), b"const"),
    (re.compile(rb"\babstract\s+(accessor)\s+[\w#]"), b""),
    (re.compile(rb"[<,]\s*((?:in\s+out|in|out|const\s+in|const\s+out))\s+[A-Za-z_$]"), b""),
    (re.compile(rb"\bexport\s+default\s+(abstract)\s+class\b"), b""),
    (re.compile(rb"\bexport\s*\{\s*(type)\s*[,}]"), b"typ_"),
    (re.compile(rb"\b(export)\s+import\s+\w+\s*="), b""),
)

_ASSIGNED_TEXT = re.compile(rb"=\s*(?:\"[^\"\n]*\"|'[^'\n]*')")
_JSX_TEXT = re.compile(rb">[^<>{}=;&]*&[^<>{}=;&]*<")
_BARE_AMPERSAND = re.compile(rb"&(?!#\d+;|#[xX][0-9A-Fa-f]+;|\w+;)")


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
        tree = _parse_again(data, region, grammar) or tree
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


def _parse_again(data: bytes, region: tuple[int, int] | None, grammar: str) -> Tree | None:
    # Files named .js may hold syntax that only the TypeScript grammar knows, such as decorated parameters.
    grammars = (grammar, "tsx") if grammar == "javascript" else (grammar,)
    masked = _mask(data)
    for other in grammars:
        for text in (masked, _without_ampersands(masked)):
            tree = parse(other, text, region)
            if not tree.root_node.has_error:
                return tree
    return None


def _without_ampersands(data: bytes) -> bytes:
    """Stand-ins for the bare ``&`` of JSX texts, which are legal and which the grammars do not know."""
    return _JSX_TEXT.sub(lambda match: _BARE_AMPERSAND.sub(AMPERSAND, match[0]), data)


def _mask(data: bytes) -> bytes:
    masked = bytearray(data)
    for pattern, replacement in _GAPS:
        for match in pattern.finditer(data):
            start, end = match.span(1)
            masked[start:end] = replacement.ljust(end - start)
    # In a string's text a stand-in does no harm, so JSX attributes need not be told from other strings.
    return _ASSIGNED_TEXT.sub(lambda match: _BARE_AMPERSAND.sub(AMPERSAND, match[0]), bytes(masked))
