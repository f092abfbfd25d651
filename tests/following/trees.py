"""The boundary of following for tests: a tree as texts in, constants at their sinks out, without disk or processes."""

from collections.abc import Mapping
from dataclasses import replace

from archlint.facts import Demand, Facts
from archlint.gather import merge
from archlint.kinds.value import Options, demand
from archlint.limits import Limits
from archlint.model import Origin, Rule, Scope
from archlint.plan import Question, by_path, follow_ups
from archlint.project import Project
from archlint.project.following.constants import Constant, constants
from archlint.project.following.pursuit import Pursuit
from archlint.source import Source
from archlint.workers.analyse import analyse


def followed(files: Mapping[str, str], options: Options) -> tuple[Constant, ...]:
    """The constants that a ``value`` rule over all the files looks at, at their sinks."""
    pursuit = Pursuit()
    project = replace(Project(tuple(sorted(files)), {}), loans=pursuit.loans)
    rule = Rule("followed", "value", options, Origin("", 1, 1, ""))
    asked: set[Demand] = set()
    while True:
        following = follow_ups(pursuit, project)
        own = (Question(each, project.files(each.scope)) for each in demand(rule, project))
        asking = [each for each in (*own, *following) if each.demand not in asked]
        asked.update(each.demand for each in asking)
        orders = by_path(asking) if asking else pursuit.orders()
        if not orders:
            return tuple(constants(project, Scope()))
        answers = [_answer(path, files[path], demands) for path, demands in orders.items()]
        known = project.facts_by_path
        project = project.knowing(
            {each.path: merge(known[each.path], each) if each.path in known else each for each in answers}
        )
        pursuit.learn(answers)


def _answer(path: str, text: str, demands: tuple[Demand, ...]) -> Facts:
    facts = analyse(Source(path, text.encode()), demands, Limits())
    assert isinstance(facts, Facts)
    assert not facts.problems, facts.problems
    return facts
