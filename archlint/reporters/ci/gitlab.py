"""Format ``gitlab``: a Code Quality report, for GitLab's merge requests.

GitLab shows a finding's description and place, and keeps one finding of each fingerprint
(gitlabhq/gitlabhq, lib/gitlab/ci/reports/codequality_reports.rb); the comparison of two branches is its own.
"""

from collections import Counter
from hashlib import sha256

import msgspec

from archlint.extend import Reporter, Style
from archlint.model import Finding, Problem, Report, Severity, Span
from archlint.reporters.escape import json_document, well_formed
from archlint.reporters.from_top import from_top
from archlint.reporters.wording import problem_head

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
_UNREAD = "unread-file"


class Lines(msgspec.Struct, frozen=True):
    """The lines of a finding, counted from 1."""

    begin: int
    end: int


class Location(msgspec.Struct, frozen=True):
    """Where a finding stands. ``path`` is relative to the root, which is to be the project's folder."""

    path: str
    lines: Lines


class Degradation(msgspec.Struct, frozen=True):
    """A finding. The rule stands in the description too, for GitLab does not show ``check_name``."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: Location


def render(report: Report, _style: Style) -> str:
    """The list of findings and of files not read, each with a fingerprint of its own; empty when there is none."""
    found = [*map(_finding, report.findings), *map(_problem, report.problems)]
    encoded = msgspec.json.format(msgspec.json.encode(_distinct(found)), indent=2)
    return json_document(encoded.decode()) + "\n"


def _finding(finding: Finding) -> Degradation:
    return Degradation(
        description=_description(finding.rule, finding.message),
        check_name=well_formed(finding.rule),
        fingerprint=well_formed(finding.fingerprint),
        severity=_SEVERITY[finding.severity],
        location=_location(finding.place.path, finding.place.span),
    )


def _problem(problem: Problem) -> Degradation:
    return Degradation(
        description=_description(problem_head(problem), problem.message),
        check_name=_UNREAD,
        fingerprint=_hash(f"{_UNREAD}\0{problem.path}\0{problem.message}"),
        severity=_SEVERITY[Severity.NOTE],
        location=_location(problem.path, problem.span),
    )


def _distinct(found: list[Degradation]) -> list[Degradation]:
    """The findings, of which those that share a fingerprint get others: GitLab keeps one of each."""
    seen: Counter[str] = Counter()
    distinct = []
    for each in found:
        seen[each.fingerprint] += 1
        salt = seen[each.fingerprint]
        fingerprint = each.fingerprint if salt == 1 else _hash(f"{each.fingerprint}\0{salt}")
        distinct.append(msgspec.structs.replace(each, fingerprint=fingerprint))
    return distinct


def _description(head: str, message: str) -> str:
    return well_formed(f"{head}: {' '.join(message.split())}")


def _location(path: str, span: Span) -> Location:
    return Location(well_formed(path), Lines(span.line, max(span.line, span.end_line)))


def _hash(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


REPORTER = Reporter("gitlab", "Code Quality, for GitLab merge requests", from_top(render))
