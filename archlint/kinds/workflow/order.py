"""What runs before what: by step within a job, by ``needs`` between jobs."""

from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache

from archlint.kinds.several import as_tuple
from archlint.kinds.workflow.commands import is_any
from archlint.kinds.workflow.flaws import Flaw, expression
from archlint.kinds.workflow.options import RequiredRun, Steps
from archlint.model import Place
from archlint.pipelines import Located, Workflow
from archlint.project.execution import Execution, Resolved, told_step
from archlint.scope import matches_name


class Order(Enum):
    """Of two executions, whether the first runs before the second."""

    BEFORE = auto()
    AFTER = auto()
    UNORDERED = auto()


def order(first: Execution, second: Execution) -> Order:
    """How two executions of one workflow follow each other, if it is sure."""
    for one, other in zip(_in_jobs(first), _in_jobs(second), strict=False):
        if one.site is None or other.site is None or one.site is other.site:
            continue
        if one.site.job.id != other.site.job.id:
            return _by_needs(one.site.job.id, other.site.job.id, one.site.workflow)
        if one.turn[0] != other.turn[0]:
            return Order.BEFORE if one.turn[0] < other.turn[0] else Order.AFTER
    return Order.BEFORE if first.turn[1] < second.turn[1] else Order.AFTER


def _in_jobs(execution: Execution) -> list[Execution]:
    """The links of its way that stand in jobs, outermost first."""
    return [link for link in execution.way if link.site is not None and link.site.workflow is not None]


def _by_needs(one: str, other: str, workflow: Workflow | None) -> Order:
    if workflow is not None and one in _needed(workflow, other):
        return Order.BEFORE
    if workflow is not None and other in _needed(workflow, one):
        return Order.AFTER
    return Order.UNORDERED


@lru_cache(maxsize=256)
def _needed(workflow: Workflow, job: str) -> frozenset[str]:
    """The jobs that a job waits for, those that they wait for, and so on."""
    needs_of = {each.id: each.needs for each in workflow.jobs}
    found: set[str] = set()
    pending = list(needs_of.get(job, ()))
    while pending:
        needed = pending.pop()
        if needed not in found:
            found.add(needed)
            pending.extend(needs_of.get(needed, ()))
    return frozenset(found)


def too_late(execution: Execution, required: RequiredRun, resolved: Resolved) -> Iterator[Flaw]:
    """What must run only after a command and may run before it, or although it failed."""
    if required.before is None:
        return
    for later in those(required.before, resolved):
        how = order(execution, later)
        if how is not Order.BEFORE:
            yield _misplaced(execution, later, how, place=later.top.place)
        elif required.blocking and (condition := _regardless(later)):
            says = f"`if: {' '.join(condition[1].text.split())}` runs {told_site(later)} even if {{commands}} failed"
            yield Flaw(
                Place(condition[0], condition[1].span), says, f"regardless {later.says}", execution.flow
            )


def those(steps: Steps, resolved: Resolved) -> list[Execution]:
    """The executions that a rule means; where one leads to another, only that."""
    found = [each for each in resolved.executions if _is_meant(steps, each)]
    outer = {id(link) for each in found for link in each.way[:-1]}
    return [each for each in found if id(each) not in outer]


def _is_meant(steps: Steps, execution: Execution) -> bool:
    if execution.uses:
        given = dict(execution.inputs)
        return any(matches_name(pattern, execution.uses) for pattern in as_tuple(steps.uses)) and all(
            _is_given(given.get(name, ""), as_tuple(patterns)) for name, patterns in steps.given.items()
        )
    return is_any(execution, as_tuple(steps.command)) and not is_any(execution, as_tuple(steps.ignores))


def _is_given(value: str, patterns: tuple[str, ...]) -> bool:
    return any(matches_name(pattern, value) if pattern else not value for pattern in patterns)


def _regardless(later: Execution) -> tuple[str, Located] | None:
    """The condition by which something runs after failures too."""
    for site in later.sites:
        for condition in (site.step.condition if site.step else None, site.job.condition):
            if condition and any(
                word in expression(condition) for word in ("always()", "failure()", "cancelled()")
            ):
                return site.path, condition
    return None


def too_early(execution: Execution, commands: tuple[str, ...], resolved: Resolved) -> Iterator[Flaw]:
    """Whether a command runs before what must come first."""
    if not commands:
        return
    wanted = " or ".join(f"`{command}`" for command in commands)
    earlier = [each for each in resolved.executions if is_any(each, commands) and each is not execution]
    orders = {order(each, execution): each for each in reversed(earlier)}
    if not earlier:
        says = f"no step runs {wanted}, which must come before {{commands}}"
        yield Flaw(execution.top.place, says, f"after {commands[0]}: absent")
    elif Order.BEFORE not in orders:
        how = Order.AFTER if Order.AFTER in orders else Order.UNORDERED
        yield _misplaced(orders[how], execution, how, place=execution.top.place)


def _misplaced(first: Execution, second: Execution, how: Order, *, place: Place) -> Flaw:
    """``first`` should run before ``second``, and it is sure that it does not, or nothing says so."""
    identity = f"order {first.says} {second.says}"
    flow = first.flow or second.flow
    if how is Order.AFTER:
        return Flaw(place, f"{told_site(second)} runs before {told_site(first)}", identity, flow)
    jobs = [link.site.job.id for link in (first.top, second.top) if link.site]
    says = f"nothing makes {told_site(second)} wait for {told_site(first)}: job `{jobs[-1]}` lacks `needs: {jobs[0]}`"
    return Flaw(place, says, identity, flow)


def told_site(execution: Execution) -> str:
    """An execution with the step or job it stands in, as it is told."""
    site = execution.sites[-1]
    where = told_step(site.step) if site.step else f"job `{site.job.id}`"
    return f"{where} (`{execution.says}`)"
