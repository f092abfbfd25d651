"""The last lines of the text formats: how many findings, and how every file ended."""

from collections import Counter
from collections.abc import Iterator

from archlint.extend import Style
from archlint.laps import Part
from archlint.model import Ledger, Report, Severity, Suppressed
from archlint.reporters.colour import BOLD, GREEN, RED, YELLOW, paint
from archlint.reporters.escape import terminal

BUILT_IN = "built-in"
"""The kind of the rules that archlint brings to speak of the run itself."""


def counted(number: int, noun: str) -> str:
    """``1 file``, ``2,000 files``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary(report: Report, style: Style) -> Iterator[str]:
    """A line of findings, one of those allowed, one of files, and where something was not read one that says so."""
    yield _findings(report, style)
    if report.suppressed:
        yield _suppressed(report)
    if report.compared is not None:
        known, new, fixed = len(report.known), report.compared.new, report.compared.fixed
        yield f"baseline: {known:,} known, {new:,} new, {fixed:,} fixed"
    yield _files(report.ledger)
    if style.verbosity > 0:
        yield from _details(report)
    if not report.complete:
        yield paint(_incomplete(report), YELLOW, style)


def rule_count(report: Report) -> int:
    """The rules that ran, without the built-in ones."""
    return sum(card.kind != BUILT_IN for card in report.rules)


def _findings(report: Report, style: Style) -> str:
    rules = f" ({counted(rule_count(report), 'rule')})"
    if not report.findings:
        return paint("no findings", GREEN if report.complete else BOLD, style) + rules
    number_of = Counter(finding.severity for finding in report.findings)
    parts = [counted(number_of[severity], severity.value) for severity in Severity if number_of[severity]]
    files = len({finding.place.path for finding in report.findings})
    return paint(", ".join(parts), RED, style) + f" in {counted(files, 'file')}" + rules


def shown_suppressed(report: Report) -> tuple[Suppressed, ...]:
    """The findings that are allowed, if the user asks to see them."""
    return report.suppressed if report.shows_suppressed else ()


def _suppressed(report: Report) -> str:
    by_comments = sum(each.by.in_source for each in report.suppressed)
    by_configuration = len(report.suppressed) - by_comments
    parts = [f"{by_comments:,} by comments"] if by_comments else []
    parts += [f"{by_configuration:,} by configuration"] if by_configuration else []
    return f"suppressed: {len(report.suppressed):,} ({', '.join(parts)})"


def _files(ledger: Ledger) -> str:
    reasons = ", ".join(f"{number:,} {terminal(reason)}" for reason, number in _reasons(ledger))
    return (
        f"files: {ledger.total:,} = {ledger.analysed:,} analysed + {ledger.partial:,} partial"
        f" + {ledger.not_analysed:,} not analysed + {ledger.excluded:,} excluded"
    ) + (f" ({reasons})" if reasons else "")


def _reasons(ledger: Ledger) -> list[tuple[str, int]]:
    """Why files were excluded, the most frequent reason first."""
    return sorted(ledger.excluded_because.items(), key=lambda item: (-item[1], item[0]))


def _details(report: Report) -> Iterator[str]:
    stages = (lap for lap in report.laps if lap.part is Part.STAGE)
    yield from (f"time: {terminal(lap.name)} {lap.seconds:.3f} s" for lap in stages)


def _incomplete(report: Report) -> str:
    unread = report.ledger.partial + report.ledger.not_analysed
    unread = unread or len({problem.path for problem in report.problems})
    if not unread:
        return "incomplete: no file was analysed; this is not a clean result"
    were = "was" if unread == 1 else "were"
    return f"incomplete: {counted(unread, 'file')} {were} not (fully) read; this is not a clean result"
