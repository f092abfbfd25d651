"""The vocabulary: every value that passes between stages. Read this first.

What is known of one file stands in ``facts.py``. Values are ``msgspec.Struct``, which is there in a tenth of a
dataclass's time; dataclasses are those few that leave a field out of comparison or out of what they are made of.
All are frozen; none knows a stage, a language or a kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

from archlint.examples import RuleTests
from archlint.laps import Lap
from archlint.places import WHOLE_FILE as WHOLE_FILE
from archlint.places import Place as Place
from archlint.places import Remark as Remark
from archlint.places import Span as Span
from archlint.suppression import Suppression

OptionsT = TypeVar("OptionsT")

# --- what could not be read --------------------------------------------------------------------------------


class Reason(StrEnum):
    """Why something was not read, or not read whole. The names are public: they stand in reports."""

    TOO_LARGE = "too-large"
    DEPTH_LIMIT = "depth-limit"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    SYNTAX = "syntax"
    ENCODING = "encoding"
    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    CHANGED = "changed-during-run"
    INTERRUPTED = "interrupted"


class Extent(StrEnum):
    """How much of the file a problem hides."""

    ALL = "all"
    PART = "part"


class Problem(msgspec.Struct, frozen=True, order=True):
    """Something of a file in scope that could not be read. Never silent, never the same as clean."""

    path: str
    span: Span
    reason: Reason
    message: str
    extent: Extent = Extent.ALL


class Outcome(StrEnum):
    """How a file ends. Every file listed ends in exactly one of these."""

    ANALYSED = "analysed"
    PARTIAL = "partial"
    NOT_ANALYSED = "not analysed"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, order=True)
class Exclusion:
    """A file that was listed and deliberately not read, and why: ``symlink``, ``binary``, ``no rule`` …"""

    path: str
    reason: str
    digest: str = field(default="", compare=False)
    """SHA-256 of the bytes that were looked at, in hex; '' if none were."""


class Listing(msgspec.Struct, frozen=True):
    """The files below the root that can be read, sorted, and those that were left out."""

    paths: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    problems: tuple[Problem, ...] = ()
    """What kept folders from being listed; ``path`` is the folder's, ``.`` for the root."""
    ignored: tuple[str, ...] = ()
    """What is there and git ignores; folders end in '/', and what is in them is not told."""

    @property
    def left_out(self) -> dict[str, str]:
        """Why something that is there is not among the paths, by its path."""
        because = {exclusion.path: exclusion.reason for exclusion in self.exclusions}
        return {**dict.fromkeys(self.ignored, "ignored by git"), **because}


# --- rules -------------------------------------------------------------------------------------------------


class Severity(StrEnum):
    """How much a finding weighs: an error more than a warning, a warning more than a note."""

    # The order of definition is the order of weight.
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return tuple(Severity).index(self)


