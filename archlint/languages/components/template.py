"""A component file taken apart: the code in its markup, its attributes, and what is left to read as HTML."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from archlint.languages.decoded import Region

_VISIBLE = re.compile(rb"\S")
_IN_LINE = re.compile(rb"[^\r\n]")


class RunKind(Enum):
    """What a run of an expression is: code, the text around code in quotes, or an element within code."""

    CODE = auto()
    TEXT = auto()
    MARKUP = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of an expression."""

    kind: RunKind
    region: Region


@dataclass(frozen=True, slots=True)
class Expression:
    """Code in braces. ``name`` is that of the attribute whose value it is, or None."""

    runs: tuple[Run, ...]
    name: Region | None = None
    is_in_tag: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """An attribute whose value holds no braces; ``value`` is without its quotes."""

    tag: str
    name: Region
    value: Region
    region: Region
    """The whole of it."""


@dataclass(frozen=True, slots=True)
class Template:
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
