"""Commands that a workflow must run: that it does, where, when, and that their failure shows."""

from collections.abc import Iterator

from archlint.kinds.several import as_tuple
from archlint.kinds.workflow.commands import is_any, is_exactly
from archlint.kinds.workflow.flaws import Flaw, softeners
from archlint.kinds.workflow.options import Options, RequiredRun
from archlint.kinds.workflow.order import those, told_site, too_early, too_late
from archlint.kinds.workflow.told import hit, listed
from archlint.model import Hit, Place, Remark
from archlint.pipelines import Workflow
from archlint.project.execution import Execution, Resolved
from archlint.scope import matches_name

_MOST_NOTES = 3
_MOST_CANDIDATES = 50


def check_runs(options: Options, path: str, workflow: Workflow, resolved: Resolved) -> Iterator[Hit]:
    """A hit for each command that is not run as it should be; what several suffer from is told once."""
    commands_of: dict[tuple[Place, str, str], list[str]] = {}
    first_of: dict[tuple[Place, str, str], Flaw] = {}
    for required in options.runs:
        matches = _matches(required, resolved)
        if not matches:
            yield from _absent(required, Place(path, workflow.jobs_span), resolved)
        for flaw, command in _flaws(required, matches, options, resolved):
            key = (flaw.place, flaw.says, flaw.identity)
            first_of.setdefault(key, flaw)
            commands_of.setdefault(key, []).append(command)
    for key, commands in commands_of.items():
        named = listed(list(dict.fromkeys(commands)))
        text = key[1].replace("{commands}", named)
        yield hit(key[0], text, f"{key[2]} {named}", command=named, flow=first_of[key].flow)


def lacking(runs: tuple[RequiredRun, ...], resolved: Resolved) -> int:
    """How many of the commands are not run at all."""
    return sum(not _matches(required, resolved) for required in runs)


def _matches(required: RequiredRun, resolved: Resolved) -> list[Execution]:
    """The runs of a command. Where one leads to another, only that: it is nearer to what happens."""
    found = [each for each in resolved.executions if is_any(each, required.commands)]
    outer = {id(link) for each in found for link in each.way[:-1]}
    return [each for each in found if id(each) not in outer]


def _absent(required: RequiredRun, place: Place, resolved: Resolved) -> Iterator[Hit]:
    """A hit at what must not run before the command; if there is nothing of the kind, one at the jobs."""
    wanted = " or ".join(f"`{command}`" for command in required.commands)
    lost = [each for each in resolved.executions if each.lost]
    notes = [
        *(each.lost for each in lost[:1]),
        *(f"{remark.text} ({_line(remark, place.path)})" for remark in resolved.unread[:_MOST_NOTES]),
    ]
    related = (*(Remark(each.place, each.lost) for each in lost), *resolved.unread)
    command = required.commands[0]
    later = those(required.before, resolved) if required.before else []
    told = {each.top.place: f"{told_site(each)} runs, and no step runs {wanted} before it" for each in later}
    for where, text in (told or {place: f"no step runs {wanted}"}).items():
        yield hit(
            where, "; ".join((text, *notes)), f"absent `{command}`", command=f"`{command}`", related=related
        )


def _line(remark: Remark, path: str) -> str:
    place = remark.place
    return f"line {place.span.line}" if place.path == path else f"{place.path}:{place.span.line}"


def _flaws(
    required: RequiredRun, matches: list[Execution], options: Options, resolved: Resolved
) -> list[tuple[Flaw, str]]:
    """What is wrong with the best of the runs of a command."""
    candidates = (
        [(flaw, _name(each, flaw.place)) for flaw in _flaws_of(each, required, options, resolved)]
        for each in matches[:_MOST_CANDIDATES]
    )
    return min(candidates, key=len, default=[])


def _flaws_of(
    execution: Execution, required: RequiredRun, options: Options, resolved: Resolved
) -> Iterator[Flaw]:
    if required.exact and not is_exactly(execution, required.commands):
        says = f"`{execution.says}` has more arguments than `{required.commands[0]}`, which allows no others"
        yield Flaw(execution.place, says, "more arguments", execution.flow)
    if required.blocking:
        yield from softeners(execution, resolved, set(options.triggers))
    if required.own_step:
        yield from _shared(execution, required, options, resolved)
    if required.job:
        yield from _elsewhere(execution, required.job)
    yield from too_early(execution, as_tuple(required.after), resolved)
    yield from too_late(execution, required, resolved)
    for each in resolved.below(execution):
        if each.lost:
            yield Flaw(each.place, each.lost, f"lost {each.says}", each.flow)


def _elsewhere(execution: Execution, pattern: str) -> Iterator[Flaw]:
    jobs = [site.job for site in execution.sites if site.workflow]
    if not any(matches_name(pattern, name) for job in jobs for name in (job.id, job.name)):
        says = f"job `{jobs[-1].id}` runs {{commands}}, and not one called '{pattern}'"
        yield Flaw(execution.top.place, says, f"job {pattern}", execution.flow)


def _shared(
    execution: Execution, required: RequiredRun, options: Options, resolved: Resolved
) -> Iterator[Flaw]:
    site = execution.sites[-1]
    others = [each for other in options.runs if other != required for each in _matches(other, resolved)]
    for other in others:
        if other.sites[-1] is site and other is not execution:
            earlier, later = sorted((execution, other), key=lambda one: one.turn[1])
            is_one_line = earlier.top is later.top
            names = [each.says if is_one_line else _name(each, each.top.place) for each in (later, earlier)]
            says = f"`{names[0]}` shares its step with `{names[1]}`"
            yield Flaw(later.top.place, says, f"{site.job.id}: shared step", later.flow or earlier.flow)


def _name(execution: Execution, place: Place) -> str:
    """A command as a reader of ``place`` knows it: as it is written there, if it is."""
    top = execution.top
    return top.says if top.words and top.place.path == place.path else execution.says
