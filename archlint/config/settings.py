"""What archlint.toml and the header of a rule may say, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from archlint.limits import Limits
from archlint.model import Example, Inside, Rule, Severity

Texts: TypeAlias = str | tuple[str, ...]
"""One string or a list of them, as the user likes."""


class Override(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What ``[rule.ID]`` changes about a rule. It never edits what the rule says."""

    severity: Literal["error", "warning", "note", "off"] | None = None
    files: Texts = ()
    """Narrows the rule's files."""
    ignores: Texts = ()
    """Adds to what the rule ignores."""


class Settings(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """archlint.toml."""

    packs: Texts = ()
    rules: Texts = ()
    exclude: Texts = ()
    zones: dict[str, Texts] = {}
    aliases: dict[str, Texts | dict[str, Texts]] = {}
    """What specifiers stand for; in a table of its own, in a folder."""
    limits: Limits = Limits()
    rule: dict[str, Override] = {}


class SeverityFor(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """An item of ``severity-in``."""

    files: Texts
    severity: Severity


class Tests(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Snippets, or code with the path it stands at."""

    bad: tuple[str | Example, ...] = ()
    good: tuple[str | Example, ...] = ()


class Header(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What a rule of any kind may say."""

    id: str
    severity: Severity = Severity.ERROR
    severity_in: tuple[SeverityFor, ...] = ()
    message: str = ""
    why: str = ""
    fix: str = ""
    enforces: Texts = ()
    files: Texts = ()
    ignores: Texts = ()
    inside: Inside | None = None
    allow_empty: bool = False
    tests: Tests = Tests()


@dataclass(frozen=True, slots=True)
class Config:
    """All that the user has decided."""

    root: Path
    shown: str
    """How messages name the configuration file; '' when there is none."""
    zones: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, Mapping[str, tuple[str, ...]]]
    """What specifiers stand for, by the folder in which that holds ('' for the root): places from there."""
    exclude: tuple[str, ...]
    limits: Limits
    rules: tuple[Rule[Any], ...]  # Any: rules of all kinds stand together
    """The rules that are on, in order of file and place."""
    disabled: tuple[str, ...]
    """The ids of those that are off."""
    notices: tuple[str, ...]


def texts(value: Texts) -> tuple[str, ...]:
    """The strings of a value that may be one string."""
    return (value,) if isinstance(value, str) else value
