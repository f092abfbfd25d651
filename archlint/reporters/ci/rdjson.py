"""Format ``rdjson``: Reviewdog Diagnostic Format, for comments of reviewdog on any code host.

Its columns count UTF-8 bytes and its end is one past (reviewdog/reviewdog, proto/rdf/reviewdog.proto); they are
counted on the lines that a report holds. A range without columns means whole lines.
"""

import msgspec

from archlint.extend import Reporter, Style
from archlint.model import WHOLE_FILE, Excerpt, Place, Remark, Report, Severity
from archlint.position import byte_column, utf16_length
from archlint.reporters.escape import json_document, well_formed
from archlint.reporters.from_top import from_top
from archlint.reporters.wording import problem_head, shown_place, way

_SEVERITY = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}
_CUT = "…"  # how a line ends that the report does not hold whole


class _Object(msgspec.Struct, frozen=True, omit_defaults=True):
    pass


class Position(_Object, frozen=True):
    """From 1; the column in bytes."""

    line: int
    column: int | None = None


class Range(_Object, frozen=True):
    """``end`` is one past, or without columns the last line."""

    start: Position
    end: Position


class Location(_Object, frozen=True):
    """A place; without a range, the file."""

    path: str
    range: Range | None = None


class Named(_Object, frozen=True):
    """Who wrote the document."""

    name: str


class Code(_Object, frozen=True):
    """A rule."""

    value: str


class Diagnostic(_Object, frozen=True):
    """A finding, or a file that was not read."""

    message: str
    location: Location
    severity: str
    code: Code


class DiagnosticResult(_Object, frozen=True):
    """The document."""

    source: Named
    diagnostics: list[Diagnostic]


def render(report: Report, _style: Style) -> str:
    """Findings and then files not read, in the report's order."""
    found = [
        Diagnostic(
            message=_message(finding.message, way(finding)),
            location=_location(finding.place, report),
            severity=_SEVERITY[finding.severity],
            code=Code(well_formed(finding.rule)),
        )
        for finding in report.findings
    ]
    unread = [
        Diagnostic(
            message=_message(f"{problem_head(problem)}: {problem.message}"),
            location=_location(Place(problem.path, problem.span), report),
            severity=_SEVERITY[Severity.NOTE],
            code=Code("unread-file"),
        )
        for problem in report.problems
    ]
    document = DiagnosticResult(Named("archlint"), [*found, *unread])
    encoded = msgspec.json.format(msgspec.json.encode(document), indent=2)
    return json_document(encoded.decode()) + "\n"


def _message(text: str, steps: tuple[Remark, ...] = ()) -> str:
    told = [" ".join(text.split()), *(f"way {shown_place(step.place)}: {step.text}" for step in steps)]
    return "\n".join(map(well_formed, told))


def _location(place: Place, report: Report) -> Location:
    path = well_formed(place.path)
    if place.span == WHOLE_FILE:
        return Location(path)
    span, excerpt = place.span, report.excerpts.get(place.path)
    start = _column(excerpt, span.line, span.column)
    end = _column(excerpt, span.end_line, span.end_column)
    if start is None or end is None:
        # Without columns the last line is part of the range, which here ends before its first character.
        last = span.end_line - (span.end_column == 1)
        return Location(path, Range(Position(span.line), Position(max(span.line, last))))
    return Location(path, Range(Position(span.line, start), Position(span.end_line, end)))


def _column(excerpt: Excerpt | None, line: int, utf16_column: int) -> int | None:
    """The column in bytes; None if the report does not hold the line that far, or as it is in the file."""
    if utf16_column == 1:
        return 1
    text = excerpt.lines.get(line) if excerpt else None
    if text is None or "\ufffd" in text or utf16_length(text.removesuffix(_CUT)) + 1 < utf16_column:
        return None
    return byte_column(text, utf16_column)


REPORTER = Reporter("rdjson", "Reviewdog Diagnostic Format", from_top(render))
