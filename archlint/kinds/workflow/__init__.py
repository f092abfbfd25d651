"""Kind ``workflow``: what starts CI workflows, what they run, keep and may do, and in which order."""

from collections.abc import Iterator

from archlint.extend import Family, Kind
from archlint.facts import Facts
from archlint.kinds.workflow.demands import demand, workflows
from archlint.kinds.workflow.gates import check_gates, gated, packages
from archlint.kinds.workflow.mistakes import mistakes
from archlint.kinds.workflow.options import (
    SELECTORS,
    Gates,
    Options,
    RequiredRun,
    RequiredTrigger,
    RequiredUpload,
    Steps,
)
from archlint.kinds.workflow.order import those
from archlint.kinds.workflow.permissions import check_permissions
from archlint.kinds.workflow.runs import check_runs, lacking
from archlint.kinds.workflow.told import FIELDS
from archlint.kinds.workflow.triggers import check_triggers
from archlint.kinds.workflow.uploads import check_uploads
from archlint.model import Hit, Rule
from archlint.pipelines import Workflow
from archlint.project import Project
from archlint.project.execution import Resolved
from archlint.project.executions import executions, reached

__all__ = ["KIND", "Gates", "Options", "RequiredRun", "RequiredTrigger", "RequiredUpload", "Steps"]


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for everything that a workflow lacks, softens or has in the wrong order; and each gate nobody runs."""
    options = rule.options
    found = {
        facts.path: list(_check_file(options, facts.path, facts.workflow, project))
        for facts in _known(rule, project)
        if facts.workflow is not None and _is_meant(options, facts.path, project)
    }
    if options.match == "any" and found:
        nearest = min(found, key=lambda path: (_misses(options, path, project), len(found[path]), path))
        found = {nearest: found[nearest]}
    for hits in found.values():
        yield from hits
    if options.gates is not None:
        scope = packages(options.gates, rule.scope.ignores)
        resolved = reached(project, workflows(rule, project))
        yield from check_gates(options.gates, scope, project, resolved)


def _known(rule: Rule[Options], project: Project) -> Iterator[Facts]:
    known = (project.facts_by_path.get(path) for path in workflows(rule, project))
    return (facts for facts in known if facts is not None)


def _misses(options: Options, path: str, project: Project) -> int:
    """How much of what is asked a workflow lacks altogether: the more, the less it is the one that is meant."""
    workflow = project.facts_by_path[path].workflow
    events = {trigger.event for trigger in workflow.triggers} if workflow else set[str]()
    resolved = executions(project, path) if options.runs else Resolved(())
    return lacking(options.runs, resolved) + sum(event not in events for event in options.triggers)


def _is_meant(options: Options, path: str, project: Project) -> bool:
    return options.which is None or bool(those(options.which, executions(project, path)))


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
    for facts in _known(rule, project):
        if facts.workflow is None and not facts.problems:
            yield f"'{facts.path}' is no workflow: it has no jobs"
    for trigger in options.triggers.values():
        missing = (each for each in trigger.paths_cover if not project.selected(each))
        yield from (f"no file matches '{selector}', which paths-cover names" for selector in missing)
    yield from _without_steps(rule, project)
    if options.gates is not None and not options.gates.exist:
        scope = packages(options.gates, rule.scope.ignores)
        if not any(gated(options.gates, scope, project)):
            yield "no package has a script that its gates name"


def _without_steps(rule: Rule[Options], project: Project) -> Iterator[str]:
    options = rule.options
    named = [("before", run.before) for run in options.runs if run.before is not None]
    if options.which is not None:
        named.insert(0, ("which", options.which))
    resolved = [executions(project, path) for path in workflows(rule, project) if named]
    for key, steps in named if any(each.executions for each in resolved) else ():
        if not any(those(steps, each) for each in resolved):
            yield f"nothing is '{steps.told}', which '{key}' names"


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
