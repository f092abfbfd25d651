"""Findings and problems as SARIF results."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from archlint import suppression
from archlint.model import WHOLE_FILE, Extent, Finding, Place, Problem, Remark, Report, Severity, Span
from archlint.reporters.escape import sarif_link_text, sarif_text, uri, well_formed
from archlint.reporters.sarif.descriptors import clipped, sentence
from archlint.reporters.sarif.log import (
    ArtifactLocation,
    CodeFlow,
    Location,
    Message,
    PhysicalLocation,
    Region,
    Result,
    Suppression,
    ThreadFlow,
    ThreadFlowLocation,
)
from archlint.reporters.summary import shown_suppressed

UNREAD_FILE = "unread-file"
"""The rule whose results are the files that were not read."""
ROOT = "%SRCROOT%"
# GitHub, "SARIF results exceed limits": 5,000 results of a run, 100 locations of a result and 1,000 steps of a
# flow are kept; what is beyond is dropped, or refused, without a word.
RESULTS = 5_000
_RELATED = 100
_STEPS = 1_000
_LINKS = 10
_FLOWS = 10
_MESSAGE = 2_000


def results(report: Report) -> list[Result]:
    """The heaviest ``RESULTS`` of the report, by severity and then by place; after them what is allowed."""
    index_of = {card.id: index for index, card in enumerate(report.rules)}
    items: list[Finding | Problem] = [*report.findings, *report.problems]
    told = [
        _finding(item, index_of, report) if isinstance(item, Finding) else _problem(item, index_of, report)
        for item in sorted(items, key=_weight)[:RESULTS]
    ]
    if not shown_suppressed(report):
        return told
    open_ones = [replace(result, suppressions=[]) for result in told]
    allowed = [
        replace(_finding(each.finding, index_of, report), suppressions=[_suppression(each.by)])
        for each in report.suppressed
    ]
    return (open_ones + allowed)[:RESULTS]


def _suppression(by: suppression.Suppression) -> Suppression:
    terms = [by.reason, f"until {by.until}" if by.until else "", by.ticket]
    return Suppression(
        kind="inSource" if by.in_source else "external",
        status="accepted",
        justification=clipped(well_formed(", ".join(filter(None, terms))), _MESSAGE) or None,
        location=location(by.place),
    )


def location(place: Place, number: int | None = None, text: str = "") -> Location:
    """A place, with the number by which a message links to it."""
    return Location(
        PhysicalLocation(ArtifactLocation(uri(place.path), ROOT), _region(place.span)),
        id=number,
        message=Message(clipped(sarif_text(text), _MESSAGE)) if text else None,
    )


def message(text: str) -> str:
    """A finding's or problem's own words as a SARIF message that is no longer than anybody reads."""
    return sarif_text(sentence(clipped(text, _MESSAGE)))


def _weight(item: Finding | Problem) -> tuple[int, str, Span, str, str]:
    if isinstance(item, Finding):
        return (item.severity.rank, item.place.path, item.place.span, item.rule, item.message)
    return (Severity.NOTE.rank, item.path, item.span, UNREAD_FILE, item.message)


def _finding(finding: Finding, index_of: Mapping[str, int], report: Report) -> Result:
    related = finding.related[:_RELATED]
    return Result(
        rule_id=well_formed(finding.rule),
        rule_index=index_of.get(finding.rule),
        level=finding.severity.value,
        message=Message(message(finding.message or finding.rule) + _links(related[:_LINKS])),
        locations=[location(finding.place)],
        related_locations=[
            location(remark.place, number, remark.text) for number, remark in enumerate(related, start=1)
        ],
        code_flows=[_code_flow(flow[:_STEPS]) for flow in finding.flows[:_FLOWS]],
        partial_fingerprints={
            **_line_hash(finding.place, report),
            "archlint/v1": well_formed(finding.fingerprint),
        },
    )


def _problem(problem: Problem, index_of: Mapping[str, int], report: Report) -> Result:
    place = Place(problem.path, problem.span)
    return Result(
        rule_id=UNREAD_FILE,
        rule_index=index_of.get(UNREAD_FILE),
        level=Severity.NOTE.value,
        message=Message(message(_unread(problem))),
        locations=[location(place)],
        partial_fingerprints=_line_hash(place, report),
    )


def _unread(problem: Problem) -> str:
    extent = "Not" if problem.extent is Extent.ALL else "Partly"
    return f"{extent} read ({problem.reason.value}): {problem.message}"


def _line_hash(place: Place, report: Report) -> dict[str, str]:
    """Exactly GitHub's own value, or nothing: its action warns of each one that differs."""
    excerpt = report.excerpts.get(place.path)
    line_hash = excerpt.line_hashes.get(place.span.line) if excerpt else None
    return {"primaryLocationLineHash": line_hash} if line_hash else {}


def _links(related: Iterable[Remark]) -> str:
    """GitHub shows a related location only where the message links to it."""
    links = [
        f"[{sarif_link_text(clipped(remark.text or remark.place.path, _MESSAGE))}]({number})"
        for number, remark in enumerate(related, start=1)
    ]
    return f" See {', '.join(links)}." if links else ""


def _code_flow(flow: Iterable[Remark]) -> CodeFlow:
    steps = [ThreadFlowLocation(location(remark.place, text=remark.text)) for remark in flow]
    return CodeFlow([ThreadFlow(steps)])


def _region(span: Span) -> Region:
    """The span, less what would make the region invalid or drag in a line it does not touch."""
    if span == WHOLE_FILE:
        return Region(1)
    if span.end_line > span.line and span.end_column == 1:  # up to a line end: no character of the next line
        return Region(span.line, span.column, span.end_line - 1)
    empty = (span.end_line, span.end_column) <= (span.line, span.column)
    return Region(span.line, span.column, max(span.end_line, span.line), None if empty else span.end_column)
