"""What archlint.toml and the header of a rule may say, and what becomes of them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from archlint.baseline import FILE_NAME, Baseline
from archlint.examples import Example
from archlint.limits import Limits
from archlint.model import Inside, Rule, Severity
from archlint.suppression import Suppression

Texts: TypeAlias = str | tuple[str, ...]
"""One string or a list of them, as the user likes."""


class Override(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What ``[rule.ID]`` changes about a rule. It never edits what the rule says."""

    severity: Literal["error", "warning", "note", "off"] | None = None
    """Another severity; ``off`` turns the rule off."""
    files: Texts = ()
    """Narrows the rule's files."""
    ignores: Texts = ()
    """Adds to what the rule ignores."""


class Allowance(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """An entry of ``[[allow]]``: findings that are allowed in files that cannot carry comments."""

    rule: Texts
    """Rules, by their ids."""
    path: Texts
    """Globs and zones of the files in which they are allowed."""
    reason: str
    """Why."""
    until: date | None = None
    """The last day on which they are allowed."""
    ticket: str = ""
    """Where their end is planned, such as ``#41``."""


class Settings(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """archlint.toml."""

    packs: Texts = ()
    """Packs of rules that are shipped with archlint, such as ``recommended``."""
    rules: Texts = ()
    """Rule files, folders of them, or globs; relative to this file."""
    exclude: Texts = ()
    """Globs of files that are never looked at, relative to the root."""
    zones: dict[str, Texts] = {}
    """Names for globs, used as ``zone:NAME``."""
    aliases: dict[str, Texts | dict[str, Texts]] = {}
    """What specifiers stand for; in a table of its own, in a folder."""
    limits: Limits = Limits()
    """How much one file may cost."""
    rule: dict[str, Override] = {}
    """What is changed about a rule, by its id."""
    allow: tuple[Allowance, ...] = ()
    """Findings that are allowed, in files that cannot carry comments."""
    baseline: str = ""
    """The file of the findings that are accepted for now, relative to this file; archlint-baseline.txt if not said."""


class SeverityFor(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """An item of ``severity-in``."""

    files: Texts
    """Globs and zones of the files."""
    severity: Severity
    """How much a finding weighs there."""


class Tests(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Snippets, or code with the path it stands at."""

    bad: tuple[str | Example, ...] = ()
    """Each must give a finding."""
    good: tuple[str | Example, ...] = ()
    """None may give a finding."""


class Header(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What a rule of any kind may say."""

    id: str
    """Names the offence in lower case and hyphens, such as ``cross-app-import``. Public: it never changes."""
    severity: Severity = Severity.ERROR
    """How much a finding weighs."""
    severity_in: tuple[SeverityFor, ...] = ()
    """Another severity for findings in some files; the first that fits counts."""
    message: str = ""
    """What a finding says: a template over the kind's fields, such as ``'{value}' at {sink}``."""
    why: str = ""
    """Why the rule is there; shown with the finding."""
    fix: str = ""
    """What to do about a finding; shown with it."""
    rewrite: str = ""
    """What `archlint fix --unsafe` writes in place of what is found; for kinds ``value`` and ``text``."""
    enforces: Texts = ()
    """The statements of your documents that the rule holds."""
    files: Texts = ()
    """Globs or ``zone:NAME``: the files the rule is about. Default: every file the kind can read."""
    ignores: Texts = ()
    """Globs or ``zone:NAME``: files the rule leaves alone."""
    inside: Inside | None = None
    """Only findings inside functions of these names; for the kinds that read code."""
    allow_empty: bool = False
    """Whether it is right that nothing matches; otherwise a rule that looks at nothing is a finding."""
    tests: Tests = Tests()
    """Code that must give a finding (``bad``), and code that must give none (``good``)."""


class Config(msgspec.Struct, frozen=True):
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
    allowed: tuple[Suppression, ...] = ()
    """What ``[[allow]]`` allows."""
    baseline_path: Path = Path(FILE_NAME)
    """Where the baseline is, or would be."""
    baseline: Baseline | None = None

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all rules, those that are off too."""
        return frozenset((*self.disabled, *(rule.id for rule in self.rules)))


def texts(value: Texts) -> tuple[str, ...]:
    """The strings of a value that may be one string."""
    return (value,) if isinstance(value, str) else value
