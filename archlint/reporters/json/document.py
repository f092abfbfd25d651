r"""The document of format ``json``. Within a version fields are added, never renamed or removed.

Text is as it is in the checked tree, with one exception: JSON is UTF-8, so a byte of a file name that is not
UTF-8 is written ``\xNN`` in ``path``, and that file's ``uri`` holds the name exactly, percent-encoded.
"""

import msgspec

VERSION = 1


class _Object(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    pass


class Location(_Object, frozen=True):
    """A place. Lines and columns count from 1, columns in UTF-16 code units; an end column is one past."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    uri: str | None = None


class Note(_Object, frozen=True):
    """A related place, or a step of a value's way."""

    place: Location
    text: str


class FindingObject(_Object, frozen=True):
    """A breach. ``fingerprint`` stays the same when lines move."""

    rule: str
    severity: str
    message: str
    place: Location
    fingerprint: str
    related: list[Note]
    flows: list[list[Note]]


class SuppressedObject(_Object, frozen=True):
    """A breach that is allowed: ``inSource`` by a comment, otherwise by an entry of archlint.toml."""

    finding: FindingObject
    in_source: bool
    reason: str
    place: Location
    until: str | None = None
    ticket: str | None = None


class RuleObject(_Object, frozen=True):
    """A rule that ran, whether it found something or not."""

    id: str
    kind: str
    severity: str
    summary: str
    why: str
    fix: str
    enforces: list[str]


class ProblemObject(_Object, frozen=True):
    """Something that was not read: all of the file, or part of it."""

    reason: str
    extent: str
    message: str
    place: Location


class BaselineObject(_Object, frozen=True):
    """How the findings compare with the baseline. Those ``known`` are not among the others; ``fixed`` are errors."""

    known: int
    new: int
    fixed: int


class Summary(_Object, frozen=True):
    """How many findings of each severity, in how many files; ``rules`` leaves out those of kind ``built-in``.

    ``suppressed`` counts those that are allowed, which are not among the others.
    """

    errors: int
    warnings: int
    notes: int
    files_with_findings: int
    rules: int
    suppressed: int = 0
    baseline: BaselineObject | None = None


class Files(_Object, frozen=True):
    """How every listed file ended; the four add up to ``total``."""

    total: int
    analysed: int
    partial: int
    not_analysed: int
    excluded: int
    excluded_because: dict[str, int]


class Tool(_Object, frozen=True):
    """Who wrote the document."""

    name: str
    version: str


class Document(_Object, frozen=True):
    """A report. ``complete`` is false where something in scope was not read whole."""

    version: int
    tool: Tool
    complete: bool
    exit_code: int
    summary: Summary
    findings: list[FindingObject]
    problems: list[ProblemObject]
    rules: list[RuleObject]
    files: Files
    notices: list[str]
    suppressed: list[SuppressedObject] = []
    """Only with ``--show-suppressed``."""
