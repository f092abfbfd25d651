"""A component file taken apart: the code in its markup, its attributes, and what is left to read as HTML."""

import re
from enum import Enum, auto

import msgspec

from archlint.languages.decoded import Region

_VISIBLE = re.compile(rb"\S")
_IN_LINE = re.compile(rb"[^\r\n]")


class RunKind(Enum):
    """What a run of an expression is: code, the text around code in quotes, or an element within code."""

    CODE = auto()
    TEXT = auto()
    MARKUP = auto()


class Run(msgspec.Struct, frozen=True):
    """A stretch of an expression."""

    kind: RunKind
    region: Region


class Expression(msgspec.Struct, frozen=True):
    """Code in braces. ``name`` is that of the attribute whose value it is, or None."""

    runs: tuple[Run, ...]
    name: Region | None = None
    is_in_tag: bool = False


class Plain(msgspec.Struct, frozen=True):
    """An attribute whose value holds no braces; ``value`` is without its quotes."""

    tag: str
    name: Region
    value: Region
    region: Region
    """The whole of it."""


class Template(msgspec.Struct, frozen=True):
    """What a file holds, in the order in which it is written."""

    expressions: tuple[Expression, ...] = ()
    attributes: tuple[Plain, ...] = ()
    hidden: tuple[Region, ...] = ()
    """What is no HTML."""
    comments: tuple[Region, ...] = ()
    """Those in code."""
    unread: tuple[tuple[Region, str], ...] = ()
    """What could not be read, and why."""


def as_html(data: bytes, hidden: tuple[Region, ...], comments: tuple[Region, ...]) -> bytes:
    """The same bytes with stand-ins for what is no HTML: lines and places stay, and attributes have no value."""
    code = bytearray(data)
    for start, end in hidden:
        code[start:end] = _VISIBLE.sub(b"x", code[start:end])
    for start, end in comments:
        code[start:end] = _IN_LINE.sub(b" ", code[start:end])
    return bytes(code)
