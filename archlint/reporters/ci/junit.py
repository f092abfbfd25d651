"""Format ``junit``: a test report, which Jenkins, GitLab, Azure Pipelines, Bitbucket and CircleCI read.

A suite is a rule and a case a finding. What fails the run is a failure, what could not be read an error, a lighter
finding is skipped, and a rule that found nothing passes. Services tell cases apart by class and name, and from run to
run: a name holds no line number, and none stands twice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from archlint.extend import Reporter, Style
from archlint.model import Finding, Problem, Report, RuleCard
from archlint.reporters.escape import lines, terminal, xml
from archlint.reporters.from_top import from_top
from archlint.reporters.summary import BUILT_IN
from archlint.reporters.wording import exact_place, finding_line, problem_head, problem_line, shown_place, way

_UNREAD = "unread-file"


class _Case(msgspec.Struct, frozen=True):
    """A test case. ``verdict`` is its element: failure, error, skipped, or '' for one that passes."""

    name: str
    verdict: str = ""
    sort: str = ""
    message: str = ""
    body: str = ""
    path: str = ""
    line: int = 0


def render(report: Report, _style: Style) -> str:
    """One suite for each rule that ran, in the report's order; for archlint's own only where they found something."""
    ran = [card.id for card in report.rules if card.kind != BUILT_IN]
    cases_of: defaultdict[str, list[_Case]] = defaultdict(list, {rule: [] for rule in ran})
    for finding in report.findings:
        cases_of[finding.rule].append(_finding(finding, report))
    for problem in report.problems:
        cases_of[_UNREAD].append(_problem(problem, report))
    if report.is_idle:
        cases_of[_UNREAD].append(_idle(report))
    card_of = {card.id: card for card in report.rules}
    suites = {rule: _distinct(cases) or [_Case("no finding")] for rule, cases in cases_of.items()}
    told = [part for rule, cases in suites.items() for part in _suite(rule, cases, card_of.get(rule))]
    everything = [case for cases in suites.values() for case in cases]
    head = f'<testsuites name="archlint" {_counts(everything)}>'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *told, "</testsuites>", ""])


def _finding(finding: Finding, report: Report) -> _Case:
    fails = finding.severity.rank <= report.fail_on.rank
    steps = [f"way {shown_place(step.place)}: {terminal(step.text)}" for step in way(finding)]
    return _Case(
        name=f"{finding.place.path}: {finding.message}",
        verdict="failure" if fails else "skipped",
        sort=finding.severity.value,
        message=f"{exact_place(finding.place)}: {finding.message}",
        body=lines([finding_line(finding), *steps]),
        path=finding.place.path,
        line=finding.place.span.line,
    )


def _problem(problem: Problem, report: Report) -> _Case:
    return _Case(
        name=f"{problem.path}: {problem.message}",
        verdict="skipped" if report.incomplete_passes else "error",
        sort=problem_head(problem),
        message=problem.message,
        body=lines([problem_line(problem)]),
        path=problem.path,
        line=problem.span.line,
    )


def _idle(report: Report) -> _Case:
    message = "no file was analysed; this is not a clean result"
    return _Case(message, "skipped" if report.incomplete_passes else "error", "incomplete", message)


def _distinct(cases: list[_Case]) -> list[_Case]:
    seen: Counter[str] = Counter()
    distinct = []
    for case in cases:
        seen[case.name] += 1
        number = seen[case.name]
        distinct.append(case if number == 1 else replace(case, name=f"{case.name} ({number})"))
    return distinct


def _suite(rule: str, cases: list[_Case], card: RuleCard | None) -> Iterator[str]:
    yield f'<testsuite name="{xml(rule)}" {_counts(cases)}>'
    for case in cases:
        yield from _case(rule, case, card)
    yield "</testsuite>"


def _case(rule: str, case: _Case, card: RuleCard | None) -> Iterator[str]:
    where = f' file="{xml(case.path)}" line="{case.line}"' if case.line else ""
    start = f'<testcase classname="{xml(rule)}" name="{xml(case.name)}"{where}'
    if not case.verdict:
        yield f"{start}/>"
        return
    yield f"{start}>"
    if case.verdict == "skipped":  # it has no type, and readers show its message alone
        yield f'<skipped message="{xml(f"{case.sort}: {case.message}")}"/>'
    else:
        yield f'<{case.verdict} type="{xml(case.sort)}" message="{xml(case.message)}">{_body(case, card)}</{case.verdict}>'
    yield "</testcase>"


def _body(case: _Case, card: RuleCard | None) -> str:
    advice = (("why", card.why), ("fix", card.fix)) if card else ()
    told = [
        *case.body.splitlines(),
        *(f"{label}: {' '.join(text.split())}" for label, text in advice if text),
    ]
    return "\n".join(map(xml, told))


def _counts(cases: list[_Case]) -> str:
    number_of = Counter(case.verdict for case in cases)
    counts = {"tests": len(cases), "failures": number_of["failure"], "errors": number_of["error"]}
    return " ".join(
        f'{name}="{number}"' for name, number in {**counts, "skipped": number_of["skipped"]}.items()
    )


REPORTER = Reporter("junit", "a test report, for services that show tests", from_top(render))
