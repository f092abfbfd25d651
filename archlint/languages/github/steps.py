"""The steps of workflow jobs and composite actions."""

import msgspec

from archlint.languages.bash.modes import mode_of
from archlint.languages.documents import Node, Path, span_of
from archlint.languages.github.values import Values
from archlint.languages.located import commands_in
from archlint.pipelines import Command, WorkflowStep


class Defaults(msgspec.Struct, frozen=True):
    """What holds for the steps of a job that say nothing else."""

    shell: str = ""
    folder: str = ""


def steps(values: Values, path: Path, defaults: Defaults) -> tuple[WorkflowStep, ...]:
    """The steps of the sequence at ``path``."""
    return tuple(_step(values, index, step, defaults) for index, step in enumerate(values.children(path)))


def _step(values: Values, index: int, step: Node, defaults: Defaults) -> WorkflowStep:
    path = step.path
    shell = values.text((*path, "shell")) or defaults.shell
    run = values.get((*path, "run"))
    return WorkflowStep(
        index=index,
        span=span_of(values.source, step),
        name=values.text((*path, "name")),
        uses=values.located((*path, "uses")),
        run=values.located((*path, "run")),
        shell=shell,
        commands=_commands(values, run, shell),
        is_understood=run is None or mode_of(shell) is not None,
        condition=values.located((*path, "if")),
        continue_on_error=values.unless_false((*path, "continue-on-error")),
        inputs=values.named((*path, "with")),
        env=values.named((*path, "env")),
        working_directory=values.text((*path, "working-directory")) or defaults.folder,
    )


def _commands(values: Values, run: Node | None, shell: str) -> tuple[Command, ...]:
    mode = mode_of(shell)
    if run is None or mode is None:
        return ()
    found, problems = commands_in(values.source, run.content, mode)
    values.problems.extend(problems)
    return found
