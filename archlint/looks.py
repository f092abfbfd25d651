"""What a rule looks at and what it sees there: the values of ``archlint explain``."""

from typing import Any

import msgspec

from archlint.model import Finding, Problem, Rule


class RuleSeen(msgspec.Struct, frozen=True):
    """A rule and what it looks at in a tree."""

    rule: Rule[Any]
    kind_says: str
    files: tuple[str, ...]
    vain: tuple[str, ...]
    """What it looks for in vain."""
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


class Look(msgspec.Struct, frozen=True):
    """What one rule made of a place."""

    rule: Rule[Any]
    passes: str = ""
    """Why it does not look at the file; '' if it does."""
    findings: tuple[Finding, ...] = ()
    """Those that touch the line."""
    misses: tuple[str, ...] = ()
    """What it saw there that is no finding, and why."""


class PlaceSeen(msgspec.Struct, frozen=True):
    """What every rule made of a line of a file."""

    path: str
    line: int
    looks: tuple[Look, ...]
    problems: tuple[Problem, ...]
    """Those of the file."""
