"""Format ``github``: annotations for a workflow run. Each finding stands once, annotated or as a plain line.

GitHub keeps 10 annotations of a level for a step (actions/toolkit, docs/problem-matchers.md); the heaviest
findings come first, and those past the limit follow as lines of the log.
"""

from archlint.extend import Reporter, Style
from archlint.model import WHOLE_FILE, Finding, Place, Problem, Report, Severity
from archlint.reporters.escape import lines, terminal, workflow_command
from archlint.reporters.from_top import from_top
from archlint.reporters.summary import counted, summary
from archlint.reporters.wording import exact_place, finding_line, problem_head, problem_line

_ANNOTATIONS = 10
_COMMAND_OF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, style: Style) -> str:
    """Annotations, then what GitHub would not annotate, then how many those are, notices and the summary."""
    commands: list[str] = []
    rest: list[str] = []
    for severity in Severity:
        alike = [finding for finding in report.findings if finding.severity is severity]
        commands += map(_finding, alike[:_ANNOTATIONS])
        rest += map(finding_line, alike[_ANNOTATIONS:])
        if severity is Severity.WARNING:
            room = max(_ANNOTATIONS - len(alike), 0)
            commands += map(_problem, report.problems[:room])
            rest += map(problem_line, report.problems[room:])
    if rest:
        many = counted(len(rest), "line")
        rest.append(f"not annotated, for GitHub takes {_ANNOTATIONS} of a level: the {many} above")
    notices = [f"note: {terminal(notice)}" for notice in report.notices]
    return "".join(f"{command}\n" for command in commands) + lines([*rest, *notices, *summary(report, style)])


def _finding(finding: Finding) -> str:
    text = f"{exact_place(finding.place)}: {finding.message}"
    properties = _where(finding.place) | {"title": f"archlint {finding.rule}"}
    return workflow_command(_COMMAND_OF[finding.severity], properties, text)


def _problem(problem: Problem) -> str:
    place = Place(problem.path, problem.span)
    properties = _where(place) | {"title": f"archlint {problem_head(problem)}"}
    return workflow_command("warning", properties, f"{exact_place(place)}: {problem.message}")


def _where(place: Place) -> dict[str, str]:
    """The properties of a place. GitHub takes columns only where the first line is also the last."""
    span = place.span
    where = {"file": place.path, "line": str(span.line)}
    if span == WHOLE_FILE:
        return where
    if span.end_line != span.line:  # astral-sh/ruff#22074
        return where | {"endLine": str(span.end_line)}
    columns = {"col": str(span.column), "endLine": str(span.end_line), "endColumn": str(span.end_column)}
    return where | columns


REPORTER = Reporter("github", "annotations in a GitHub workflow run", from_top(render))
