"""Scalars that rules name, compared with those of documents; how messages show values and their paths."""

import math
import re
from collections.abc import Iterable, Sequence

from archlint.facts import Entry

Scalar = str | int | float | bool

_LONGEST = 60
_BARE = re.compile(r"[^\s.,'\"()\[\]{}?\\*]+")


def is_same(entry: Entry, wanted: Scalar) -> bool:
    """Whether an entry is of the type of ``wanted`` and equal to it; numbers by value (``0x10`` is 16)."""
    match wanted:
        case bool():
            return entry.type == "boolean" and (entry.value.lower() == "true") is wanted
        case str():
            return entry.type == "string" and entry.value == wanted
        case _:
            return entry.type == "number" and _number(entry.value) == wanted


def _number(text: str) -> int | float:
    try:
        return int(text, 0)
    except ValueError:
        return _fraction(text)


def _fraction(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def shown(value: Scalar) -> str:
    """A scalar as JSON would have it, cut where it is long."""
    if isinstance(value, str):
        return f'"{clipped(value)}"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def shown_entry(entry: Entry) -> str:
    """What an entry is: its value if that is a scalar, else its type."""
    if entry.type == "string":
        return shown(entry.value)
    return clipped(entry.value) if entry.type in ("number", "boolean") else a_type(entry.type)


def a_type(name: str) -> str:
    """``a mapping``."""
    return name if name == "null" else f"a {name}"


def clipped(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def either(words: Iterable[str]) -> str:
    """``a, b or c``."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def spelled(where: Sequence[str]) -> str:
    """The path of an entry as a rule would write it; '' for the root."""
    return "".join(map(_segment, where)).removeprefix(".")


def _segment(segment: str) -> str:
    if segment.isascii() and segment.isdigit():
        return f"[{segment}]"
    if _BARE.fullmatch(segment):
        return f".{segment}"
    return "['" + segment.replace("\\", "\\\\").replace("'", "\\'") + "']"
