"""Constants at their sinks, wherever in the project they are written."""

from collections.abc import Callable, Iterator

import msgspec
from msgspec.structs import replace

from archlint.code import Step
from archlint.facts import Facts, Occurrence, Sink
from archlint.members import ANY
from archlint.model import Place, Remark, Scope
from archlint.project.following.loans import Loan
from archlint.project.project import Project


class Constant(msgspec.Struct, frozen=True):
    """A constant at a sink."""

    sink: Place
    """Where it acts; the constant itself if it stands there."""
    occurrence: Occurrence
    literal: Place
    """Where it is written."""
    way: tuple[Remark, ...]
    """How it gets from there to the sink: the names that hold it, and last the sink. Empty if it stands there."""


def constants(
    project: Project, scope: Scope, is_asked: Callable[[Occurrence], bool] = lambda _occurrence: True
) -> Iterator[Constant]:
    """Those at the sinks of files in scope: by file, then those that are written there before those lent to it.

    Where they come from is told of those alone that are asked for.
    """
    for facts in project.facts(scope):
        yield from _own(facts, is_asked)
        yield from _borrowed(facts, project, is_asked)


def _own(facts: Facts, is_asked: Callable[[Occurrence], bool]) -> Iterator[Constant]:
    for occurrence in filter(is_asked, facts.occurrences):
        literal, way = Place(facts.path, occurrence.span), _remarks(facts.path, occurrence.way)
        yield Constant(way[-1].place if way else literal, occurrence, literal, way)


def _borrowed(facts: Facts, project: Project, is_asked: Callable[[Occurrence], bool]) -> Iterator[Constant]:
    for occurrence in facts.borrowed:
        loans = project.loans.at(facts.path, occurrence.origin) if occurrence.origin else ()
        for loan in loans:
            name = _name(occurrence, loan)
            if name is None:
                continue
            valued = replace(occurrence, value=loan.value, is_number=loan.is_number, name=name)
            if not is_asked(valued):
                continue
            way = (*loan.trail.remarks(), *_remarks(facts.path, occurrence.way))
            yield Constant(Place(facts.path, occurrence.span), valued, loan.place, way)


def _name(occurrence: Occurrence, loan: Loan) -> str | None:
    """What receives the loan: as a member of an object that is handed over whole, what it is called there."""
    if occurrence.name != ANY:
        return occurrence.name
    member = next((each for each in reversed(loan.members) if not each.startswith("[")), "")
    if member in occurrence.lacks:
        return None
    return member.lower() if occurrence.sink is Sink.HEADER else member


def _remarks(path: str, steps: tuple[Step, ...]) -> tuple[Remark, ...]:
    return tuple(Remark(Place(path, step.span), step.text) for step in steps)
