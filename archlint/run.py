"""The pipeline on one screen: files -> facts -> findings -> report. The only module that knows every stage."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archlint.clock import Clock, today
from archlint.config import load
from archlint.discover import discover
from archlint.evaluate import UNREAD, VACUOUS, card, evaluate
from archlint.excerpt import excerpts
from archlint.learn import Progress, learn, overheard
from archlint.ledger import count, problems_of
from archlint.model import Report, Severity
from archlint.plan import is_idle
from archlint.project import Project
from archlint.selection import chosen_files, chosen_rules, confined
from archlint.suppress import CARDS, Trial, suppress
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


def check(request: Request, progress: Progress = lambda _done, _total: None) -> Report:
    """Judge a tree. Raises ``ConfigError`` with every mistake before anything is judged."""
    clock = Clock()
    with clock.stage("config"):
        config = load(request.root, request.config, request.cwd)
        rules = chosen_rules(config.rules, request.select, request.ignore)
    with clock.stage("discover"):
        listing = discover(config.root, config.exclude)
        chosen = chosen_files(listing, config.root, request.cwd, request.paths)
    project = Project(listing.paths, config.zones, left_out=listing.left_out, aliases=config.aliases)
    with Workers(config.root, config.limits, request.jobs) as workers:
        with clock.stage("gather"):
            known = learn(workers, rules, project, chosen, progress)
        with clock.stage("evaluate"):
            found = confined(evaluate(rules, known.project), listing, chosen)
            problems = problems_of(listing, known.project)
        with clock.stage("suppress"):
            comments = known.comments | overheard(workers, known, (finding.place.path for finding in found))
            trial = Trial(rules, config.ids, known.project, request.today or today(), problems, chosen)
            verdict = suppress(found, comments, config.allowed, trial)
    with clock.stage("excerpt"):
        shown = excerpts(config.root, verdict.findings, problems, config.limits.read_bytes)
    return Report(
        rules=(*map(card, rules), VACUOUS, UNREAD, *CARDS),
        findings=verdict.findings,
        suppressed=verdict.suppressed,
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
