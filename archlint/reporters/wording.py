"""How places and problems are put on a line of a terminal or log."""

from archlint.model import WHOLE_FILE, Extent, Finding, Place, Problem, Remark, Suppressed
from archlint.reporters.escape import terminal


def shown_place(place: Place) -> str:
    """``path:line:column``, or the path alone for a whole file. Columns count UTF-16 code units."""
    return terminal(place.path) if place.span == WHOLE_FILE else exact_place(place)


def exact_place(place: Place) -> str:
    """``path:line:column``, always."""
    return f"{terminal(place.path)}:{place.span.line}:{place.span.column}"


def finding_line(finding: Finding) -> str:
    """A finding on one line, as editors and grep like it."""
    head = f"{finding.severity.value}[{terminal(finding.rule)}]"
    return f"{exact_place(finding.place)}: {head} {terminal(finding.message)}"


def suppressed_line(suppressed: Suppressed) -> str:
    """A finding that is allowed, with the reason and where that is written."""
    finding, by = suppressed.finding, suppressed.by
    head = f"{exact_place(finding.place)}: suppressed[{terminal(finding.rule)}] {terminal(finding.message)}"
    terms = [by.reason or "no reason", *([f"until {by.until}"] if by.until else []), by.ticket]
    where = "" if by.in_source else f" ({exact_place(by.place)})"
    return f"{head} -- {terminal(', '.join(filter(None, terms)))}{where}"


def problem_line(problem: Problem) -> str:
    """A problem on one line, in the form of a finding's."""
    place = Place(problem.path, problem.span)
    return f"{exact_place(place)}: {problem_head(problem)} {terminal(problem.message)}"


def problem_head(problem: Problem) -> str:
    """``not read[too-large]``; ``partly read[syntax]`` where the rest of the file was read."""
    return f"{'not' if problem.extent is Extent.ALL else 'partly'} read[{problem.reason.value}]"


def way(finding: Finding) -> tuple[Remark, ...]:
    """The first way by which a finding came about, without where it starts if the finding stands there."""
    steps = next(iter(finding.flows), ())
    return steps[1:] if steps and steps[0].place == finding.place else steps
