"""Edges of what CI runs: from workflows to the scripts and files that their commands lead to."""

from collections.abc import Iterator

from archlint.facts import Demand, Link, Reference, ScriptDemand, WorkflowDemand
from archlint.model import Place, Scope
from archlint.project.execution import Execution
from archlint.project.executions import reached
from archlint.project.graph.edges import Edge
from archlint.project.modules import Target
from archlint.project.project import Project

_WORKFLOWS = (".github/workflows/*.yml", ".github/workflows/*.yaml")
_ACTIONS = ("**/action.yml", "**/action.yaml")
_SCRIPTS = (
    "**/{package,project,deno}.json",
    "**/deno.jsonc",
    "{turbo,nx}.json",
    "turbo.jsonc",
    "**/{Makefile,makefile,GNUmakefile}",
    "**/*.{mk,sh,bash}",
)


def running_demand(project: Project) -> tuple[Demand, ...]:
    """The workflows; once they are known to run what other files hold, these too."""
    paths = _workflows(project)
    if not paths:
        return ()
    asked = WorkflowDemand(Scope(_WORKFLOWS))
    if not reached(project, paths).wanted - frozenset(paths):
        return (asked,)
    return (asked, WorkflowDemand(Scope(_ACTIONS)), ScriptDemand(Scope(_SCRIPTS)))


def running_edges(project: Project) -> Iterator[Edge]:
    """An edge from each command to the file it runs, and to the file that holds the script it runs; each once."""
    once: dict[tuple[Place, str], Edge] = {}
    for execution in reached(project, _workflows(project)).executions:
        for source, target in _steps(execution):
            if target != source.place.path:
                reference = Reference(source.says, Link.SCRIPT, source.place.span)
                edge = Edge(source.place.path, reference, Target(target))
                once.setdefault((source.place, target), edge)
    yield from (once[key] for key in sorted(once))


def _steps(execution: Execution) -> Iterator[tuple[Execution, str]]:
    if execution.file:
        yield execution, execution.file
    if execution.via is not None:
        yield execution.via, execution.place.path


def _workflows(project: Project) -> tuple[str, ...]:
    return project.files(Scope(_WORKFLOWS))
