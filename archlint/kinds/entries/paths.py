"""The language in which rules name values of documents. Reads paths; walks none.

A subset of JSONPath (RFC 9535) in the spelling that users expect: ``scripts.test``, ``$.scripts['test:unit']``,
``jobs.*.steps[*].uses``, ``$..version``, ``steps[-1]``, ``vars.*_URL``. Without filters and slices; what is more
lenient than the RFC: ``$`` may be left out, and a name may hold anything that is not the language's own.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

import msgspec

_LONGEST = 1000
_MOST_STEPS = 64

_QUOTED = r"""'(?:[^'\\]|\\['"\\])*+'|"(?:[^"\\]|\\['"\\])*+\""""
_ITEM = rf"""\s*+(?:{_QUOTED}|0|-?[1-9][0-9]{{0,8}}|\*)\s*+"""
_STEP = re.compile(
    rf"""(?P<dots>\.{{0,2}})(?:(?P<name>[^\s.,'"()\[\]{{}}?\\]++)|\[(?P<list>{_ITEM}(?:,{_ITEM})*+)\])"""
)
_CHOICE = re.compile(rf"(?P<quoted>{_QUOTED})|(?P<position>-?[0-9]+)|\*")
_ROOT = re.compile(r"\$(?=[.\[]|\Z)")
_TROUBLES = (
    (re.compile(r"\.*\[\s*\?"), "filters are not supported"),
    (re.compile(r"\.*\[[^\]'\"]*:"), "slices are not supported"),
    (
        re.compile(r"\.*\[\s*[^\]'\"\s*,0-9-][^\]'\"]*\]"),
        "a name in brackets stands in quotes, as in ['name']",
    ),
    (re.compile(r"\.*\["), "brackets hold 'names', positions and *, and are closed"),
    (re.compile(r"\.\.?\Z"), "a name is missing after the dot"),
    (re.compile(r"\.{3}"), "there are one or two dots before a name"),
)


class BadPathError(ValueError):
    """A path that cannot be meant as written. The message says why."""


class Name(msgspec.Struct, frozen=True):
    """The entry of a mapping under this key."""

    text: str


class Names(msgspec.Struct, frozen=True):
    """The entries of a mapping whose keys fit a pattern, in which ``*`` stands for any text."""

    pattern: str


class Position(msgspec.Struct, frozen=True):
    """The item of a sequence, counted from 0, or from the end by a negative number."""

    index: int


class Every(msgspec.Struct, frozen=True):
    """Every entry of a mapping and every item of a sequence."""


Choice: TypeAlias = Name | Names | Position | Every


class Step(msgspec.Struct, frozen=True):
    """One step down, to any of ``choices``; from any depth below if it is deep."""

    written: str
    choices: tuple[Choice, ...]
    is_deep: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it says by name or position where to go, so that nothing there is something missing."""
        return not self.is_deep and all(isinstance(choice, Name | Position) for choice in self.choices)


class EntryPath(msgspec.Struct, frozen=True):
    """A path as a rule writes it, and its steps from the root of a document."""

    text: str
    steps: tuple[Step, ...]

    @property
    def names_one(self) -> bool:
        """Whether it can mean no more than one value of a document."""
        return all(step.is_plain and len(step.choices) == 1 for step in self.steps)


@lru_cache(maxsize=1024)
def parse_path(text: str) -> EntryPath:
    """The path that ``text`` spells. Raises ``BadPathError``."""
    if not text:
        raise BadPathError("it is empty; '$' is the whole document")
    if len(text) > _LONGEST:
        raise BadPathError(f"it has at most {_LONGEST:,} characters")
    steps = tuple(_steps(text))
    if len(steps) > _MOST_STEPS:
        raise BadPathError(f"it has at most {_MOST_STEPS} steps")
    return EntryPath(text, steps)


def _steps(text: str) -> Iterator[Step]:
    root = _ROOT.match(text)
    start = at = root.end() if root else 0
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None or (match["name"] and not match["dots"] and at > start):
            raise BadPathError(f"{_trouble(text, at)}, at character {at + 1}")
        yield _step(match)
        at = match.end()


def _trouble(text: str, at: int) -> str:
    found = (trouble for regex, trouble in _TROUBLES if regex.match(text, at))
    return next(found, "expected .name, ['name'], [0] or [*]")


def _step(match: re.Match[str]) -> Step:
    name, dots = match["name"], match["dots"]
    if name is None:
        choices = tuple(map(_choice, _CHOICE.finditer(match["list"])))
        return Step(match[0].removeprefix(".") if dots == "." else match[0], choices, dots == "..")
    if name.isascii() and name.isdigit():
        raise BadPathError(f"'{name}' can be a position or a key: write [{name}] or ['{name}']")
    return Step(f"{dots or '.'}{name}", (_named(name),), dots == "..")


def _named(name: str) -> Choice:
    if name == "*":
        return Every()
    return Names(name) if "*" in name else Name(name)


def _choice(item: re.Match[str]) -> Choice:
    if item["quoted"]:
        return Name(re.sub(r"\\(.)", r"\1", item["quoted"][1:-1]))
    return Position(int(item["position"])) if item["position"] else Every()
