"""A report as the document of format ``json``."""

from collections import Counter

import msgspec

from archlint import __version__
from archlint.extend import Reporter, Style
from archlint.model import Finding, Ledger, Place, Problem, Remark, Report, RuleCard, Severity, Suppressed
from archlint.reporters.escape import json_document, uri, well_formed
from archlint.reporters.json.document import (
    VERSION,
    BaselineObject,
    Document,
    Files,
    FindingObject,
    Location,
    Note,
    ProblemObject,
    RuleObject,
    Summary,
    SuppressedObject,
    Tool,
)
from archlint.reporters.summary import rule_count, shown_suppressed


def render(report: Report, _style: Style) -> str:
    """The document, indented, without anything that differs between two runs over the same bytes."""
    encoded = msgspec.json.format(msgspec.json.encode(_document(report)), indent=2)
    return json_document(encoded.decode()) + "\n"


def _document(report: Report) -> Document:
    return Document(
        version=VERSION,
        tool=Tool("archlint", __version__),
        complete=report.complete,
        exit_code=report.exit_code,
        summary=_summary(report),
        findings=[_finding(finding) for finding in report.findings],
        problems=[_problem(problem) for problem in report.problems],
        rules=[_rule(card) for card in report.rules],
        files=_files(report.ledger),
        notices=[well_formed(notice) for notice in report.notices],
        suppressed=[_suppressed(each) for each in shown_suppressed(report)],
    )


def _summary(report: Report) -> Summary:
    number_of = Counter(finding.severity for finding in report.findings)
    return Summary(
        errors=number_of[Severity.ERROR],
        warnings=number_of[Severity.WARNING],
        notes=number_of[Severity.NOTE],
        files_with_findings=len({finding.place.path for finding in report.findings}),
        rules=rule_count(report),
        suppressed=len(report.suppressed),
        baseline=_baseline(report),
    )


def _baseline(report: Report) -> BaselineObject | None:
    if report.compared is None:
        return None
    return BaselineObject(len(report.known), report.compared.new, report.compared.fixed)


def _finding(finding: Finding) -> FindingObject:
    return FindingObject(
        rule=well_formed(finding.rule),
        severity=finding.severity.value,
        message=well_formed(finding.message),
        place=_location(finding.place),
        fingerprint=well_formed(finding.fingerprint),
        related=_notes(finding.related),
        flows=[_notes(flow) for flow in finding.flows],
    )


def _suppressed(suppressed: Suppressed) -> SuppressedObject:
    by = suppressed.by
    return SuppressedObject(
        finding=_finding(suppressed.finding),
        in_source=by.in_source,
        reason=well_formed(by.reason),
        place=_location(by.place),
        until=by.until.isoformat() if by.until else None,
        ticket=well_formed(by.ticket) or None,
    )


def _notes(remarks: tuple[Remark, ...]) -> list[Note]:
    return [Note(_location(remark.place), well_formed(remark.text)) for remark in remarks]


def _location(place: Place) -> Location:
    path, span = well_formed(place.path), place.span
    exact = None if path == place.path else uri(place.path)
    return Location(path, span.line, span.column, span.end_line, span.end_column, exact)


def _problem(problem: Problem) -> ProblemObject:
    return ProblemObject(
        reason=problem.reason.value,
        extent=problem.extent.value,
        message=well_formed(problem.message),
        place=_location(Place(problem.path, problem.span)),
    )


def _rule(card: RuleCard) -> RuleObject:
    return RuleObject(
        id=well_formed(card.id),
        kind=well_formed(card.kind),
        severity=card.severity.value,
        summary=well_formed(card.summary),
        why=well_formed(card.why),
        fix=well_formed(card.fix),
        enforces=[well_formed(requirement) for requirement in card.enforces],
    )


def _files(ledger: Ledger) -> Files:
    return Files(
        total=ledger.total,
        analysed=ledger.analysed,
        partial=ledger.partial,
        not_analysed=ledger.not_analysed,
        excluded=ledger.excluded,
        excluded_because={
            well_formed(reason): number for reason, number in sorted(ledger.excluded_because.items())
        },
    )


REPORTER = Reporter("json", "the whole report, for programs", render)
