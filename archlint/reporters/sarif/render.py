"""The SARIF log of a report: one run, every rule, and aloud whatever was left out.

Suppressed findings are left out unless asked for: GitHub opens alerts for them (github/codeql-action#1230). A
category is never written: its upload action sets one only where the file has none.
"""

from collections.abc import Iterator

import msgspec

from archlint import __version__
from archlint.extend import Reporter, Style
from archlint.model import Place, Problem, Report
from archlint.reporters.escape import json_document
from archlint.reporters.from_top import from_top
from archlint.reporters.sarif.descriptors import notification, rule, sentence
from archlint.reporters.sarif.log import (
    SCHEMA,
    ArtifactLocation,
    DescriptorReference,
    Invocation,
    Log,
    Message,
    Notification,
    Run,
    RunProperties,
    Tool,
    ToolComponent,
)
from archlint.reporters.sarif.results import RESULTS, ROOT, UNREAD_FILE, location, message, results
from archlint.reporters.summary import shown_suppressed

_NOTIFICATIONS = (
    notification(UNREAD_FILE, "A file was not read.", "A file in scope was not read, or not read whole."),
    notification("results-cut", "Results were left out.", "The log holds the heaviest results only."),
    notification("run-notice", "A notice about the run.", "What the user should know about the run itself."),
)
_INDEX_OF = {descriptor.id: index for index, descriptor in enumerate(_NOTIFICATIONS)}
_PROBLEMS = 1_000


def render(report: Report, _style: Style) -> str:
    """The log, indented; the same bytes for the same report."""
    log = Log(SCHEMA, "2.1.0", [_run(report)])
    encoded = msgspec.json.format(msgspec.json.encode(log), indent=2)
    return json_document(encoded.decode()) + "\n"


def cut(report: Report) -> str:
    """How many results the log leaves out, as a sentence; '' if it holds all."""
    return _beyond("results", len(report.findings) + len(report.problems), RESULTS)


def _run(report: Report) -> Run:
    in_all = _in_all(report)
    return Run(
        tool=Tool(
            ToolComponent(
                name="archlint",
                semantic_version=__version__,
                rules=[rule(card) for card in report.rules],
                notifications=[*_NOTIFICATIONS],
            )
        ),
        # GitHub refuses a file that says its run was unsuccessful, and findings or unread files are no failure.
        invocations=[Invocation(execution_successful=True, tool_execution_notifications=[*_notify(report)])],
        original_uri_base_ids={ROOT: ArtifactLocation(description=Message("The root of the repository."))},
        column_kind="utf16CodeUnits",
        results=results(report),
        properties=RunProperties(
            complete=report.complete,
            results_in_all=in_all,
            results_left_out=max(in_all - RESULTS, 0),
        ),
    )


def _in_all(report: Report) -> int:
    return len(report.findings) + len(report.problems) + len(shown_suppressed(report))


def _notify(report: Report) -> Iterator[Notification]:
    yield from _cut("results", _in_all(report), RESULTS)
    yield from map(_unread, report.problems[:_PROBLEMS])
    yield from _cut("notifications of files not read", len(report.problems), _PROBLEMS)
    for notice in report.notices:
        yield _notification("run-notice", "note", sentence(notice))


def _cut(what: str, number: int, limit: int) -> Iterator[Notification]:
    if text := _beyond(what, number, limit):
        yield _notification("results-cut", "warning", text)


def _beyond(what: str, number: int, limit: int) -> str:
    if number <= limit:
        return ""
    return f"{number - limit:,} of {number:,} {what} were left out; archlint writes at most {limit:,}."


def _unread(problem: Problem) -> Notification:
    text = message(f"{problem.reason.value}: {problem.message}")
    return _notification(UNREAD_FILE, "warning", text, Place(problem.path, problem.span))


def _notification(identifier: str, level: str, text: str, *places: Place) -> Notification:
    return Notification(
        DescriptorReference(identifier, _INDEX_OF[identifier]),
        level,
        Message(text),
        [location(place) for place in places],
    )


REPORTER = Reporter("sarif", "SARIF 2.1.0, for code scanning", from_top(render), cut)
