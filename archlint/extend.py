"""The shapes of the three extension points. Each extension is a constant value in an explicit list."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

from archlint.facts import Demand, Facts, Occurrence
from archlint.model import Hit, Report, Rule
from archlint.patterns.rule import CodeSearch
from archlint.project import Project
from archlint.source import Source

OptionsT = TypeVar("OptionsT")
OptionMistake = tuple[tuple[str | int, ...], str]  # the path inside the options, and what is wrong there


class Family(StrEnum):
    """A family of facts. A language says which it yields, a kind which it needs."""

    CONSTANTS = "constants"
    EXPORTS = "exports"
    IMPORTS = "imports"
    REFERENCES = "references"
    ENTRIES = "entries"
    MEASURES = "measures"
    TEXT = "text"
    PATTERNS = "patterns"
    WORKFLOW = "workflow"
    SCRIPTS = "scripts"
    LICENCES = "licences"
    COMMENTS = "comments"
    CODE = "code"
    OBJECTS = "objects"
    NAMES = "names"
    """Of every file, whatever its language: no file is opened for it."""


class Language(msgspec.Struct, frozen=True):
    """How files of some names are read.

    ``read`` answers the demands from the bytes alone; syntax it cannot read becomes a problem in the facts.
    """

    name: str
    suffixes: tuple[str, ...]
    filenames: tuple[str, ...]
    yields: frozenset[Family]
    read: Callable[[Source, tuple[Demand, ...]], Facts]


class Code(msgspec.Struct, frozen=True):
    """Code patterns among a kind's options. ``key`` is that of the rule object."""

    key: str
    search: CodeSearch
    grammars: tuple[str, ...]


class Kind(msgspec.Struct, Generic[OptionsT], frozen=True):
    """A way to judge. Plain functions over the joined facts; never sees a syntax tree or the disk."""

    name: str
    says: str
    options: type[OptionsT]
    needs: Family
    fields: tuple[str, ...]
    """What a rule's ``message`` may name in braces."""
    demand: Callable[[Rule[OptionsT], Project], tuple[Demand, ...]]
    """What the rule needs to know, given what is known so far; asked again until nothing is added."""
    check: Callable[[Rule[OptionsT], Project], Iterator[Hit]]
    vacuous: Callable[[Rule[OptionsT], Project], Iterator[str]] = lambda _rule, _project: iter(())
    """Says of each thing the options look for in vain, a sentence each."""
    mistakes: Callable[[OptionsT], Iterator[OptionMistake]] = lambda _options: iter(())
    """What types cannot say about the options."""
    selectors: tuple[str, ...] = ()
    """Keys of the options that hold globs or zones; dotted where nested (``sides.files``)."""
    composed: Mapping[str, Callable[[str], tuple[str, ...]]] = msgspec.field(default_factory=dict)
    """Keys of the options whose texts hold several globs or zones each, with how they are taken apart."""
    local: Callable[[OptionsT], bool] = lambda _options: True
    """Whether the findings in a file depend on that file alone, and on what others lend it."""
    grows: Callable[[OptionsT], bool] = lambda _options: False
    """Whether a finding in a file that was read stands, whatever is still unknown of others."""
    misses: Callable[[Rule[OptionsT], tuple[Occurrence, ...]], Iterator[str]] = lambda _rule, _seen: iter(())
    """Says of constants at a place, a sentence each, how near they come to being a finding."""
    code: Callable[[OptionsT], Code | None] = lambda _options: None
    """The code patterns among the options: they are read when the rule is."""
    own_fields: Callable[[OptionsT], tuple[str, ...]] | None = None
    """What ``message`` may name beside the fields, given the options."""
    knows_functions: bool = False
    """Whether a rule of this kind may say ``inside``."""


class Style(msgspec.Struct, frozen=True):
    """How text for a terminal may look."""

    colour: bool = False
    width: int = 100
    verbosity: int = 0
    """-1 quiet, 0 usual, 1 verbose."""


class Reporter(msgspec.Struct, frozen=True):
    """A format: a pure function from a report to text."""

    name: str
    says: str
    render: Callable[[Report, Style], str]
    cut: Callable[[Report], str] = lambda _report: ""
    """What of a report the format has no room for, as a sentence; '' if all of it is there."""
