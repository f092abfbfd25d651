"""The import graph of a tree, for those who want to look at it: the pipeline up to the project."""

from pathlib import Path

import msgspec
from msgspec.structs import replace

from archlint.config import load_with_rules_or_without
from archlint.discover import discover
from archlint.evaluate import evaluate
from archlint.kinds import KIND_OF
from archlint.learn import Progress, learn
from archlint.ledger import problems_of
from archlint.model import Finding, Origin, Problem, Rule
from archlint.plan import judges_graph
from archlint.project import Project
from archlint.project.graph import Graph, graph_of
from archlint.request import Request
from archlint.selection import project_of
from archlint.workers.pool import Workers


class Survey(msgspec.Struct, frozen=True):
    """The import graph of a tree, and what the rules about it say."""

    root: Path
    project: Project
    graph: Graph
    findings: tuple[Finding, ...]
    """In the kinds' own words, which name what an edge leads to."""
    problems: tuple[Problem, ...]


def survey(request: Request, progress: Progress = lambda _done, _total: None) -> Survey:
    """The graph of a tree, whatever its rules are. Raises ``ConfigError`` as ``check`` does, but needs no rules."""
    config = load_with_rules_or_without(request.root, request.config, request.cwd)
    listing = discover(config.root, config.exclude)
    project = project_of(listing, config)
    rules = tuple(replace(rule, message="") for rule in config.rules if judges_graph(rule))
    # A kind that asks for the whole graph, whatever its options.
    asking = Rule("graph", "acyclic", KIND_OF["acyclic"].options(), Origin("", 1, 1, ""))
    with Workers(config.root, config.limits, request.jobs) as workers:
        known = learn(workers, (asking, *rules), project, None, progress).project
    return Survey(config.root, known, graph_of(known), evaluate(rules, known), problems_of(listing, known))
