"""Which functions lead to certain calls: through the functions that they call, in their own file and in others."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from archlint.code import Branch, Call, CodeDemand, Definition
from archlint.facts import Demand, ModuleDemand
from archlint.model import Place, Remark, Scope
from archlint.project.code.lookup import Function, Lookup
from archlint.project.code.objects import Objects
from archlint.project.modules import config_demand
from archlint.project.project import Project

Wanted = Callable[[str, Call], bool]
_LONGEST_WAY = 40


class Lead(msgspec.Struct, frozen=True):
    """A call by which a function gets to what is looked for, and the function that it calls; None if it is it."""

    call: Call
    next: Function | None


Leads = Mapping[Function, Lead]


class Flow:
    """The calls of a project, by what they call and by what is around them."""

    def __init__(self, project: Project) -> None:
        self.lookup = project.once(Lookup)
        self.objects = project.once(Objects)
        self._callers: dict[tuple[str, object], list[tuple[str, Call]]] = {}
        self._around: dict[str, dict[Branch, Definition]] = {}
        for path, code in self.lookup.codes.items():
            # A function that a name is made of (`withSession(() => …)`) goes by the name.
            functions = sorted(
                (each for each in code.definitions if each.branch), key=lambda each: bool(each.name)
            )
            self._around[path] = {each.branch: each for each in functions}
            for call in code.calls:
                function = self.lookup.called(path, call)
                if function is not None:
                    key = (function.path, function.definition.body)
                    self._callers.setdefault(key, []).append((path, call))

    def calls(self) -> Iterator[tuple[str, Call]]:
        """Every call, with its file."""
        for path, code in self.lookup.codes.items():
            yield from ((path, call) for call in code.calls)

    def around(self, path: str, branch: Branch) -> Iterator[Function]:
        """The functions around something, innermost first."""
        known = self._around.get(path, {})
        for length in range(len(branch), 0, -1):
            definition = known.get(branch[:length])
            if definition is not None:
                yield Function(path, definition)

    def leading(self, is_wanted: Wanted, *, handed: bool) -> Leads:
        """The functions that lead to a wanted call, nearest first; by ``handed`` also where one is handed on only."""
        found: dict[Function, Lead] = {}
        waiting: list[tuple[str, Call, Function | None]]
        waiting = [(path, call, None) for path, call in self.calls() if is_wanted(path, call)]
        while waiting:
            reached: list[Function] = []
            for path, call, function in waiting:
                for outer in self.around(path, call.branch):
                    if outer not in found and (handed or not call.is_handed):
                        found[outer] = Lead(call, function)
                        reached.append(outer)
            waiting = [
                (path, call, function)
                for function in reached
                for path, call in self._callers.get((function.path, function.definition.body), ())
            ]
        return found


def way(leads: Leads, function: Function) -> tuple[Remark, ...]:
    """The calls from a function to what it leads to."""
    found: list[Remark] = []
    current: Function | None = function
    while current is not None and len(found) < _LONGEST_WAY:
        lead = leads[current]
        verb = "hands on" if lead.call.is_handed else "calls"
        name = current.definition.name or "a function"
        found.append(Remark(Place(current.path, lead.call.span), f"{name} {verb} {lead.call.callee}"))
        current = lead.next
    return tuple(found)


def callers_demand(leads: Leads, project: Project) -> Iterator[Demand]:
    """What to ask so that the callers of these functions become known that stand in other files.

    To be asked again, round by round, until nothing is added.
    """
    lent = dict.fromkeys((each.path, name) for each in leads for name in each.definition.exports)
    yield from importing_demand(
        tuple(lent), project, lambda scope, needles, _modules: CodeDemand(scope, needles)
    )


Making = Callable[[Scope, tuple[tuple[str, ...], ...], tuple[str, ...]], Demand]
"""Makes the demand on a file, given texts that it has to hold, and the modules in question as they are written."""


def importing_demand(lent: Sequence[tuple[str, str]], project: Project, make: Making) -> Iterator[Demand]:
    """What to ask of the files that have these exports, each of a file by its name, also through other files."""
    if not lent:
        return
    yield ModuleDemand(Scope())
    yield from config_demand(project)
    importers = project.once(_importers)
    lookup = project.once(Lookup)
    waiting, seen = sorted(lent), set(lent)
    while waiting:
        path, name = waiting.pop()
        wanted = name.split(".")[0]
        for importer, modules in importers.get(path, ()):
            # What exports all that a module has does not name it.
            needles = () if wanted == "default" else ((wanted, "export"),)
            yield make(Scope((importer,)), needles, modules)
            again = [(importer, each) for each in _passed_on(lookup, importer, path, wanted)]
            waiting.extend(each for each in again if each not in seen)
            seen.update(again)


def _passed_on(lookup: Lookup, importer: str, path: str, wanted: str) -> Iterator[str]:
    """The names under which a file exports again what another exports as ``wanted``."""
    code = lookup.codes.get(importer)
    for passed in code.passed if code is not None else ():
        is_it = passed.name == "*" or passed.origin.name in (wanted, "*")
        if is_it and lookup.lead(importer, passed.origin.module) == path:
            yield wanted if passed.name == "*" else passed.name


def _importers(project: Project) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The files that may import each file, each with the specifiers by which it does."""
    lookup = project.once(Lookup)
    found: dict[str, dict[str, list[str]]] = {}
    for path, facts in sorted(project.facts_by_path.items()):
        for module in facts.modules:
            target = lookup.lead(path, module)
            if target is not None:
                found.setdefault(target, {}).setdefault(path, []).append(module)
    return {
        path: tuple((importer, tuple(modules)) for importer, modules in importers.items())
        for path, importers in found.items()
    }
