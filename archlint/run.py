"""The pipeline on one screen: files -> facts -> findings -> report. The only module that knows every stage."""

from dataclasses import replace

from archlint.clock import Clock
from archlint.config.ast_grep import judged_by
from archlint.config.policy import CHANGED
from archlint.evaluate import UNREAD, VACUOUS, card
from archlint.excerpt import excerpts
from archlint.judge import Terms, judge
from archlint.learn import Progress
from archlint.ledger import count
from archlint.model import Report
from archlint.plan import is_idle
from archlint.request import Request as Request  # noqa: PLC0414 -- who calls `check` needs it, too
from archlint.selection import chosen_rules, heard
from archlint.since import ALLOWED, Result, introduced, newly_allowed, told
from archlint.suppress import CARDS
from archlint.versions import Earlier, versions


def check(request: Request, progress: Progress = lambda _done, _total: None) -> Report:
    """Judge a tree. Raises ``ConfigError`` with every mistake before anything is judged."""
    clock = Clock()
    with clock.stage("config"):
        version = versions(request)
        config = judged_by(version.config, request)
        terms = Terms(config, chosen_rules(config.rules, request.select, request.ignore), request)
    judged = judge(version.tree, terms, clock, progress)
    findings = (*version.findings, *judged.findings)
    with clock.stage("excerpt"):
        shown = excerpts(version.tree, findings, judged.problems, config.limits.read_bytes)
    report = Report(
        rules=(
            *map(card, terms.rules),
            VACUOUS,
            UNREAD,
            *CARDS,
            *((CHANGED, ALLOWED) if request.gate else ()),
        ),
        findings=findings,
        suppressed=judged.suppressed,
        shows_suppressed=request.shows_suppressed,
        problems=judged.problems,
        ledger=count(judged.listing, judged.known.project, judged.known.exclusions, judged.chosen),
        excerpts=shown,
        fail_on=request.fail_on,
        incomplete_passes=request.incomplete_passes,
        is_idle=is_idle(terms.rules, judged.known.project),
        notices=config.notices,
        seconds=clock.seconds,
    )
    allowed = [each for each in judged.suppressed if each.by.in_source] if request.gate else []
    if version.earlier is None or not (allowed or (findings and request.since)):
        return report
    with clock.stage("compare"):
        return _compared(version.earlier, report, terms)


def _compared(earlier: Earlier, report: Report, terms: Terms) -> Report:
    """The report, given what the same rules say of the earlier version of all files."""
    request = terms.request
    said = (*report.findings, *(each.finding for each in report.suppressed))
    then = Terms(terms.config, heard(terms.rules, said), replace(request, paths=()))
    judged = judge(earlier.tree, then, Clock(), lambda _done, _total: None)
    if request.gate:
        allowed = newly_allowed(report.suppressed, judged.suppressed, earlier.old_path)
        report = replace(report, findings=(*allowed, *report.findings))
    if not request.since:
        return report
    lines = excerpts(earlier.tree, judged.findings, (), terms.config.limits.read_bytes)
    now, before = Result(report.findings, report.excerpts), Result(judged.findings, lines)
    fresh = introduced(now, before, earlier.old_path)
    return replace(report, findings=fresh, notices=(*report.notices, told(now, fresh, earlier.name)))
