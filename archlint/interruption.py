"""What can be said of a tree that was not read to the end: less, and nothing that more reading could take back. Pure."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from archlint.extend import Family
from archlint.kinds import KIND_OF
from archlint.model import WHOLE_FILE, Finding, Problem, Reason, Report, Rule

# A local rule on these looks at one file at a time, and asks it once.
_OF_ONE_FILE = frozenset({Family.ENTRIES, Family.MEASURES, Family.PATTERNS, Family.TEXT})


def standing(rules: Iterable[Rule[Any]]) -> tuple[Rule[Any], ...]:
    """The rules whose findings in files that were read stand. None of them is said to look at nothing."""
    return tuple(replace(rule, allow_empty=True) for rule in rules if _stands(rule))


def _stands(rule: Rule[Any]) -> bool:
    kind = KIND_OF[rule.kind]
    return kind.grows(rule.options) or (kind.local(rule.options) and kind.needs in _OF_ONE_FILE)


def certain(
    findings: Iterable[Finding], rules: Iterable[Rule[Any]], problems: Iterable[Problem]
) -> tuple[Finding, ...]:
    """Those of the findings that are of these rules, in files that had been read."""
    unread = {problem.path for problem in problems if problem.reason is Reason.INTERRUPTED}
    judging = {rule.id for rule in rules}
    return tuple(each for each in findings if each.rule in judging and each.place.path not in unread)


def summed_up(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, with one in place of those of all files that were not read any more."""
    problems = tuple(problems)
    others = tuple(problem for problem in problems if problem.reason is not Reason.INTERRUPTED)
    left = len({problem.path for problem in problems if problem.reason is Reason.INTERRUPTED})
    files = "1 file was" if left == 1 else f"{left:,} files were"
    message = f"archlint was interrupted: {files} not read, and rules that join files did not judge"
    return tuple(sorted((*others, Problem(".", WHOLE_FILE, Reason.INTERRUPTED, message))))


def uncompared(report: Report, *, only_new: bool) -> Report:
    """The report of a run that was stopped before it knew what there was earlier: ``only_new`` findings are none."""
    message = "archlint was interrupted before it had read the earlier version: what is new is not known"
    others = (problem for problem in report.problems if problem.reason is not Reason.INTERRUPTED)
    problems = (*others, Problem(".", WHOLE_FILE, Reason.INTERRUPTED, message))
    return replace(report, findings=() if only_new else report.findings, problems=tuple(sorted(problems)))
