"""Where a workflow runs a command, and what keeps that run from deciding whether the workflow passes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archlint.facts import Command, Located, Workflow, WorkflowJob, WorkflowStep
from archlint.model import Span

_ALWAYS_RUNS = frozenset({"always()", "success()", "true", "!cancelled()"})


@dataclass(frozen=True, slots=True)
class Run:
    """A command in a workflow, with the step and the job it belongs to."""

    job: WorkflowJob
    step: WorkflowStep
    command: Command

    @property
    def text(self) -> str:
        """The command as it is run; ``…`` for what only the run time knows."""
        return " ".join("…" if word is None else word for word in self.command.words)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a run. ``says`` is a sentence with ``{commands}`` in it."""

    span: Span
    says: str
    identity: str


def runs(workflow: Workflow) -> Iterator[Run]:
    """Every command of a workflow, in the order in which they are written."""
    for job in workflow.jobs:
        for step in job.steps:
            for command in step.commands:
                yield Run(job, step, command)


def expression(condition: Located) -> str:
    """A condition without ``${{ }}`` and white space, in lower case: functions are called in either case."""
    text = re.sub(r"\s+", "", condition.text).lower()
    return text[3:-2] if text.startswith("${{") and text.endswith("}}") else text


def skippable(condition: Located | None) -> Located | None:
    """The condition, if it can skip what it stands at although nothing before failed."""
    return None if condition is None or expression(condition) in _ALWAYS_RUNS else condition


def softeners(run: Run, workflow: Workflow) -> Iterator[Flaw]:
    """Everything that lets the workflow pass although the command fails or is not run."""
    yield from _tolerated(run)
    yield from _skipped(run, workflow)
    command = run.command
    if command.softened:
        says = f"`{command.softened}` hides the failure of {{commands}}"
        yield Flaw(command.span, says, f"softened {command.softened}")
    if command.conditional:
        yield Flaw(command.span, "control flow of the shell can skip {commands}", "shell-condition")


def _tolerated(run: Run) -> Iterator[Flaw]:
    job, step = run.job, run.step
    if step.continue_on_error:
        says = f"`continue-on-error: {step.continue_on_error.text}` lets {{commands}} fail without failing the job"
        yield Flaw(step.continue_on_error.span, says, f"{job.id}: continue-on-error of the step")
    if job.continue_on_error:
        says = f"`continue-on-error: {job.continue_on_error.text}` lets job `{job.id}` fail, and {{commands}} in it"
        yield Flaw(job.continue_on_error.span, says, f"{job.id}: continue-on-error of the job")


def _skipped(run: Run, workflow: Workflow) -> Iterator[Flaw]:
    job = run.job
    if condition := skippable(run.step.condition):
        says = f"`if: {_one_line(condition)}` can skip {{commands}}"
        yield Flaw(condition.span, says, f"{job.id}: condition of the step")
    if condition := skippable(job.condition):
        says = f"`if: {_one_line(condition)}` can skip job `{job.id}`, and {{commands}} in it"
        yield Flaw(condition.span, says, f"{job.id}: condition of the job")
    if job.condition is None or expression(job.condition) == "success()":
        for needed, condition in _skippable_needs(job, workflow):
            says = (
                f"`if: {_one_line(condition)}` can skip job `{needed}`, and then `{job.id}` with {{commands}}"
            )
            yield Flaw(condition.span, says, f"{job.id}: condition of needed job {needed}")


def _skippable_needs(job: WorkflowJob, workflow: Workflow) -> Iterator[tuple[str, Located]]:
    """The jobs that ``job`` waits for and that a condition can skip: it is skipped with them."""
    job_of = {other.id: other for other in workflow.jobs}
    pending, seen = list(job.needs), {job.id}
    while pending:
        needed = job_of.get(pending.pop(0))
        if needed is None or needed.id in seen:
            continue
        seen.add(needed.id)
        if condition := skippable(needed.condition):
            yield needed.id, condition
        elif needed.condition is None or expression(needed.condition) == "success()":
            pending.extend(needed.needs)


def _one_line(condition: Located) -> str:
    return " ".join(condition.text.split())
