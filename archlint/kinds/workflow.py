"""Kind ``workflow``: what CI workflows must run and upload, and that nothing keeps a failure from showing."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand, Workflow, WorkflowDemand, WorkflowStep
from archlint.kinds.commands import is_command, split
from archlint.kinds.wirings import Flaw, Run, expression, runs, softeners
from archlint.model import Hit, Place, Rule, Scope, Span
from archlint.project import Project
from archlint.scope import BadGlobError, check_glob, matching

_UPLOAD = "actions/upload-artifact@"
_AFTER_FAILURE = frozenset({"always()", "!cancelled()"})


class RequiredRun(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A command that every workflow must run."""

    command: str | tuple[str, ...]
    """The program and the arguments it needs; words are globs, more arguments are fine. Any one of several."""
    own_step: bool = False
    """Whether no other command of ``runs`` may share its step."""
    blocking: bool = False
    """Whether its failure must fail the workflow, and nothing may skip it."""

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands of which one is enough."""
        return (self.command,) if isinstance(self.command, str) else self.command


class RequiredUpload(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Files that every workflow must keep with ``actions/upload-artifact``."""

    path: str
    """A glob that a step's ``path`` must cover."""
    always: bool = False
    """Whether they must be kept after a failure too."""


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What each of the workflows must do. Commands are what a shell would execute, never text."""

    files: tuple[str, ...]
    """The workflows: globs and zones, each of which must match something."""
    runs: tuple[RequiredRun, ...] = ()
    """Commands they must run."""
    uploads: tuple[RequiredUpload, ...] = ()
    """Files they must keep."""


def demand(rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """The jobs, steps and commands of the workflows."""
    return (WorkflowDemand(_scope(rule)),)


def _scope(rule: Rule[Options]) -> Scope:
    return Scope(rule.options.files, rule.scope.ignores, rule.scope.within)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each command and upload a workflow lacks, and for each thing that softens a command."""
    for facts in project.facts(_scope(rule)):
        if facts.workflow is not None:
            yield from _check_runs(rule.options, facts.path, facts.workflow)
            yield from _check_uploads(rule.options, facts.path, facts.workflow)


def _check_runs(options: Options, path: str, workflow: Workflow) -> Iterator[Hit]:
    flaws: dict[Flaw, list[str]] = {}
    for required in options.runs:
        for flaw, command in _flaws(required, options, workflow):
            flaws.setdefault(flaw, []).append(command)
    for flaw, commands in flaws.items():
        named = _listed(commands)
        text = flaw.says.replace("{commands}", named)
        identity = f"{flaw.identity} {named}"
        yield Hit(Place(path, flaw.span), text, identity, {"command": named, "path": ""})


def _listed(commands: list[str]) -> str:
    *head, last = (f"`{command}`" for command in commands)
    return f"{', '.join(head)} and {last}" if head else last


def _flaws(required: RequiredRun, options: Options, workflow: Workflow) -> list[tuple[Flaw, str]]:
    """What is wrong with the best of the runs of a command."""
    found = [run for run in runs(workflow) if _is_required(run, required)]
    if not found:
        wanted = " or ".join(f"`{command}`" for command in required.commands)
        return [(Flaw(workflow.jobs_span, f"no step runs {wanted}", "absent"), required.commands[0])]
    candidates = ([(flaw, run.text) for flaw in _flaws_of(run, required, options, workflow)] for run in found)
    return min(candidates, key=len)


def _is_required(run: Run, required: RequiredRun) -> bool:
    return any(is_command(run.command.words, split(command)) for command in required.commands)


def _flaws_of(run: Run, required: RequiredRun, options: Options, workflow: Workflow) -> Iterator[Flaw]:
    if required.blocking:
        yield from softeners(run, workflow)
    if required.own_step:
        for command in run.step.commands:
            other = replace(run, command=command)
            if command != run.command and _is_other(other, required, options):
                yield _shared(*sorted((run, other), key=lambda one: one.command.span))


