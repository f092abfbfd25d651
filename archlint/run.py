"""The pipeline on one screen: files -> facts -> findings -> report. The only module that knows every stage."""

from collections.abc import Callable
from contextlib import ExitStack

import msgspec
from msgspec.structs import replace

from archlint.baseline import STALE, Baseline, Tally, compare, stale
from archlint.clock import Clock
from archlint.config.policy import CHANGED
from archlint.config.settings import Config
from archlint.evaluate import UNREAD, VACUOUS, card
from archlint.excerpt import excerpts
from archlint.git.command import above
from archlint.git.renames import renames_since
from archlint.judge import Judgement, Terms, judge
from archlint.learn import Progress
from archlint.model import Compared, Finding, Report
from archlint.overlay import Overlay
from archlint.request import Request as Request  # noqa: PLC0414 -- who calls `check` needs it, too
from archlint.selection import chosen_rules, heard
from archlint.since import ALLOWED, Result, introduced, newly_allowed, told
from archlint.source import Tree
from archlint.suppress import CARDS, OWN
from archlint.versions import Earlier, Versions, versions

Judging = Callable[[Tree, Terms, Clock, Progress], Judgement]


class Outcome(msgspec.Struct, frozen=True):
    """What a run has to say, and what it is said of."""

    report: Report
    config: Config
    judged: Judgement
    tally: Tally


def check(request: Request, progress: Progress = lambda _done, _total: None) -> Report:
    """Judge a tree. Raises ``ConfigError`` with every mistake before anything is judged."""
    if not request.cache:
        return run(request, progress).report
    from archlint.recall import judge_or_recall

    return _run(request, progress, judge_or_recall).report


def run(request: Request, progress: Progress = lambda _done, _total: None) -> Outcome:
    """The report of a run, with what it goes by."""
    return _run(request, progress, judge)


def _run(request: Request, progress: Progress, judging: Judging) -> Outcome:
    clock = Clock()
    with ExitStack() as opened:
        with clock.stage("config"):
            version = opened.enter_context(versions(request))
            config = _judged_by(version.config, request)
            terms = Terms(config, chosen_rules(config.rules, request.select, request.ignore), request)
        return _outcome(version, terms, clock, progress, judging)


def _outcome(version: Versions, terms: Terms, clock: Clock, progress: Progress, judging: Judging) -> Outcome:
    config, request = terms.config, terms.request
    tree = Overlay(config.root, request.overlay) if request.overlay else version.tree
    judged = judging(tree, terms, clock, progress)
    with clock.stage("baseline"):
        tally = _tally(judged, terms)
        findings = (*version.findings, *_left(judged, tally, terms))
    with clock.stage("excerpt"):
        shown = excerpts(tree, findings, judged.problems, config.limits.read_bytes)
    report = Report(
        rules=(
            *map(card, terms.rules),
            VACUOUS,
            UNREAD,
            *CARDS,
            STALE,
            *((CHANGED, ALLOWED) if request.gate else ()),
        ),
        findings=findings,
        suppressed=judged.suppressed,
        known=tuple(finding for finding, _ in tally.known),
        compared=Compared(len(tally.new), len(tally.fixed)) if config.baseline else None,
        shows_suppressed=request.shows_suppressed,
        problems=judged.problems,
        ledger=judged.ledger,
        excerpts=shown,
        fail_on=request.fail_on,
        incomplete_passes=request.incomplete_passes,
        above=above(config.root),
        is_idle=judged.is_idle,
        notices=(*config.notices, *judged.notices),
        laps=tuple(clock.laps),
        files=judged.files,
    )
    allowed = [each for each in judged.suppressed if each.by.in_source] if request.gate else []
    if version.earlier is not None and (allowed or (findings and request.since)):
        with clock.stage("compare"):
            report = _compared(version.earlier, report, terms)
    return Outcome(report, config, judged, tally)


def _judged_by(config: Config, request: Request) -> Config:
    """The configuration, with the ast-grep rules that a request names in place of its own."""
    if request.ast_grep_rules is None:
        return config
    from archlint.config.ast_grep import judged_by

    return judged_by(config, request)


def _tally(judged: Judgement, terms: Terms) -> Tally:
    """The findings of rules against the baseline."""
    baseline = terms.config.baseline or Baseline("")
    acceptable = (finding for finding in judged.findings if finding.rule not in OWN)
    return compare(
        acceptable, baseline, judged.judges, lambda: renames_since(terms.config.root, baseline.shown)
    )


def _left(judged: Judgement, tally: Tally, terms: Terms) -> tuple[Finding, ...]:
    """What is left to tell: the findings that are not known, and the entries that are mended.

    At a gate the baseline is that of the base, from which a change cannot take out what it mends.
    """
    known = {id(finding) for finding, _ in tally.known}
    left = [finding for finding in judged.findings if id(finding) not in known]
    if terms.config.baseline and not terms.request.gate:
        shown = terms.config.baseline.shown
        left += (stale(entry, shown) for entry in tally.fixed)
    return tuple(sorted(left, key=lambda found: (found.place, found.rule, found.message)))


def _compared(earlier: Earlier, report: Report, terms: Terms) -> Report:
    """The report, given what the same rules say of the earlier version of all files."""
    request = terms.request
    said = (*report.findings, *(each.finding for each in report.suppressed))
    then = Terms(terms.config, heard(terms.rules, said), replace(request, paths=()))
    judged = judge(earlier.tree, then, Clock(), lambda _done, _total: None)
    if judged.is_stopped:
        from archlint.interruption import uncompared

        return uncompared(report, only_new=request.since is not None)
    if request.gate:
        allowed = newly_allowed(report.suppressed, judged.suppressed, earlier.old_path)
        report = replace(report, findings=(*allowed, *report.findings))
    if not request.since:
        return report
    lines = excerpts(earlier.tree, judged.findings, (), terms.config.limits.read_bytes)
    now, before = Result(report.findings, report.excerpts), Result(judged.findings, lines)
    fresh = introduced(now, before, earlier.old_path)
    return replace(report, findings=fresh, notices=(*report.notices, told(now, fresh, earlier.name)))
