"""Reports for services that show a repository: every place as the repository names it, not as the root does."""

from collections.abc import Callable

from msgspec.structs import replace

from archlint.extend import Style
from archlint.model import Finding, Place, Problem, Remark, Report, Suppressed
from archlint.suppression import Suppression


def from_top(render: Callable[[Report, Style], str]) -> Callable[[Report, Style], str]:
    """``render``, with places that begin at the repository's top. Fingerprints stay those of the root."""
    return lambda report, style: render(placed(report), style)


def placed(report: Report) -> Report:
    """The report with its places counted from the repository's top. What messages say is left as it is."""
    above = report.above
    if not above:
        return report
    return replace(
        report,
        above="",
        findings=tuple(_finding(each, above) for each in report.findings),
        known=tuple(_finding(each, above) for each in report.known),
        suppressed=tuple(
            Suppressed(_finding(each.finding, above), _suppression(each.by, above))
            for each in report.suppressed
        ),
        problems=tuple(_problem(each, above) for each in report.problems),
        excerpts={above + path: excerpt for path, excerpt in report.excerpts.items()},
    )


def _finding(finding: Finding, above: str) -> Finding:
    return replace(
        finding,
        place=_place(finding.place, above),
        related=_remarks(finding.related, above),
        flows=tuple(_remarks(flow, above) for flow in finding.flows),
    )


def _remarks(remarks: tuple[Remark, ...], above: str) -> tuple[Remark, ...]:
    return tuple(Remark(_place(remark.place, above), remark.text) for remark in remarks)


def _suppression(suppression: Suppression, above: str) -> Suppression:
    return replace(suppression, place=_place(suppression.place, above))


def _problem(problem: Problem, above: str) -> Problem:
    path = above.removesuffix("/") if problem.path == "." else above + problem.path
    return replace(problem, path=path)


def _place(place: Place, above: str) -> Place:
    return Place(above + place.path, place.span)
