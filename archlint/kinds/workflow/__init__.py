"""Kind ``workflow``: what starts CI workflows, what they run, keep and may do, and in which order."""

from collections.abc import Iterator

from archlint.extend import Family, Kind
from archlint.kinds.workflow.demands import demand, workflows
from archlint.kinds.workflow.gates import check_gates, gated, packages
from archlint.kinds.workflow.options import (
    SELECTORS,
    Gates,
    Later,
    Options,
    RequiredRun,
    RequiredTrigger,
    RequiredUpload,
    mistakes,
)
from archlint.kinds.workflow.order import later_ones
from archlint.kinds.workflow.permissions import check_permissions
from archlint.kinds.workflow.runs import check_runs
from archlint.kinds.workflow.told import FIELDS
from archlint.kinds.workflow.triggers import check_triggers
from archlint.kinds.workflow.uploads import check_uploads
from archlint.model import Hit, Rule
from archlint.pipelines import Workflow
from archlint.project import Project, executions, reached

__all__ = ["KIND", "Gates", "Later", "Options", "RequiredRun", "RequiredTrigger", "RequiredUpload"]


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for everything that a workflow lacks, softens or has in the wrong order; and each gate nobody runs."""
    options = rule.options
    found = [
        list(_check_file(options, facts.path, facts.workflow, project))
        for facts in project.facts(workflows(rule))
        if facts.workflow is not None
    ]
    kept = [min(found, key=len)] if options.match == "any" and found else found
    for hits in kept:
        yield from hits
    if options.gates is not None:
        scope = packages(options.gates, rule.scope.ignores)
        yield from check_gates(
            options.gates, scope, project, reached(project, project.files(workflows(rule)))
        )


def _check_file(options: Options, path: str, workflow: Workflow, project: Project) -> Iterator[Hit]:
    if options.runs or options.uploads:
        resolved = executions(project, path)
        yield from check_runs(options, path, workflow, resolved)
        yield from check_uploads(options.uploads, path, workflow, resolved)
    yield from check_triggers(options.triggers, path, workflow, project)
    if options.permissions is not None:
        yield from check_permissions(options.permissions, path, workflow)


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """A glob without files, a file that is no workflow, and words of the rule that nothing answers to."""
    options = rule.options
    for selector in options.files:
        if not project.selected(selector):
            yield f"no file matches '{selector}'"
    for facts in project.facts(workflows(rule)):
        if facts.workflow is None and not facts.problems:
            yield f"'{facts.path}' is no workflow: it has no jobs"
    for trigger in options.triggers.values():
        missing = (each for each in trigger.paths_cover if not project.selected(each))
        yield from (f"no file matches '{selector}', which paths-cover names" for selector in missing)
    yield from _without_later(rule, project)
    if options.gates is not None:
        scope = packages(options.gates, rule.scope.ignores)
        if not any(gated(options.gates, scope, project)):
            yield "no package has a script that its gates name"


def _without_later(rule: Rule[Options], project: Project) -> Iterator[str]:
    laters = [run.before for run in rule.options.runs if run.before is not None]
    resolved = [executions(project, path) for path in project.files(workflows(rule)) if laters]
    for later in dict.fromkeys(laters) if any(each.executions for each in resolved) else ():
        if not any(later_ones(later, each) for each in resolved):
            wanted = later.uses or later.command
            yield f"nothing is '{wanted if isinstance(wanted, str) else wanted[0]}', which 'before' names"


KIND = Kind(
    name="workflow",
    says="what CI workflows must be started by, run and keep, in which order, so that a failure shows",
    options=Options,
    needs=Family.WORKFLOW,
    fields=FIELDS,
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=SELECTORS,
    local=lambda _options: False,
)