def _is_other(run: Run, required: RequiredRun, options: Options) -> bool:
    return any(other != required and _is_required(run, other) for other in options.runs)


def _shared(earlier: Run, later: Run) -> Flaw:
    says = f"`{later.text}` shares its step with `{earlier.text}`"
    return Flaw(later.command.span, says, f"{later.job.id}: shared step")


def _check_uploads(options: Options, path: str, workflow: Workflow) -> Iterator[Hit]:
    steps = [step for job in workflow.jobs for step in job.steps]
    for upload in options.uploads:
        keeping = [step for step in steps if _uploads(step, upload.path)]
        fields = {"command": "", "path": upload.path}
        if not keeping:
            text = f"no `{_UPLOAD.rstrip('@')}` step keeps '{upload.path}'"
            yield Hit(Place(path, workflow.jobs_span), text, f"upload {upload.path} absent", fields)
        elif upload.always and not any(map(_runs_after_failure, keeping)):
            text = f"'{upload.path}' is not kept after a failure; the step needs `if: always()`"
            place = Place(path, _uses_span(keeping[0]))
            yield Hit(place, text, f"upload {upload.path} not always", fields)


def _uploads(step: WorkflowStep, path: str) -> bool:
    if step.uses is None or not step.uses.text.startswith(_UPLOAD):
        return False
    lines = (line for name, value in step.inputs if name == "path" for line in value.text.splitlines())
    return any(_covers(_plain(line), _plain(path)) for line in lines)


def _plain(glob: str) -> str:
    return glob.strip().removeprefix("${{ github.workspace }}/").removeprefix("./").rstrip("/")


def _covers(uploaded: str, path: str) -> bool:
    """Whether what a step uploads has to do with ``path``: the same, a folder around it, more or part of it."""
    if uploaded in (path, ".", "**"):
        return True
    try:
        return bool(matching(uploaded, (path,)) or matching(path, (uploaded,)))
    except BadGlobError:
        return False


def _runs_after_failure(step: WorkflowStep) -> bool:
    return step.condition is not None and expression(step.condition) in _AFTER_FAILURE


def _uses_span(step: WorkflowStep) -> Span:
    return step.uses.span if step.uses else step.span


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """A glob without files, and a file that is no workflow."""
    for selector in rule.options.files:
        if not project.selected(selector):
            yield f"no file matches '{selector}'"
    for facts in project.facts(_scope(rule)):
        if facts.workflow is None and not facts.problems:
            yield f"'{facts.path}' is no workflow: it has no jobs"


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Nothing asked for, globs that cannot be meant, and commands that cannot be split."""
    if not options.files:
        yield ("files",), "workflow needs files"
    if not options.runs and not options.uploads:
        yield (), "workflow needs runs or uploads"
    for index, glob in enumerate(options.files):
        if not glob.startswith("zone:"):
            yield from _glob_mistakes(("files", index), glob)
    for index, upload in enumerate(options.uploads):
        yield from _glob_mistakes(("uploads", index, "path"), upload.path)
    for index, required in enumerate(options.runs):
        yield from _command_mistakes(("runs", index, "command"), required.commands)


def _glob_mistakes(where: tuple[str | int, ...], glob: str) -> Iterator[OptionMistake]:
    try:
        check_glob(glob.removeprefix("./"))
    except BadGlobError as error:
        yield where, str(error)


def _command_mistakes(where: tuple[str | int, ...], commands: tuple[str, ...]) -> Iterator[OptionMistake]:
    if not commands:
        yield where, "a run needs at least one command"
    for command in commands:
        try:
            if not is_command(split(command), split(command)):
                yield where, f"`{command}` names no program"
        except ValueError as error:  # BadGlobError and BadRegexError are such errors too
            yield where, f"bad command: {error}"


KIND = Kind(
    name="workflow",
    says="commands that CI workflows must run, so that their failure shows, and files they must keep",
    options=Options,
    needs=Family.WORKFLOW,
    fields=("command", "path"),
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
)
