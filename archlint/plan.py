"""What to ask of which file: the rules' demands, by path. Decides, reads nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from archlint.code import CodeDemand, ConditionDemand, ObjectDemand
from archlint.extend import Family
from archlint.facts import (
    CommentDemand,
    ConstantDemand,
    Demand,
    EntryDemand,
    ExportDemand,
    ImportDemand,
    LicenceDemand,
    MeasureDemand,
    ModuleDemand,
    ReferenceDemand,
    ScriptDemand,
    WorkflowDemand,
)
from archlint.kinds import KIND_OF
from archlint.languages import language_of
from archlint.model import Rule, Scope
from archlint.patterns.dialects import may_hold
from archlint.project import Project
from archlint.project.following.pursuit import Pursuit
from archlint.searches import PatternDemand, TextDemand

_FAMILY_OF: Mapping[type, Family] = {
    ConstantDemand: Family.CONSTANTS,
    ExportDemand: Family.EXPORTS,
    ImportDemand: Family.IMPORTS,
    ModuleDemand: Family.IMPORTS,
    ReferenceDemand: Family.REFERENCES,
    EntryDemand: Family.ENTRIES,
    MeasureDemand: Family.MEASURES,
    TextDemand: Family.TEXT,
    PatternDemand: Family.PATTERNS,
    WorkflowDemand: Family.WORKFLOW,
    ScriptDemand: Family.SCRIPTS,
    LicenceDemand: Family.LICENCES,
    CommentDemand: Family.COMMENTS,
    CodeDemand: Family.CODE,
    ObjectDemand: Family.OBJECTS,
    ConditionDemand: Family.CODE,
}
_COMMENTS = CommentDemand(Scope())


Orders = Mapping[str, tuple[Demand, ...]]
"""What is demanded of each file, by path."""


class Question(msgspec.Struct, frozen=True):
    """A demand, and the files it is put to."""

    demand: Demand
    paths: tuple[str, ...]


def questions(
    rules: Iterable[Rule[Any]], project: Project, chosen: frozenset[str] | None
) -> tuple[Question, ...]:
    """What the rules need to know, given what is known; each demand once, in the rules' order.

    ``chosen`` are the files a run is confined to (None: all). Rules that join files still see every file, and
    what a rule asks of other files than its own is asked of all of them.
    """
    asked: dict[Demand, frozenset[str] | None] = {}
    for rule in rules:
        kind = KIND_OF[rule.kind]
        for demand in kind.demand(rule, project):
            confined = chosen if kind.local(rule.options) and demand.scope == rule.scope else None
            asked[demand] = confined if asked.get(demand, confined) is not None else None
    return tuple(Question(demand, _paths(demand, project, confined)) for demand, confined in asked.items())


def follow_ups(pursuit: Pursuit, project: Project) -> tuple[Question, ...]:
    """What to know of the tree so that constants can be followed from file to file; of all files, whoever is chosen."""
    return tuple(Question(demand, _paths(demand, project, None)) for demand in pursuit.demands(project))


def _paths(demand: Demand, project: Project, confined: frozenset[str] | None) -> tuple[str, ...]:
    family = _FAMILY_OF[type(demand)]
    paths: Iterable[str] = [
        path for path in project.files(demand.scope) if family in language_of(path).yields
    ]
    if isinstance(demand, PatternDemand):
        paths = (path for path in paths if may_hold(path, demand.grammars))
    installed = demand.installed if isinstance(demand, LicenceDemand) else ()
    if confined is not None:
        paths = (path for path in paths if path in confined)
    return (*paths, *installed)


def by_path(questions: Iterable[Question]) -> Orders:
    """The demands on each file, files sorted."""
    demands: dict[str, list[Demand]] = {}
    for question in questions:
        for path in question.paths:
            demands.setdefault(path, []).append(question.demand)
    return {path: tuple(demands[path]) for path in sorted(demands)}


def with_comments(orders: Orders, heard: frozenset[str]) -> Orders:
    """The same, and of each file but the ``heard`` what its comments say to archlint."""
    return {
        path: (*demands, _COMMENTS) if path not in heard and _has_comments(path) else demands
        for path, demands in orders.items()
    }


def _has_comments(path: str) -> bool:
    return Family.COMMENTS in language_of(path).yields


def is_idle(rules: Iterable[Rule[Any]], project: Project, chosen: frozenset[str] | None) -> bool:
    """Whether no file was asked about anything, nor judged by its name.

    A run that is confined to files of which no rule speaks is not idle if a rule speaks of others.
    """
    by_name = bool(project.paths) and any(KIND_OF[rule.kind].needs is Family.NAMES for rule in rules)
    elsewhere = chosen is not None and any(governed(rule, project) for rule in rules)
    return not (project.facts_by_path or by_name or elsewhere)


def governed(rule: Rule[Any], project: Project) -> tuple[str, ...]:
    """The files of a rule's scope that its kind can read."""
    needs = KIND_OF[rule.kind].needs
    paths = project.files(rule.scope)
    return paths if needs is Family.NAMES else tuple(p for p in paths if needs in language_of(p).yields)


def depends_on_its_file_alone(rule: Rule[Any]) -> bool:
    """Whether nothing in another file can add a finding to one, or take one away."""
    kind = KIND_OF[rule.kind]
    # A constant breaks a rule where it is written, whichever file it reaches its sink in.
    return kind.local(rule.options) and kind.needs not in (Family.CONSTANTS, Family.REFERENCES)


def judges_graph(rule: Rule[Any]) -> bool:
    """Whether a rule is about what files refer to."""
    return KIND_OF[rule.kind].needs is Family.REFERENCES
