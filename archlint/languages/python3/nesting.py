"""How deep brackets are nested, told before anything is parsed: libcst's parser overflows its stack at 3,000."""

import re

MAX_BRACKETS = 200
"""CPython's own bound (MAXLEVEL in Parser/lexer/state.h)."""

_TOKEN = re.compile(
    rb'"""(?:[^\\"]|\\.|"(?!""))*+"""'
    rb"|'''(?:[^\\']|\\.|'(?!''))*+'''"
    rb'|"(?:[^\\"\r\n]|\\(?:\r\n|.))*+"'
    rb"|'(?:[^\\'\r\n]|\\(?:\r\n|.))*+'"
    rb"|#[^\r\n]*+|[()\[\]{}]|[\"']",
    re.DOTALL,
)
_BRACKET = re.compile(rb"[()\[\]{}]")
_OPENING = frozenset(b"([{")
_FORMATTED = re.compile(rb"[fFtT][rR]?\Z")


def too_deep_at(data: bytes) -> int | None:
    """The byte of the bracket that goes beyond ``MAX_BRACKETS``, or None."""
    if sum(data.count(bracket) for bracket in (b"(", b"[", b"{")) <= MAX_BRACKETS:
        return None
    depth = 0
    for token in _TOKEN.finditer(data):
        if len(token[0]) == 1 and token[0] not in b"\"'#":
            depth = _deeper(depth, token[0][0])
            if depth > MAX_BRACKETS:
                return token.start()
        elif _FORMATTED.search(data, max(token.start() - 2, 0), token.start()) is not None:
            offset = _too_deep_within(data, token.span(), depth)
            if offset is not None:
                return offset
    return None


def unterminated_at(data: bytes) -> int | None:
    """The byte of the first quote that opens a string without an end, or None."""
    return next((token.start() for token in _TOKEN.finditer(data) if token[0] in (b'"', b"'")), None)


def _too_deep_within(data: bytes, region: tuple[int, int], depth: int) -> int | None:
    for bracket in _BRACKET.finditer(data, *region):
        depth = _deeper(depth, bracket[0][0])
        if depth > MAX_BRACKETS:
            return bracket.start()
    return None


def _deeper(depth: int, bracket: int) -> int:
    return depth + 1 if bracket in _OPENING else max(depth - 1, 0)
