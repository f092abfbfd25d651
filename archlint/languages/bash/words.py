"""The words of shell commands: quotes gone, None for what only the run time knows."""

import re

from tree_sitter import Node as Syntax

PLACEHOLDER = b"$_____"
"""How a ``${{ … }}`` of a workflow begins once ``masked``: an expansion, which no one can tell."""

_EXPRESSION = re.compile(rb"\$\{\{.*?\}\}", re.DOTALL)
_ESCAPED = re.compile(rb"\\(?:\r?\n|(.))", re.DOTALL)
_ESCAPED_IN_QUOTES = re.compile(rb"\\(?:\r?\n|([$`\"\\]))")
_ANSI_ESCAPES = {b"a": b"\a", b"b": b"\b", b"e": b"\x1b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_PLAIN = frozenset({"word", "number", "variable_name", "regex", "extglob_pattern"})


def masked(text: bytes) -> bytes:
    """The same text, byte for byte, with each workflow expression as a shell expansion."""
    return _EXPRESSION.sub(lambda match: b"$".ljust(len(match[0]), b"_"), text)


def word(syntax: Syntax) -> str | None:
    """What a word is to the command that gets it."""
    if syntax.type == "command_name":
        syntax = syntax.children[0]
    parts = syntax.children if syntax.type == "concatenation" else [syntax]
    texts = [part(each) for each in parts]
    if any(text is None for text in texts):
        return None
    joined = b"".join(text for text in texts if text is not None)
    return None if PLACEHOLDER in joined else joined.decode(errors="replace")


def part(syntax: Syntax) -> bytes | None:
    """What a part of a word is to the command that gets it; None if only the run time knows."""
    text = syntax.text or b""
    if syntax.type in _PLAIN:
        return _ESCAPED.sub(rb"\1", text)
    if syntax.type == "raw_string":
        return text[1:-1]
    if syntax.type == "string":
        known = all(child.type in ('"', "string_content") for child in syntax.children)
        return _ESCAPED_IN_QUOTES.sub(rb"\1", text[1:-1]) if known else None
    if syntax.type == "ansi_c_string":
        return re.sub(
            rb"\\(.)", lambda match: _ANSI_ESCAPES.get(match[1], match[1]), text[2:-1], flags=re.DOTALL
        )
    return None
