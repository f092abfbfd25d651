"""What functions call: what they must, what they may not, what only they may, and in which order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from archlint.code import Call
from archlint.kinds.code.calls import Calls, is_meant, told
from archlint.kinds.code.counting import fields
from archlint.model import Hit, Place, Remark, Scope
from archlint.project import Project
from archlint.project.code.flow import Flow, Leads, way
from archlint.project.code.lookup import Function
from archlint.project.code.order import is_preceded


class Judged(msgspec.Struct, frozen=True):
    """The functions in question, in a project."""

    functions: Sequence[Function]
    who: str
    project: Project

    @property
    def flow(self) -> Flow:
        """The calls of the project."""
        return self.project.once(Flow)


def leads_to(calls: Calls, project: Project, *, handed: bool) -> Leads:
    """The functions that make such calls, themselves or through others."""
    flow = project.once(Flow)
    return flow.leading(lambda path, call: is_meant(calls, path, call, flow), handed=handed)


def lacking(judged: Judged, calls: Calls) -> Iterator[Hit]:
    """A hit for each function that does not call what it must."""
    leads = leads_to(calls, judged.project, handed=False)
    for each in judged.functions:
        if each not in leads:
            name = each.definition.name
            text = f"'{name}' does not call {told(calls)}, itself or through what it calls"
            place = Place(each.path, each.definition.span)
            yield Hit(place, text, f"require {name} {told(calls)}", {**fields(each), "call": told(calls)})


def forbidden(judged: Judged, calls: Calls) -> Iterator[Hit]:
    """A hit at the call by which each function gets to what it may not call."""
    leads = leads_to(calls, judged.project, handed=True)
    for each in judged.functions:
        if each in leads:
            yield _reached(each, way(leads, each), leads[each].call)


def _reached(function: Function, steps: tuple[Remark, ...], call: Call) -> Hit:
    name, end = function.definition.name, steps[-1]
    through = "" if len(steps) == 1 else f" through {call.callee}"
    called = end.text.rsplit(" ", 1)[-1]
    return Hit(
        place=steps[0].place,
        text=f"'{name}' must not call '{called}', and does{through}",
        identity=f"forbid {name} {called}",
        fields={**fields(function), "call": called},
        related=(Remark(end.place, end.text),) if len(steps) > 1 else (),
        flows=(steps,) if len(steps) > 1 else (),
    )


def elsewhere(judged: Judged, calls: Calls, scope: Scope) -> Iterator[Hit]:
    """A hit for each such call that is in none of the functions."""
    flow, files = judged.flow, frozenset(judged.project.files(scope))
    allowed = frozenset(judged.functions)
    for path, call in flow.calls():
        if path not in files or not is_meant(calls, path, call, flow):
            continue
        around = [*flow.around(path, call.branch)]
        if not any(each in allowed for each in around):
            named = next((each.definition.name for each in around if each.definition.name), "")
            where = f"not in '{named}'" if named else "not at the top of a file"
            text = f"'{call.callee}' is only called in {judged.who}, {where}"
            told_of = {"name": named, "sort": "function", "value": "", "call": call.callee}
            yield Hit(Place(path, call.span), text, f"only {call.callee} {named}", told_of)


def disordered(judged: Judged, order: tuple[Calls, ...]) -> Iterator[Hit]:
    """A hit for each call that some way through a function gets to without the one that comes first."""
    flow = judged.flow
    for function in judged.functions:
        branch = function.definition.branch
        own = [
            call for call in flow.lookup.codes[function.path].calls if call.branch[: len(branch)] == branch
        ]
        for first, then in pairwise(order):
            earlier = [call for call in own if is_meant(first, function.path, call, flow)]
            for call in own:
                is_later = is_meant(then, function.path, call, flow) and not call.is_handed
                if is_later and not is_preceded(call, earlier, branch):
                    text = (
                        f"'{call.callee}' may be called before {told(first)} in '{function.definition.name}'"
                    )
                    place = Place(function.path, call.span)
                    yield Hit(
                        place,
                        text,
                        f"order {call.callee} {told(first)}",
                        {**fields(function), "call": call.callee},
                    )
