"""One thing that CI executes, and the way that leads to it."""

from collections.abc import Iterator

import msgspec

from archlint.model import WHOLE_FILE, Place, Remark
from archlint.pipelines import Command, Workflow, WorkflowJob, WorkflowStep
from archlint.project.words import Words

_MOST_REMARKS = 12


class Site(msgspec.Struct, frozen=True, eq=False):
    """A step or job as it runs once, with one combination of its matrix. Two are the same if they are one object."""

    path: str
    job: WorkflowJob
    step: WorkflowStep | None = None
    workflow: Workflow | None = None
    """None where ``step`` is an action's."""


class Execution(msgspec.Struct, frozen=True, eq=False):
    """A command that is executed, or an action or workflow that is used."""

    place: Place
    says: str
    """What it is, as it is told: ``pnpm test``, ``uses ./.github/actions/x``."""
    words: Words = ()
    """Empty for what is no command."""
    rooted: Words = ()
    """The same with the file that it runs as a path from the root."""
    turn: tuple[int, int] = (0, 0)
    """When it runs within its job: its step, and its number within that."""
    site: Site | None = None
    """The step it stands in; None for a command of a script."""
    command: Command | None = None
    uses: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    via: "Execution | None" = None
    """What led to it."""
    file: str = ""
    """The file that it runs, if it is there."""
    lost: str = ""
    """Why it leads nowhere, a sentence; '' if it does not."""
    depth: int = 0
    """How many others led to it."""

    @property
    def way(self) -> tuple["Execution", ...]:
        """What led to it, outermost first, and itself."""
        found = [self]
        while (via := found[-1].via) is not None:
            found.append(via)
        return tuple(reversed(found))

    @property
    def sites(self) -> tuple[Site, ...]:
        """The jobs and steps around it, outermost first."""
        return tuple(link.site for link in self.way if link.site is not None)

    @property
    def top(self) -> "Execution":
        """Where it starts in the workflow itself."""
        return self.way[0]

    @property
    def flow(self) -> tuple[Remark, ...]:
        """Its way as remarks, down to the file; none if the workflow executes it itself. A long way is cut short."""
        way = self.way
        if len(way) == 1:
            return ()
        half = _MOST_REMARKS // 2
        shown = way if len(way) <= _MOST_REMARKS else (*way[:half], *way[-half:])
        remarks = tuple(Remark(link.place, _remark(link)) for link in shown)
        if not self.file:
            return remarks
        return (*remarks, Remark(Place(self.file, WHOLE_FILE), f"the file that `{self.says}` runs"))


def _remark(link: Execution) -> str:
    if link.site is None:
        return f"runs `{link.says}`"
    job = f"job `{link.site.job.id}`"
    return (
        f"{job}: {told_step(link.site.step)} runs `{link.says}`" if link.site.step else f"{job} {link.says}"
    )


def told_step(step: WorkflowStep) -> str:
    """A step as it is told: its name, or its number from 1."""
    return f"step '{step.name}'" if step.name else f"step {step.index + 1}"


class Resolved(msgspec.Struct, frozen=True):
    """All that a workflow executes, in the order in which it is written."""

    executions: tuple[Execution, ...]
    unread: tuple[Remark, ...] = ()
    """What could execute more: shells that are not understood, workflows of other repositories."""
    wanted: frozenset[str] = frozenset()
    """The files that are not known yet and may say more."""
    ran: frozenset[tuple[str, str]] = msgspec.field(default_factory=frozenset)
    """The scripts that run, by file and name."""

    def below(self, execution: Execution) -> Iterator[Execution]:
        """An execution and all that it leads to."""
        inside = {id(execution)}
        for each in self.executions:
            if id(each) in inside or (each.via is not None and id(each.via) in inside):
                inside.add(id(each))
                yield each
