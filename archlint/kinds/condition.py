"""Kind ``condition``: nothing may depend on certain names, or not the choice of certain things."""

from collections.abc import Iterator
from functools import partial

import msgspec

from archlint.code import Condition, ConditionDemand, Import, Tested
from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand
from archlint.kinds.names import is_around, is_called, is_named, last_segments, name_mistakes, needles
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.model import Hit, Place, Remark, Rule, Scope
from archlint.project import Project
from archlint.project.code.flow import importing_demand
from archlint.project.code.lookup import Lookup

_LONGEST_CHAIN = 20


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Tests of ``if``, ``? :``, ``&&``, ``||``, ``??``, ``switch`` and loops."""

    reads: OneOrMany
    """No test may read such a name: its last part (``isPlatform``), or several (``location.hostname``)."""
    chooses: OneOrMany = ()
    """Only tests of which a way mentions such a name or constant, or whose value such a name receives."""
    against: OneOrMany = ()
    """Only tests that hold such a constant."""


def demand(rule: Rule[Options], project: Project) -> tuple[Demand, ...]:
    """The tests in the rule's files; then those of what other files export that depends on such names."""
    names, anywhere = as_tuple(rule.options.reads), Scope(ignores=rule.scope.ignores)
    texts = needles(last_segments(names) or ())
    groups = (texts,) if texts else ()
    first = (
        ConditionDemand(rule.scope, groups, names),
        ConditionDemand(anywhere, (*groups, ("export",)), names),
    )
    lookup = project.once(Lookup)
    lent = {
        (path, each.name): None
        for path, code in lookup.codes.items()
        for each in code.tested
        if _ends(rule.options, path, each, lookup)
    }
    further = importing_demand(tuple(lent), project, partial(_asking, names))
    return tuple(dict.fromkeys((*first, *further)))


def _asking(
    names: tuple[str, ...], scope: Scope, needles: tuple[tuple[str, ...], ...], modules: tuple[str, ...]
) -> Demand:
    return ConditionDemand(scope, needles, names, modules)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each test that reads what it may not."""
    lookup = project.once(Lookup)
    for facts in project.facts(rule.scope):
        for each in facts.code.conditions if facts.code is not None else ():
            if _is_judged(rule, each):
                yield from _hits(rule.options, facts.path, each, lookup)


def _is_judged(rule: Rule[Options], condition: Condition) -> bool:
    options = rule.options
    is_inside = rule.inside is None or is_around(rule.inside.function, condition.functions)
    is_chosen = not options.chooses or bool(_chosen(options, condition))
    is_against = not options.against or any(is_named(options.against, text) for text in condition.constants)
    return is_inside and is_chosen and is_against


def _chosen(options: Options, condition: Condition) -> list[str]:
    return [each for each in condition.chooses if is_named(options.chooses, each)]


def _hits(options: Options, path: str, condition: Condition, lookup: Lookup) -> Iterator[Hit]:
    own = [name for name in condition.reads if is_called(options.reads, name)]
    way = tuple(Remark(Place(path, step.span), step.text) for step in condition.way)
    if not own:
        ends = (_beyond(options, path, origin, lookup) for origin in condition.origins)
        end = next((end for end in ends if end is not None), None)
        if end is None:
            return
        own, way = [end[0]], (*end[1], *way)
    chosen = _chosen(options, condition) if options.chooses else []
    what = f" and chooses '{chosen[0]}'" if chosen else ""
    yield Hit(
        place=Place(path, condition.span),
        text=f"this test depends on '{own[0]}'{what}",
        identity=f"{own[0]} {chosen[0] if chosen else ''}",
        fields={"name": own[0], "chosen": chosen[0] if chosen else ""},
        related=way[:1],
        flows=((*way, Remark(Place(path, condition.span), "is tested here")),) if way else (),
    )


def _beyond(
    options: Options, path: str, origin: Import, lookup: Lookup
) -> tuple[str, tuple[Remark, ...]] | None:
    """The name that an import depends on, and the way from there."""
    waiting: list[tuple[str, Import, tuple[Remark, ...]]] = [(path, origin, ())]
    for _ in range(_LONGEST_CHAIN):
        if not waiting:
            break
        here, wanted, way = waiting.pop()
        for file, exported, each in _exporting(here, wanted, lookup):
            step = Remark(Place(file, each.span), f"'{exported}' depends on this")
            own = next((name for name in each.reads if is_called(options.reads, name)), None)
            if own is not None:
                return own, (step, *way)
            waiting.extend((file, further, (step, *way)) for further in each.origins)
    return None


def _exporting(path: str, origin: Import, lookup: Lookup) -> Iterator[tuple[str, str, Tested]]:
    for file, wanted in lookup.ways(path, origin):
        code = lookup.codes.get(file)
        for each in code.tested if code is not None else ():
            if each.name == wanted.name:
                yield file, each.name, each


def _ends(options: Options, path: str, each: Tested, lookup: Lookup) -> bool:
    """Whether an export depends on what is asked for, here or where it is from."""
    if any(is_called(options.reads, name) for name in each.reads):
        return True
    return any(_beyond(options, path, origin, lookup) is not None for origin in each.origins)


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Patterns that cannot be meant."""
    if not as_tuple(options.reads):
        yield ("reads",), "'reads' names at least one name"
    yield from name_mistakes(("reads",), options.reads)
    yield from name_mistakes(("chooses",), options.chooses)
    yield from name_mistakes(("against",), options.against)


KIND = Kind(
    name="condition",
    says="nothing may depend on certain names, or not the choice of certain things",
    options=Options,
    needs=Family.CODE,
    fields=("name", "chosen"),
    demand=demand,
    check=check,
    mistakes=mistakes,
    local=lambda _options: False,
    knows_functions=True,
)
