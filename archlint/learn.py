"""Asks the files, and asks again with what was learnt, until nobody wants to know more."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import msgspec
from msgspec import structs

from archlint.facts import ConstantDemand, Demand, Facts
from archlint.gather import gather, merge
from archlint.model import Exclusion, Rule
from archlint.plan import by_path, follow_ups, questions, with_comments
from archlint.project import Project
from archlint.project.following.pursuit import Pursuit
from archlint.suppression import Comment
from archlint.workers.pool import Workers
from archlint.workers.work import Demands

# Rounds end by themselves: each asks for what nobody asked before. A chain of files that export again what the
# last one did takes one for each file.
_ROUNDS = 100_000
Progress = Callable[[int, int], None]


class Known(msgspec.Struct, frozen=True):
    """What has been learnt of a tree so far."""

    project: Project
    exclusions: tuple[Exclusion, ...] = ()
    heard: frozenset[str] = frozenset()
    """The files whose comments were asked for."""

    @property
    def comments(self) -> dict[str, tuple[Comment, ...]]:
        """What comments say to archlint, by path."""
        return {path: facts.comments for path, facts in self.project.facts_by_path.items() if facts.comments}


def learn(
    workers: Workers,
    rules: tuple[Rule[Any], ...],
    project: Project,
    chosen: frozenset[str] | None,
    progress: Progress,
) -> Known:
    """All that the rules need to know. ``chosen`` are the files a run is confined to (None: all)."""
    asker = _Asker(workers, Pursuit(), progress)
    known = Known(replace(project, loans=asker.pursuit.loans))
    asked: set[Demand] = set()
    for _ in range(_ROUNDS):
        fresh = [each for each in questions(rules, known.project, chosen) if each.demand not in asked]
        asked.update(each.demand for each in fresh)
        asker.pursuit.circumstances |= any(_asks_circumstances(each.demand) for each in fresh)
        later = asker.listen(known, by_path(fresh)) if fresh else asker.follow(known)
        if later is known:
            break
        known = later
        if workers.is_stopped:
            break
    return known


def overheard(workers: Workers, known: Known, paths: Iterable[str]) -> dict[str, tuple[Comment, ...]]:
    """What comments say to archlint in those of the listed files that were not asked before."""
    there = frozenset(known.project.paths)
    silent: Demands = {path: () for path in paths if path in there}
    orders = {path: asked for path, asked in with_comments(silent, known.heard).items() if asked}
    found = gather(workers, orders).facts if orders else {}
    return {path: facts.comments for path, facts in found.items() if facts.comments}


def _asks_circumstances(demand: Demand) -> bool:
    return isinstance(demand, ConstantDemand) and demand.circumstances


class _Asker(msgspec.Struct, frozen=True):
    workers: Workers
    pursuit: Pursuit
    progress: Progress

    def listen(self, known: Known, orders: Demands) -> Known:
        """What is known after files answered what rules ask, and what their comments say."""
        later = self.ask(known, with_comments(orders, known.heard))
        return structs.replace(later, heard=known.heard | frozenset(orders))

    def follow(self, known: Known) -> Known:
        """Constants on their way from file to file, as far as they get."""
        for _ in range(_ROUNDS):
            wider = follow_ups(self.pursuit, known.project)
            orders = by_path(wider) if wider else self.pursuit.orders()
            if not orders:
                break
            aside = frozenset(orders) - frozenset(known.project.facts_by_path) if wider else frozenset()
            known = self.ask(known, orders, aside)
            if self.workers.is_stopped:
                break
        return known

    def ask(self, known: Known, orders: Demands, aside: frozenset[str] = frozenset()) -> Known:
        """What is known after files answered. Those ``aside`` are no rule's: what they hide is nobody's problem."""
        answers = gather(self.workers, orders, self.progress)
        facts = known.project.facts_by_path
        learnt = {
            path: structs.replace(later, problems=()) if path in aside else later
            for path, later in answers.facts.items()
        }
        merged = {
            path: merge(facts[path], later) if path in facts else later
            for path, later in learnt.items()
            if path not in aside or later != Facts(path, later.digest)
        }
        self.pursuit.learn(learnt.values())
        excluded = tuple(each for each in answers.exclusions if each.path not in aside)
        project = known.project.knowing(merged)
        return structs.replace(known, project=project, exclusions=(*known.exclusions, *excluded))
