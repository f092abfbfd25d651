"""One version of a tree judged: files -> facts -> findings, less what is allowed."""

from dataclasses import dataclass
from typing import Any

from archlint.clock import Clock, today
from archlint.config.settings import Config
from archlint.discover import discover
from archlint.evaluate import evaluate
from archlint.learn import Known, Progress, learn, overheard
from archlint.ledger import problems_of
from archlint.model import Finding, Listing, Problem, Rule, Suppressed
from archlint.project import Project
from archlint.request import Request
from archlint.selection import chosen_files, confined
from archlint.source import Tree
from archlint.suppress import Trial, suppress
from archlint.workers.pool import Workers


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a tree is judged."""

    config: Config
    rules: tuple[Rule[Any], ...]  # Any: rules of all kinds stand together
    request: Request


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of a tree, and what was read to know it."""

    listing: Listing
    chosen: frozenset[str] | None
    """The files that the run is confined to; None for all."""
    known: Known
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]


def judge(tree: Tree, terms: Terms, clock: Clock, progress: Progress) -> Judgement:
    """What the rules say of ``tree``. Raises ``ConfigError`` for a path that the request names and that is not there."""
    config, request = terms.config, terms.request
    with clock.stage("discover"):
        listing = discover(tree, config.exclude)
        chosen = chosen_files(listing, tree, config.root, request)
    project = Project(listing.paths, config.zones, left_out=listing.left_out, aliases=config.aliases)
    with Workers(tree, config.limits, request.jobs) as workers:
        with clock.stage("gather"):
            known = learn(workers, terms.rules, project, chosen, progress)
        with clock.stage("evaluate"):
            found = confined(evaluate(terms.rules, known.project), listing, chosen)
            problems = problems_of(listing, known.project)
        with clock.stage("suppress"):
            comments = known.comments | overheard(workers, known, (finding.place.path for finding in found))
            trial = Trial(terms.rules, config.ids, known.project, request.today or today(), problems, chosen)
            verdict = suppress(found, comments, config.allowed, trial)
    return Judgement(listing, chosen, known, problems, verdict.findings, verdict.suppressed)
