"""The constant texts of literals: strings, templates, numbers, and texts joined with ``+``."""

from collections.abc import Callable

import msgspec
from tree_sitter import Node

from archlint.languages.ecmascript.escapes import unescaped
from archlint.languages.ecmascript.paths import parts_of, text
from archlint.languages.urls import HOLE

_HALF = "\ufffd"
LITERALS = frozenset({"string", "template_string", "number"})


class Piece(msgspec.Struct, frozen=True):
    """A run of a text and the bytes it is written in. A hole's text is ``HOLE``."""

    text: str
    start: int
    end: int

    def offset(self, index: int) -> int | None:
        """The byte where character ``index`` is written; None if escapes make that inexact."""
        written = len(self.text.encode("utf-8", "replace"))
        if written != self.end - self.start:
            return None
        return self.start + len(self.text[:index].encode("utf-8", "replace"))


def constant(node: Node) -> str | None:
    """The value of a string, a template without holes or a number; None for any other node."""
    if node.type == "number":
        return number(text(node))
    if node.type in ("string", "template_string"):
        value = "".join(piece.text for piece in pieces(node))
        return None if HOLE in value else value
    return None


def number(written: str) -> str:
    """A number literal's digits in one spelling: ``7_000``, ``7e3`` and ``7000.0`` are all ``7000``."""
    plain = written.replace("_", "").lower()
    try:
        value = float(plain) if not plain.startswith("0x") else float(int(plain, 16))
    except (ValueError, OverflowError):
        return plain
    return str(int(value)) if value.is_integer() else repr(value)


def content(node: Node) -> tuple[int, int]:
    """The bytes between a literal's quotes; a number's own bytes."""
    quote = 0 if node.type == "number" else 1
    return node.start_byte + quote, max(node.end_byte - quote, node.start_byte + quote)


def pieces(node: Node, known: Callable[[Node], str | None] = lambda _node: None) -> list[Piece]:
    """What a text is made of: a literal's runs, or those of all the operands of ``+``.

    ``known`` may say the text of an expression that would otherwise be a hole.
    """
    found: list[Piece] = []
    stack = [node]
    while stack:
        current = stack.pop()
        value = known(current)
        if value is not None:
            found.append(Piece(value, current.start_byte, current.end_byte))
        elif current.type in ("string", "template_string"):
            stack.extend(reversed([child for child in current.children if child.is_named]))
        elif (inner := _operands(current)) is not None:
            stack.extend(reversed(inner))
        else:
            _add(found, current)
    return found


def _operands(node: Node) -> list[Node] | None:
    if node.type in ("template_substitution", "parenthesized_expression"):
        return parts_of(node)
    if is_concatenation(node):
        return [node.children[0], node.children[-1]]
    return None


def is_concatenation(node: Node) -> bool:
    """Whether the node is a binary ``+``."""
    operator = node.child_by_field_name("operator") if node.type == "binary_expression" else None
    return operator is not None and operator.type == "+"


def _add(found: list[Piece], node: Node) -> None:
    """A run; with the one before it if each of them is half of a surrogate pair."""
    before = found[-1] if found else None
    if before is not None and before.text == _HALF and before.end == node.start_byte:
        written = (node.parent or node).text or b""
        begin = (node.parent or node).start_byte
        whole = unescaped(written[before.start - begin : node.end_byte - begin].decode("utf-8", "replace"))
        if len(whole) == 1:
            found[-1] = Piece(whole, before.start, node.end_byte)
            return
    found.append(_run(node))


def _run(node: Node) -> Piece:
    if node.type == "string_fragment":
        return Piece(text(node), node.start_byte, node.end_byte)
    if node.type == "html_character_reference":  # in an attribute of JSX
        from html import unescape  # a large table

        return Piece(unescape(text(node)), node.start_byte, node.end_byte)
    if node.type == "escape_sequence":
        return Piece(unescaped(text(node)), node.start_byte, node.end_byte)
    return Piece(HOLE, node.start_byte, node.end_byte)