class Scope(msgspec.Struct, frozen=True):
    """Which files: globs and ``zone:NAME`` references. No ``files`` means every file.

    ``within`` narrows further; it is how ``archlint.toml`` confines a rule without editing it.
    """

    files: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class SeverityIn(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Another severity for findings in these files."""

    files: tuple[str, ...]
    severity: Severity


class Inside(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Only findings inside functions whose name matches one of these globs or ``/regexes/``."""

    function: str | tuple[str, ...]
    """Their names, as globs or ``/regexes/``; functions around them count too."""


class Origin(msgspec.Struct, frozen=True):
    """Where a rule or setting is written. ``path`` is how it is shown; ``line_text`` is that line."""

    path: str
    line: int
    column: int
    line_text: str


class Rule(msgspec.Struct, Generic[OptionsT], frozen=True):
    """A kind bound to options."""

    id: str
    kind: str
    options: OptionsT
    origin: Origin
    severity: Severity = Severity.ERROR
    severity_in: tuple[SeverityIn, ...] = ()
    message: str = ""
    """A template over the kind's fields (``'{value}' at {sink}``); '' for the kind's own words."""
    why: str = ""
    fix: str = ""
    rewrite: str = ""
    """What takes the place of what is found, when the user asks for it; '' for nothing."""
    enforces: tuple[str, ...] = ()
    scope: Scope = msgspec.field(default_factory=Scope)
    selectors: tuple[str, ...] = ()
    """The globs and zones among its options: where a kind looks that has places of its own."""
    inside: Inside | None = None
    allow_empty: bool = False
    tests: RuleTests = msgspec.field(default_factory=RuleTests)


# --- findings ----------------------------------------------------------------------------------------------


class Hit(msgspec.Struct, frozen=True):
    """What a kind says of one breach. ``identity`` names it within its file and holds no line number."""

    place: Place
    text: str
    identity: str
    fields: Mapping[str, str] = msgspec.field(default_factory=dict)
    related: tuple[Remark, ...] = ()
    flows: tuple[tuple[Remark, ...], ...] = ()
    """The ways by which it came about: of a value to each of its sinks, of a workflow to a command."""


class Finding(msgspec.Struct, frozen=True):
    """One breach, ready to be told. ``fingerprint`` stays the same when lines move; ``identity`` is the hit's."""

    rule: str
    severity: Severity
    place: Place
    message: str
    fingerprint: str
    related: tuple[Remark, ...] = ()
    flows: tuple[tuple[Remark, ...], ...] = ()
    identity: str = ""


class Suppressed(msgspec.Struct, frozen=True):
    """A finding that is allowed, and what allows it."""

    finding: Finding
    by: Suppression


class RuleCard(msgspec.Struct, frozen=True):
    """What a report tells about a rule that ran."""

    id: str
    kind: str
    severity: Severity
    summary: str
    why: str
    fix: str
    enforces: tuple[str, ...]


class Excerpt(msgspec.Struct, frozen=True):
    """The lines of a file that a report shows, by number, and GitHub's hash of each primary line."""

    lines: Mapping[int, str]
    line_hashes: Mapping[int, str]


class Ledger(msgspec.Struct, frozen=True):
    """How every listed file ended. The counts add up to ``total``."""

    total: int
    analysed: int
    partial: int
    not_analysed: int
    excluded: int
    excluded_because: Mapping[str, int]


class Compared(msgspec.Struct, frozen=True):
    """How a run compares with the baseline."""

    new: int
    fixed: int


class Report(msgspec.Struct, frozen=True):
    """Everything a run has to say. Reporters turn it into text; nobody adds to it."""

    rules: tuple[RuleCard, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    ledger: Ledger
    excerpts: Mapping[str, Excerpt]
    fail_on: Severity = Severity.ERROR
    incomplete_passes: bool = False
    above: str = ""
    """The folders from the repository's top down to the root, such as ``apps/shop/``; '' where the root is the top."""
    is_idle: bool = False
    """Whether no rule had anything to look at."""
    notices: tuple[str, ...] = ()
    """What the user should know about the run itself, a sentence each."""
    laps: tuple[Lap, ...] = ()
    """Where the time went; only shown when asked for."""
    files: Mapping[str, int] = msgspec.field(default_factory=dict)
    """How many files were read, were parsed, and were known from earlier runs; only shown when asked for."""
    suppressed: tuple[Suppressed, ...] = ()
    """The findings that comments and archlint.toml allow; none of them is among ``findings``."""
    known: tuple[Finding, ...] = ()
    """The findings that the baseline accepts; none of them is among ``findings``."""
    compared: Compared | None = None
    """How many findings the baseline does not know, and how many of its own are mended; None without one."""
    shows_suppressed: bool = False
    """Whether the user asks to see them one by one."""

    @property
    def complete(self) -> bool:
        """Whether everything in scope was read whole, and something was in scope."""
        return not self.problems and not self.is_idle

    @property
    def exit_code(self) -> int:
        """0 checked and nothing failing, 1 a failing finding, 3 nothing failing but not everything was read."""
        if any(finding.severity.rank <= self.fail_on.rank for finding in self.findings):
            return 1
        return 0 if self.complete or self.incomplete_passes else 3
