"""The pipeline on one screen: files -> facts -> findings -> report. The only module that knows every stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from archlint.baseline import STALE, Baseline, Tally, compare, stale
from archlint.clock import Clock, today
from archlint.config import load
from archlint.config.settings import Config
from archlint.discover import discover
from archlint.evaluate import UNREAD, VACUOUS, card, evaluate
from archlint.excerpt import excerpts
from archlint.learn import Progress, learn, overheard
from archlint.ledger import count, problems_of
from archlint.model import Compared, Finding, Report, Severity
from archlint.overlay import Overlay
from archlint.plan import is_idle
from archlint.project import Project
from archlint.renames import renames_since
from archlint.selection import chosen_files, chosen_rules, confined
from archlint.suppress import CARDS, OWN, Trial, is_judged, suppress
from archlint.suppression import Suppression
from archlint.workers.pool import Workers


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asks for. Paths are as given, relative to ``cwd``."""

    cwd: Path
    root: Path | None = None
    config: Path | None = None
    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.ERROR
    incomplete_passes: bool = False
    shows_suppressed: bool = False
    today: date | None = None
    """The day by which suppressions run out; None for the day it is."""
    jobs: int = 1
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    """What to judge in place of what files hold, by path."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run has to say, and how that compares with the baseline."""

    report: Report
    config: Config
    tally: Tally
    useless: tuple[tuple[Suppression, frozenset[str]], ...] = ()
    """The suppressions that allow nothing, or ran out, each with the rules of which that is so."""


def check(request: Request, progress: Progress = lambda _done, _total: None) -> Report:
    """Judge a tree. Raises ``ConfigError`` with every mistake before anything is judged."""
    return judge(request, progress).report


def judge(request: Request, progress: Progress = lambda _done, _total: None) -> Judged:
    """The report of a run, with what it goes by."""
    clock = Clock()
    with clock.stage("config"):
        config = load(request.root, request.config, request.cwd)
        rules = chosen_rules(config.rules, request.select, request.ignore)
    with clock.stage("discover"):
        tree = Overlay(config.root, request.overlay) if request.overlay else config.root
        listing = discover(tree, config.exclude)
        chosen = chosen_files(listing, config.root, request.cwd, request.paths)
    project = Project(listing.paths, config.zones, left_out=listing.left_out)
    with Workers(tree, config.limits, request.jobs) as workers:
        with clock.stage("gather"):
            known = learn(workers, rules, project, chosen, progress)
        with clock.stage("evaluate"):
            found = confined(evaluate(rules, known.project), listing, chosen)
            problems = problems_of(listing, known.project)
        with clock.stage("suppress"):
            comments = known.comments | overheard(workers, known, (finding.place.path for finding in found))
            trial = Trial(rules, config.ids, known.project, request.today or today(), problems, chosen)
            verdict = suppress(found, comments, config.allowed, trial)
    with clock.stage("baseline"):
        tally = _compared(verdict.findings, config, trial)
        findings = _failing(verdict.findings, tally, config)
    with clock.stage("excerpt"):
        shown = excerpts(tree, findings, problems, config.limits.read_bytes)
    report = Report(
        rules=(*map(card, rules), VACUOUS, UNREAD, *CARDS, STALE),
        findings=findings,
        suppressed=verdict.suppressed,
        known=tuple(finding for finding, _ in tally.known),
        compared=Compared(len(tally.new), len(tally.fixed)) if config.baseline else None,
        shows_suppressed=request.shows_suppressed,
        problems=problems,
        ledger=count(listing, known.project, known.exclusions, chosen),
        excerpts=shown,
        fail_on=request.fail_on,
        incomplete_passes=request.incomplete_passes,
        is_idle=is_idle(rules, known.project),
        notices=config.notices,
        seconds=clock.seconds,
    )
    return Judged(report, config, tally, verdict.useless)


def _compared(findings: tuple[Finding, ...], config: Config, trial: Trial) -> Tally:
    """The findings of rules against the baseline."""

    def judged(rule: str, path: str) -> bool:
        if rule not in trial.known:
            return trial.chosen is None
        return is_judged(rule, frozenset({path}), trial)

    baseline = config.baseline or Baseline("")
    acceptable = (finding for finding in findings if finding.rule not in OWN)
    return compare(acceptable, baseline, judged, lambda: renames_since(config.root, baseline.shown))


def _failing(findings: tuple[Finding, ...], tally: Tally, config: Config) -> tuple[Finding, ...]:
    """What is left to tell: the findings that are not known, and the entries that are mended."""
    known = {id(finding) for finding, _ in tally.known}
    left = [finding for finding in findings if id(finding) not in known]
    if config.baseline:
        left += (stale(entry, config.baseline.shown) for entry in tally.fixed)
    return tuple(sorted(left, key=lambda found: (found.place, found.rule, found.message)))
