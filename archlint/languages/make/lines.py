"""A Makefile as lines: assignments, rules, recipes, directives. GNU make's manual, 3.8 and 5.1."""

import re
from collections.abc import Iterator
from enum import Enum, auto

import msgspec

_LINE = re.compile(rb"(?:[^\\\r\n]|\\(?:\r\n|.|\Z))*+(?:\r\n|\n|\r|\Z)", re.DOTALL)
_DIRECTIVE = re.compile(rb" *(ifeq|ifneq|ifdef|ifndef|else|endif|define|endef)\b")
_INCLUDE = re.compile(rb" *[-s]?include\s+(.+)", re.DOTALL)
_ASSIGNMENT = re.compile(
    rb"\s*(?:(?:export|override|private)\s+)*([\w.-]+)\s*(\+=|\?=|!=|:{0,3}=)\s*(.*)", re.DOTALL
)
_COMMENT = re.compile(rb"(?<!\\)#.*", re.DOTALL)


class LineKind(Enum):
    """What a line is to make."""

    ASSIGNMENT = auto()
    INCLUDE = auto()
    RULE = auto()
    RECIPE = auto()


class Line(msgspec.Struct, frozen=True):
    """A line with those that continue it. ``start`` and ``end`` are its bytes, without the tab of a recipe."""

    kind: LineKind
    start: int
    end: int
    text: bytes
    conditional: bool = False
    """Whether ``ifdef`` and the like decide if it counts."""


def lines_of(data: bytes) -> Iterator[Line]:
    """The lines that mean something, in order. What stands between ``define`` and ``endef`` is left out."""
    return (line for _, line in _read(data) if line is not None)


def comments_of(data: bytes) -> Iterator[tuple[int, int]]:
    """The bytes of each comment of make's own; those in recipes are the shell's."""
    for match, line in _read(data):
        comment = None if line and line.kind is LineKind.RECIPE else _COMMENT.search(match[0].rstrip())
        if comment is not None:
            yield match.start() + comment.start(), match.start() + comment.end()


def _read(data: bytes) -> Iterator[tuple[re.Match[bytes], Line | None]]:
    """Each line as it is written, with what it means if it means something."""
    depth, defining, in_rule = 0, 0, False
    for match in _LINE.finditer(data):
        directive = _DIRECTIVE.match(match[0])
        word = directive[1] if directive else b""
        defining = max(defining + {b"define": 1, b"endef": -1}.get(word, 0), 0)
        depth = max(depth + (word[:2] == b"if") - (word == b"endif"), 0)
        if word or defining:
            continue
        line = _line(match, in_rule=in_rule, conditional=depth > 0)
        if line is not None:
            in_rule = line.kind in (LineKind.RULE, LineKind.RECIPE)
        yield match, line


def _line(match: re.Match[bytes], *, in_rule: bool, conditional: bool) -> Line | None:
    start, end = match.start(), match.start() + len(match[0].rstrip(b"\r\n"))
    if in_rule and match[0].startswith(b"\t"):
        return Line(LineKind.RECIPE, start + 1, end, match[0][1 : end - start], conditional)
    text = _COMMENT.sub(b"", match[0][: end - start])
    if not text.strip():
        return None
    return Line(_kind(text), start, start + len(text.rstrip()), text.rstrip(), conditional)


def _kind(text: bytes) -> LineKind:
    if _INCLUDE.match(text):
        return LineKind.INCLUDE
    return LineKind.ASSIGNMENT if _ASSIGNMENT.fullmatch(text) else LineKind.RULE


def assignment(line: Line) -> tuple[str, str, str]:
    """The name, the operator and the value of an assignment."""
    match = _ASSIGNMENT.fullmatch(line.text)
    assert match is not None
    name, operator, value = (part.decode(errors="replace") for part in match.groups())
    return name, operator, re.sub(r"\\\s*\n\s*", " ", value).strip()


def included(line: Line) -> tuple[str, ...]:
    """The files that an ``include`` names."""
    match = _INCLUDE.match(line.text)
    return tuple(match[1].decode(errors="replace").split()) if match else ()
