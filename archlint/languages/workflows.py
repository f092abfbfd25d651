"""GitHub workflows and composite actions: what a YAML file states about triggers, jobs, steps and commands."""

from archlint.languages.documents import Node
from archlint.languages.github.jobs import job, permissions
from archlint.languages.github.steps import Defaults, steps
from archlint.languages.github.triggers import defaults, triggers
from archlint.languages.github.values import Values
from archlint.model import WHOLE_FILE, Problem
from archlint.pipelines import Action, Workflow
from archlint.source import Source


def workflow(source: Source, nodes: tuple[Node, ...]) -> tuple[Workflow | None, tuple[Problem, ...]]:
    """The workflow that the values of a file are, and its shell texts that were not understood.

    None if there is no mapping ``jobs``.
    """
    values = Values(source, nodes)
    jobs, on = values.get(("jobs",)), values.get(("on",))
    if jobs is None or jobs.type != "mapping" or jobs.key is None:
        return None, ()
    found = Workflow(
        jobs_span=values.key_span(jobs),
        name=values.text(("name",)),
        jobs=tuple(job(values, node) for node in values.children(jobs.path)),
        triggers=triggers(values),
        triggers_span=values.key_span(on) if on else WHOLE_FILE,
        env=values.named(("env",)),
        permissions=permissions(values, ("permissions",)),
    )
    return found, tuple(values.problems)


def action(source: Source, nodes: tuple[Node, ...]) -> tuple[Action | None, tuple[Problem, ...]]:
    """The action that the values of a file are; None if there is no mapping ``runs``."""
    values = Values(source, nodes)
    runs = values.get(("runs",))
    if runs is None or runs.type != "mapping":
        return None, ()
    found = Action(
        span=values.key_span(runs),
        defaults=defaults(values, ("inputs",)),
        steps=steps(values, ("runs", "steps"), Defaults()),
    )
    return found, tuple(values.problems)
