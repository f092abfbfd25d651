"""The findings that a team has accepted for now: what the file says, and how findings compare with it. Pure.

A line for each, sorted, so that two branches that mend different files change different lines:
``path <tab> rule <tab> fingerprint <tab> message``. The message is for people.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import count, islice

import msgspec
from msgspec.structs import replace

from archlint.fingerprint import before_renames, stable_fingerprint
from archlint.model import Finding, Place, RuleCard, Severity, Span

FILE_NAME = "archlint-baseline.txt"
STALE = RuleCard(
    id="stale-baseline",
    kind="built-in",
    severity=Severity.ERROR,
    summary="The baseline holds a finding that is mended.",
    why="A baseline only shrinks: what is mended and stays in it would let the breach come back.",
    fix="Run `archlint baseline --update` and commit the file.",
    enforces=(),
)
_HEAD = (
    "# What archlint found here when its rules were adopted. It only shrinks: archlint baseline --update\n"
    "# takes out what is mended. A line is: path, rule, fingerprint, message.\n"
)
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
# The first character of a line must not make a comment or a mark of a merge of it.
_UNPLAIN = re.compile(r"\A[#<=>|]|[\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|(\\))")
_MOST_ALIKE = 10_000


class Entry(msgspec.Struct, frozen=True, order=True):
    """A finding that is accepted. ``line`` is where it stands in the file, from 1; 0 if it does not yet."""

    path: str
    rule: str
    fingerprint: str
    message: str = ""
    line: int = 0


class Baseline(msgspec.Struct, frozen=True):
    """The entries of a file, and how the file is shown."""

    shown: str
    entries: tuple[Entry, ...] = ()


class Tally(msgspec.Struct, frozen=True):
    """How findings compare with a baseline."""

    known: tuple[tuple[Finding, Entry], ...] = ()
    new: tuple[Finding, ...] = ()
    fixed: tuple[Entry, ...] = ()
    unjudged: tuple[Entry, ...] = ()
    """Those of which this run cannot tell."""

    @property
    def kept(self) -> tuple[Entry, ...]:
        """What stays in the baseline, under the paths of today."""
        known = (
            replace(entry, path=finding.place.path, fingerprint=finding.fingerprint)
            for finding, entry in self.known
        )
        return (*known, *self.unjudged)

    @property
    def accepted(self) -> tuple[Entry, ...]:
        """The new findings as entries."""
        return tuple(
            Entry(found.place.path, found.rule, found.fingerprint, found.message) for found in self.new
        )


def entry_of(line: str, number: int) -> Entry | None:
    """What a line says, which is neither blank nor a comment; None if it is no entry."""
    path, _, rest = line.partition("\t")
    rule, _, rest = rest.partition("\t")
    fingerprint, _, message = rest.partition("\t")
    if not path or not rule or not _FINGERPRINT.fullmatch(fingerprint):
        return None
    return Entry(_read(path), rule, fingerprint, _read(message), number)


def text_of(entries: Iterable[Entry]) -> str:
    """The file that holds these entries, each once."""
    lines = {
        "\t".join((_plain(each.path), each.rule, each.fingerprint, _plain(each.message)))
        for each in {(each.path, each.rule, each.fingerprint): each for each in sorted(entries)}.values()
    }
    return _HEAD + "".join(f"{line}\n" for line in sorted(lines))


def _plain(text: str) -> str:
    return _UNPLAIN.sub(lambda match: r"\\" if match[0] == "\\" else f"\\u{ord(match[0]):04x}", text)


def _read(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\\" if match[2] else chr(int(match[1], 16)), text)


def compare(
    findings: Iterable[Finding],
    baseline: Baseline,
    is_judged: Callable[[str, str], bool],
    renames: Callable[[], Mapping[str, str]],
) -> Tally:
    """The findings that are known, those that are new, and the entries without a finding.

    ``is_judged`` says of a rule and a path whether a finding would have been found. ``renames``, the old path by
    the new, is asked only if a finding and an entry are left over.
    """
    open_entries = {(each.rule, each.fingerprint): each for each in sorted(baseline.entries, reverse=True)}
    known: list[tuple[Finding, Entry]] = []
    new: list[Finding] = []
    for finding in findings:
        entry = open_entries.pop((finding.rule, finding.fingerprint), None)
        if entry is None:
            new.append(finding)
        else:
            known.append((finding, entry))
    if new and open_entries:
        new = _renamed(new, renames(), open_entries, known)
    left = sorted(open_entries.values())
    fixed = tuple(entry for entry in left if is_judged(entry.rule, entry.path))
    return Tally(tuple(known), tuple(new), fixed, tuple(entry for entry in left if entry not in fixed))


def _renamed(
    new: list[Finding],
    old_path: Mapping[str, str],
    open_entries: dict[tuple[str, str], Entry],
    known: list[tuple[Finding, Entry]],
) -> list[Finding]:
    """The findings that are new whatever their file was called; the others move to ``known``."""
    still_new: list[Finding] = []
    old_identity = before_renames(old_path)
    for finding in new:
        before = _fingerprint_before(finding, old_path, old_identity(finding.identity))
        entry = open_entries.pop((finding.rule, before), None) if before else None
        if entry is None:
            still_new.append(finding)
        else:
            known.append((finding, entry))
    return still_new


def _fingerprint_before(finding: Finding, old_path: Mapping[str, str], old_identity: str) -> str | None:
    """The fingerprint that a finding had before files were renamed; None if none of them concerns it."""
    path, identity = finding.place.path, finding.identity
    if path not in old_path and identity == old_identity:
        return None
    for ordinal in islice(count(1), _MOST_ALIKE):
        if stable_fingerprint(finding.rule, path, identity, ordinal) == finding.fingerprint:
            return stable_fingerprint(finding.rule, old_path.get(path, path), old_identity, ordinal)
    return None


def stale(entry: Entry, shown: str) -> Finding:
    """What is said of an entry without a finding."""
    return Finding(
        rule=STALE.id,
        severity=STALE.severity,
        place=Place(shown, Span(entry.line, 1, entry.line, 1)),
        message=f"'{entry.rule}' in '{entry.path}' is mended"
        + (f": {entry.message}" if entry.message else ""),
        fingerprint=stable_fingerprint(STALE.id, shown, entry.fingerprint, 1),
        identity=entry.fingerprint,
    )
