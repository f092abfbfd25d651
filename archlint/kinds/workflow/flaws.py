"""What keeps a command's failure from failing its workflow, all along the way that leads to the command."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import msgspec
from msgspec.structs import replace

from archlint.model import Place, Remark
from archlint.pipelines import Located, Workflow, WorkflowJob
from archlint.project.execution import Execution, Resolved, Site

_ALWAYS_RUNS = frozenset({"always()", "success()", "true", "!cancelled()"})
_EVENT = re.compile(r"github\.event_name([=!]=)'(\w+)'")
_SUCCEEDS = frozenset({":", "echo", "exit", "printf", "true"})


Events = AbstractSet[str]


class Flaw(msgspec.Struct, frozen=True):
    """Something wrong with a run. ``says`` is a sentence with ``{commands}`` in it."""

    place: Place
    says: str
    identity: str
    flow: tuple[Remark, ...] = ()


def expression(condition: Located) -> str:
    """A condition without ``${{ }}`` and white space, in lower case: functions are called in either case."""
    text = re.sub(r"\s+", "", condition.text).lower()
    return text[3:-2] if text.startswith("${{") and text.endswith("}}") else text


def skippable(condition: Located | None, events: Events = frozenset()) -> Located | None:
    """The condition, if it can skip what it stands at although nothing before failed, at one of the events."""
    if condition is None:
        return None
    for alternative in expression(condition).split("||"):
        if all(part in _ALWAYS_RUNS or _is_of_event(part, events) for part in alternative.split("&&")):
            return None
    return condition


def _is_of_event(part: str, events: Events) -> bool:
    """Whether ``github.event_name == 'push'`` and the like hold at all these events."""
    match = _EVENT.fullmatch(part)
    if match is None or not events:
        return False
    return events == {match[2]} if match[1] == "==" else match[2] not in events


def softeners(execution: Execution, resolved: Resolved, events: Events = frozenset()) -> Iterator[Flaw]:
    """Everything that lets the workflow pass although a command fails or is not run.

    ``events`` are those that count, where a rule says which; none for all.
    """
    flow = execution.flow
    for link in execution.way:
        if link.site is not None:
            for flaw in (*_tolerated(link.site), *_skipped(link.site, events)):
                yield replace(flaw, flow=flow)
        yield from _of_shell(link, flow)
    yield from _of_script(execution, resolved)


def _of_shell(link: Execution, flow: tuple[Remark, ...]) -> Iterator[Flaw]:
    command = link.command
    if command is not None and command.softened:
        says = f"`{command.softened}` hides the failure of {{commands}}"
        yield Flaw(link.place, says, f"softened {command.softened}", flow)
    if command is not None and command.conditional:
        yield Flaw(link.place, "control flow of the shell can skip {commands}", "shell-condition", flow)


def _of_script(execution: Execution, resolved: Resolved) -> Iterator[Flaw]:
    """Whether all that a command leads to hides its own failure, as ``node parity.mjs || true`` in a script."""
    started = [each for each in resolved.executions if each.via is execution and each.command is not None]
    telling = [each for each in started if each.words[:1] and each.words[0] not in _SUCCEEDS]
    if telling and all(each.command is not None and each.command.softened for each in telling):
        for each in telling:
            yield from _of_shell(each, each.flow)


def _tolerated(site: Site) -> Iterator[Flaw]:
    step, job = site.step, site.job
    if step and step.continue_on_error:
        says = f"`continue-on-error: {step.continue_on_error.text}` lets {{commands}} fail without failing the job"
        place = Place(site.path, step.continue_on_error.span)
        yield Flaw(place, says, f"{job.id}: continue-on-error of the step")
    if site.workflow and job.continue_on_error:
        says = f"`continue-on-error: {job.continue_on_error.text}` lets job `{job.id}` fail, and {{commands}} in it"
        place = Place(site.path, job.continue_on_error.span)
        yield Flaw(place, says, f"{job.id}: continue-on-error of the job")


def _skipped(site: Site, events: Events) -> Iterator[Flaw]:
    job = site.job
    if site.step and (condition := skippable(site.step.condition, events)):
        says = f"`if: {_one_line(condition)}` can skip {{commands}}"
        yield Flaw(Place(site.path, condition.span), says, f"{job.id}: condition of the step")
    if site.workflow is None:
        return
    if condition := skippable(job.condition, events):
        says = f"`if: {_one_line(condition)}` can skip job `{job.id}`, and {{commands}} in it"
        yield Flaw(Place(site.path, condition.span), says, f"{job.id}: condition of the job")
    if job.condition is None or expression(job.condition) == "success()":
        for needed, condition in _skippable_needs(job, site.workflow, events):
            says = (
                f"`if: {_one_line(condition)}` can skip job `{needed}`, and then `{job.id}` with {{commands}}"
            )
            yield Flaw(Place(site.path, condition.span), says, f"{job.id}: condition of needed job {needed}")


def _skippable_needs(job: WorkflowJob, workflow: Workflow, events: Events) -> Iterator[tuple[str, Located]]:
    """The jobs that ``job`` waits for and that a condition can skip: it is skipped with them."""
    job_of = {other.id: other for other in workflow.jobs}
    pending, seen = list(job.needs), {job.id}
    while pending:
        needed = job_of.get(pending.pop(0))
        if needed is None or needed.id in seen:
            continue
        seen.add(needed.id)
        if condition := skippable(needed.condition, events):
            yield needed.id, condition
        elif needed.condition is None or expression(needed.condition) == "success()":
            pending.extend(needed.needs)


def _one_line(condition: Located) -> str:
    return " ".join(condition.text.split())
