"""The import graph of a tree, for those who want to look at it: the pipeline up to the project."""

from dataclasses import dataclass

from archlint.discover import discover
from archlint.evaluate import evaluate
from archlint.kinds import KIND_OF
from archlint.learn import Progress, learn
from archlint.ledger import problems_of
from archlint.model import Finding, Origin, Problem, Rule
from archlint.plan import judges_graph
from archlint.project import Project
from archlint.project.graph import Graph, graph_of
from archlint.run import Request, closed, load_known, opened
from archlint.workers.pool import Workers


@dataclass(frozen=True, slots=True)
class Survey:
    """The import graph of a tree, and what the rules about it say."""

    project: Project
    graph: Graph
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def survey(request: Request, progress: Progress = lambda _done, _total: None) -> Survey:
    """The graph of a tree, whatever its rules are. Raises ``ConfigError`` as ``check`` does."""
    config = load_known(request)
    listing = discover(config.root, config.exclude)
    project = Project(listing.paths, config.zones, left_out=listing.left_out)
    rules = tuple(filter(judges_graph, config.rules))
    # A kind that asks for the whole graph, whatever its options.
    asking = Rule("graph", "acyclic", KIND_OF["acyclic"].options(), Origin("", 1, 1, ""))
    cache = opened(config) if request.cache else None
    with Workers(config.root, config.limits, request.jobs, cache) as workers:
        known = learn(workers, (asking, *rules), project, None, progress).project
    closed(cache)
    return Survey(known, graph_of(known), evaluate(rules, known), problems_of(listing, known))
