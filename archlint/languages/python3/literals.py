"""The constant texts of literals: strings, f-strings, numbers, and texts joined with ``+``."""

import math
import re
import unicodedata

import libcst as cst

from archlint.languages.decoded import Decoded, Part, Region, character, decode, join
from archlint.languages.python3.syntax import Syntax
from archlint.languages.urls import HOLE

TEXTS = frozenset[type]({cst.ConcatenatedString, cst.FormattedString, cst.SimpleString, cst.TemplatedString})
NUMBERS = frozenset[type]({cst.Float, cst.Integer})

# Python reference §2.5.1; and every line end inside a string is read as LF (§2.1.2).
_ESCAPE = re.compile(
    rb"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|N\{([^}]*)\}"
    rb"|(\r\n|\r|\n)|([\\'\"abfnrtv]))|(\r\n|\r)",
    re.DOTALL,
)
_LINE_END = re.compile(rb"(\r\n|\r)")
_BRACES = re.compile(rb"\\N\{[^}]*\}|(\{\{|\}\})")
_SIMPLE_ESCAPES = dict(zip(b"\\'\"abfnrtv", "\\'\"\a\b\f\n\r\t\v", strict=True))
_FormattedTypes = (cst.FormattedString, cst.TemplatedString)
_Formatted = cst.FormattedString | cst.TemplatedString


def is_number(node: cst.CSTNode) -> bool:
    """Whether the node is a number literal, or one with a minus."""
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        node = node.expression
    return type(node) in NUMBERS


def number(node: cst.CSTNode) -> str:
    """A number literal's digits in one spelling: ``7_000``, ``7e3`` and ``0x1b58`` are all ``7000``."""
    if isinstance(node, cst.UnaryOperation):
        return f"-{number(node.expression)}"
    assert isinstance(node, cst.Integer | cst.Float)
    plain = node.value.replace("_", "").lower()
    try:
        if isinstance(node, cst.Integer):
            return str(int(plain, 0))
        value = float(plain)
        return str(int(value)) if value.is_integer() else plain if math.isinf(value) else repr(value)
    except ValueError:  # more digits than Python converts
        return plain


def is_sum(node: cst.CSTNode) -> bool:
    """Whether the node is a binary ``+``."""
    return isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add)


def constant_text(node: cst.CSTNode | None) -> str | None:
    """The value of a string literal without holes; None for any other node."""
    if isinstance(node, cst.ConcatenatedString):
        left, right = constant_text(node.left), constant_text(node.right)
        return None if left is None or right is None else left + right
    if not isinstance(node, cst.SimpleString) or "b" in node.prefix:
        return None
    written = node.value.encode()
    return _decode(written, (_opening(node), len(written) - len(node.quote)), "r" in node.prefix).text


def text_of(syntax: Syntax, node: cst.CSTNode, known: tuple[cst.CSTNode, str] | None = None) -> Decoded:
    """What a text says and where: a literal's, or that of all the operands of ``+``.

    A part that only the run time knows is ``HOLE``; ``known`` is a node that would be one, and what it says.
    """
    parts: list[Part] = []
    stack = [(node, False)]
    while stack:
        current, is_raw = stack.pop()
        place = syntax.place(current)
        if known is not None and current is known[0]:
            parts.append(Part(known[1], *place, verbatim=False))
        elif (inner := _inner(current)) is not None:
            raw = is_raw or (isinstance(current, _FormattedTypes) and "r" in current.start.lower())
            stack.extend((child, raw) for child in reversed(inner))
        elif isinstance(current, cst.FormattedStringText | cst.TemplatedStringText):
            parts.extend(_formatted(syntax.source.data, place, is_raw))
        elif isinstance(current, cst.SimpleString) and "b" not in current.prefix:
            parts.extend(_decode(syntax.source.data, content(syntax, current), "r" in current.prefix).parts)
        else:
            parts.append(Part(HOLE, *place, verbatim=False))
    return join(parts, content(syntax, node))


def _inner(node: cst.CSTNode) -> list[cst.CSTNode] | None:
    """The nodes whose texts make up the node's; None if it is no such node."""
    if isinstance(node, cst.ConcatenatedString) or (isinstance(node, cst.BinaryOperation) and is_sum(node)):
        return [node.left, node.right]
    if isinstance(node, _FormattedTypes):
        return list(node.parts)
    if isinstance(node, cst.FormattedStringExpression | cst.TemplatedStringExpression):
        is_plain = node.conversion is None and node.format_spec is None and node.equal is None
        return [node.expression] if is_plain else None
    return None


def content(syntax: Syntax, node: cst.CSTNode) -> Region:
    """The bytes between the quotes of a text, or from the first to the last of its texts; else a node's own."""
    first = last = node
    while isinstance(first, cst.ConcatenatedString) or is_sum(first):
        first = first.left  # type: ignore[attr-defined]
    while isinstance(last, cst.ConcatenatedString) or is_sum(last):
        last = last.right  # type: ignore[attr-defined]
    start, end = syntax.place(first)[0] + _opening(first), syntax.place(last)[1] - _closing(last)
    return start, max(start, end)


def _opening(node: cst.CSTNode) -> int:
    if isinstance(node, cst.SimpleString):
        return len(node.prefix) + len(node.quote)
    return len(node.start) if isinstance(node, _FormattedTypes) else 0


def _closing(node: cst.CSTNode) -> int:
    if isinstance(node, cst.SimpleString):
        return len(node.quote)
    return len(node.end) if isinstance(node, _FormattedTypes) else 0


def _decode(data: bytes, region: Region, is_raw: bool) -> Decoded:  # noqa: FBT001 -- as the prefix says
    return decode(data, region, _LINE_END if is_raw else _ESCAPE, _newline if is_raw else _meaning)


def _formatted(data: bytes, region: Region, is_raw: bool) -> list[Part]:  # noqa: FBT001 -- as the prefix says
    """The parts of an f-string's text, in which braces are doubled."""
    parts: list[Part] = []
    done = region[0]
    for brace in _BRACES.finditer(data, *region):
        if brace[1] is not None:
            parts.extend(_decode(data, (done, brace.start()), is_raw).parts)
            parts.append(Part(brace[0][:1].decode(), *brace.span(), verbatim=False))
            done = brace.end()
    return [*parts, *_decode(data, (done, region[1]), is_raw).parts]


def _newline(_match: re.Match[bytes]) -> str:
    return "\n"


def _meaning(match: re.Match[bytes]) -> str | None:
    digits = match[1] or match[2] or match[3]
    if digits is not None:
        return character(int(digits, 16))
    if match[4] is not None:
        return character(int(match[4], 8))
    if match[5] is not None:
        return _named(match[5].decode())
    if match[7] is not None:
        return _SIMPLE_ESCAPES[match[7][0]]
    return "" if match[6] is not None else "\n"


def _named(name: str) -> str | None:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return None
