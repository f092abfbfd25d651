"""The pipeline on one screen: files -> facts -> findings -> report. The only module that knows every stage."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archlint.clock import Clock
from archlint.config import load
from archlint.discover import discover
from archlint.evaluate import UNREAD, VACUOUS, card, evaluate
from archlint.excerpt import excerpts
from archlint.facts import Demand, Facts
from archlint.gather import gather, merge
from archlint.ledger import count, problems_of
from archlint.model import Exclusion, Report, Rule, Severity
from archlint.plan import by_path, follow_ups, is_idle, questions
from archlint.project import Project
from archlint.project.following.pursuit import Pursuit
from archlint.selection import chosen_files, chosen_rules, confined
from archlint.workers.pool import Demands, Workers

# Each round asks for something new; a chain of files that export again what the last did takes a round each.
_ROUNDS = 10_000
Progress = Callable[[int, int], None]


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
    with clock.stage("gather"), Workers(config.root, config.limits, request.jobs) as workers:
        known = _learn(workers, rules, Known(Project(listing.paths, config.zones)), chosen, progress)
    with clock.stage("evaluate"):
        findings = confined(evaluate(rules, known.project), listing, chosen)
        problems = problems_of(listing, known.project)
    with clock.stage("excerpt"):
        shown = excerpts(config.root, findings, problems, config.limits.read_bytes)
    return Report(
        rules=(*map(card, rules), VACUOUS, UNREAD),
        findings=findings,
        problems=problems,
        ledger=count(listing, known.project, known.exclusions, chosen),
        excerpts=shown,
        fail_on=request.fail_on,
        incomplete_passes=request.incomplete_passes,
        is_idle=is_idle(rules, known.project),
        notices=config.notices,
        seconds=clock.seconds,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What has been learnt of a tree so far."""

    project: Project
    exclusions: tuple[Exclusion, ...] = ()


def _learn(
    workers: Workers,
    rules: tuple[Rule[Any], ...],
    known: Known,
    chosen: frozenset[str] | None,
    progress: Progress,
) -> Known:
    """Ask, and ask again with what was learnt, until the rules want to know nothing more."""
    asked: frozenset[Demand] = frozenset()
    pursuit = Pursuit()
    known = replace(known, project=replace(known.project, loans=pursuit.loans))
    for _ in range(_ROUNDS):
        following = follow_ups(pursuit, known.project)
        asking = (*questions(rules, known.project, chosen), *following)
        fresh = [each for each in asking if each.demand not in asked]
        asked |= {each.demand for each in fresh}
        orders = by_path(fresh) if fresh else pursuit.orders()
        if not orders:
            break
        known, learnt = _ask(workers, known, orders, progress)
        pursuit.learn(learnt)
    return known


def _ask(
    workers: Workers, known: Known, orders: Demands, progress: Progress
) -> tuple[Known, Iterable[Facts]]:
    """What is known after files answered, and their answers."""
    answers = gather(workers, orders, progress)
    facts = known.project.facts_by_path
    merged = {
        path: merge(facts[path], later) if path in facts else later for path, later in answers.facts.items()
    }
    project = known.project.knowing(merged)
    return Known(project, (*known.exclusions, *answers.exclusions)), answers.facts.values()
