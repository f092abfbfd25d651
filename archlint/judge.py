"""One version of a tree judged: files -> facts -> findings, less what is allowed."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from archlint.clock import Clock, today
from archlint.config.settings import Config
from archlint.discover import discover
from archlint.evaluate import evaluate
from archlint.laps import Lap, Part
from archlint.learn import Known, Progress, learn, overheard
from archlint.ledger import count, problems_of
from archlint.model import Finding, Ledger, Listing, Problem, Rule, Suppressed
from archlint.plan import is_idle
from archlint.request import Request
from archlint.selection import chosen_files, confined, project_of
from archlint.source import Tree
from archlint.suppress import Trial, Verdict, is_judged, suppress
from archlint.suppression import Suppression
from archlint.workers.pool import Workers

if TYPE_CHECKING:
    from archlint.cache.cache import Cache
    from archlint.cache.statuses import Status


class Terms(msgspec.Struct, frozen=True):
    """By what a tree is judged."""

    config: Config
    rules: tuple[Rule[Any], ...]  # Any: rules of all kinds stand together
    request: Request


class Listed(msgspec.Struct, frozen=True):
    """What there is to be judged."""

    listing: Listing
    chosen: frozenset[str] | None
    """The files that the run is confined to; None for all."""
    started_ns: int = 0
    """When the files were listed; 0 if nobody looked at them since."""
    statuses: "Mapping[str, Status]" = {}
    """Those of files, as they were looked up after that."""


class Judgement(msgspec.Struct, frozen=True):
    """What the rules say of a tree, and what was read to know it."""

    listing: Listing
    chosen: frozenset[str] | None
    """The files that the run is confined to; None for all."""
    known: Known
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    trial: Trial
    ledger: Ledger
    is_idle: bool = False
    """Whether no rule had anything to look at."""
    useless: tuple[tuple[Suppression, frozenset[str]], ...] = ()
    """The suppressions that allow nothing, or ran out, each with the rules of which that is so."""
    notices: tuple[str, ...] = ()
    """What the user should know about the cache."""
    files: Mapping[str, int] = msgspec.field(default_factory=dict)
    """How many files were read, were parsed, and were known from earlier runs."""
    is_stopped: bool = False
    """Whether files were left unread because the run was to come to an end."""
    is_lasting: bool = False
    """Whether the same will be said as long as nobody writes to any of the files."""

    def judges(self, rule: str, path: str) -> bool:
        """Whether a finding of a rule in a file would have been found. One of a rule that is no more would not."""
        if self.is_stopped:
            return False
        if rule not in self.trial.known:
            return self.chosen is None
        return is_judged(rule, frozenset({path}), self.trial)


def judge(tree: Tree, terms: Terms, clock: Clock, progress: Progress) -> Judgement:
    """What the rules say of ``tree``. Raises ``ConfigError`` for a path that the request names and that is not there."""
    with clock.stage("discover"):
        there = listed(tree, terms)
    return judge_listed(tree, there, terms, clock, progress)


def listed(tree: Tree, terms: Terms) -> Listed:
    """The files of ``tree``, and those that the run is confined to. Raises ``ConfigError`` as ``judge`` does."""
    listing = discover(tree, terms.config.exclude)
    return Listed(listing, chosen_files(listing, tree, terms.config.root, terms.request))


def judge_listed(tree: Tree, there: Listed, terms: Terms, clock: Clock, progress: Progress) -> Judgement:
    """What the rules say of the files that are listed."""
    config, request = terms.config, terms.request
    listing, chosen = there.listing, there.chosen
    project = project_of(listing, config)
    cache = _cache(tree, there, terms)
    with Workers(tree, config.limits, request.jobs, cache, request.stopping) as workers:
        with clock.stage("gather"):
            known = learn(workers, terms.rules, project, chosen, progress)
        with clock.stage("evaluate"):
            rules = _rules(terms, workers)
            found = confined(evaluate(rules, known.project, clock.rule), listing, chosen)
            problems = problems_of(listing, known.project)
        with clock.stage("suppress"):
            comments = known.comments | overheard(workers, known, (finding.place.path for finding in found))
            trial = Trial(terms.rules, config.ids, known.project, request.today or today(), problems, chosen)
            verdict = suppress(found, comments, config.allowed, trial)
            if workers.is_stopped:
                verdict, problems = _curtailed(verdict, rules, problems)
    clock.laps.extend(_rounds(workers, clock))
    if cache is not None:
        cache.close()
    return Judgement(
        listing,
        chosen,
        known,
        problems,
        verdict.findings,
        verdict.suppressed,
        trial,
        count(listing, known.project, known.exclusions, chosen),
        is_idle(terms.rules, known.project, chosen),
        verdict.useless,
        (cache.trouble,) if cache and cache.trouble else (),
        _files(workers, cache),
        workers.is_stopped,
        cache is not None and cache.is_whole and not (cache.trouble or workers.is_stopped),
    )


def _rules(terms: Terms, workers: Workers) -> tuple[Rule[Any], ...]:
    """The rules that can judge what was read."""
    if not workers.is_stopped:
        return terms.rules
    from archlint.interruption import standing

    return standing(terms.rules)


def _curtailed(
    verdict: Verdict, rules: tuple[Rule[Any], ...], problems: tuple[Problem, ...]
) -> tuple[Verdict, tuple[Problem, ...]]:
    """What of a verdict stands when not everything was read."""
    from archlint.interruption import certain, summed_up

    left = certain(verdict.findings, rules, problems)
    return msgspec.structs.replace(verdict, findings=left, useless=()), summed_up(problems)


def may_keep(tree: Tree, terms: Terms) -> bool:
    """Whether the run may go by what earlier runs found out, and keep what it does itself.

    What a stranger's run may have left behind judges no gate; files of git's index and of commits are read.
    """
    return terms.request.gate is None and terms.request.cache and isinstance(tree, Path)


def _cache(tree: Tree, there: Listed, terms: Terms) -> "Cache | None":
    """What earlier runs found out about files on disk."""
    if not (isinstance(tree, Path) and may_keep(tree, terms)):
        return None
    from archlint.cache.cache import Cache

    return Cache(tree, terms.config.limits, there.started_ns or time.time_ns(), there.statuses)


def _rounds(workers: Workers, clock: Clock) -> Iterator[Lap]:
    """When the workers were at work, on how many files."""
    for began, ended, files in workers.rounds:
        yield Lap(Part.ROUND, f"{files:,} files", began - clock.began, ended - began)


def _files(workers: Workers, cache: "Cache | None") -> dict[str, int]:
    """How the files were known: read and parsed in this run, or only in earlier ones."""
    read = workers.read | (cache.read if cache else frozenset())
    known = cache.answered - workers.read if cache else frozenset()
    return {"read": len(read), "parsed": len(workers.parsed), "from cache": len(known)}
