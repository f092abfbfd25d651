"""Kind ``definition``: how often a symbol is defined, and what functions call, where and in which order."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from archlint.code import CodeDemand
from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand
from archlint.kinds.code.calling import Judged, disordered, elsewhere, forbidden, lacking, leads_to
from archlint.kinds.code.calls import Calls, asks_arguments, call_marks, call_mistakes, is_meant, told
from archlint.kinds.code.counting import Group, by_package, too_few, too_many
from archlint.kinds.code.symbols import Sort, Who, chosen
from archlint.kinds.names import name_mistakes
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.model import Hit, Rule, Scope
from archlint.project import Project
from archlint.project.code.flow import Flow, callers_demand
from archlint.project.code.lookup import Function


class Per(StrEnum):
    """Where a symbol is counted."""

    RULE = "rule"
    PACKAGE = "package"
    FILE = "file"


class Allowed(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What the functions call."""

    require: Calls = ()
    """Each function must, itself or through the functions that it calls."""
    forbid: Calls = ()
    """None may, itself or through others."""
    only_here: Calls = ()
    """No other function may."""
    order: tuple[Calls, ...] = ()
    """Each before the next, whichever way is taken through the function."""


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Which symbols, by ``name``, ``sort`` and ``makes``; how many there are; what they call."""

    name: OneOrMany = ()
    """Name patterns."""
    sort: Sort | tuple[Sort, ...] = ()
    """Functions and methods, classes, enums, types and constants of a module, if nothing is said."""
    makes: Calls = ()
    """Only functions that make such a call themselves: what they do says which are meant."""
    exactly: int | None = None
    """So many are there."""
    at_most: int | None = None
    """No more are there."""
    per: Per = Per.RULE
    """Where the number holds."""
    in_: tuple[str, ...] = msgspec.field(default=(), name="in")
    """Globs and zones: the number holds in each of them."""
    calls: Allowed | None = None
    """What they may call, must call, and in which order."""


def demand(rule: Rule[Options], project: Project) -> tuple[Demand, ...]:
    """The files that may define the symbols or make the calls; then those that call what makes them."""
    return tuple(dict.fromkeys(_demanded(rule, project)))


def _demanded(rule: Rule[Options], project: Project) -> Iterator[Demand]:
    options, scope = rule.options, rule.scope
    allowed = options.calls or Allowed()
    yield _who(rule).demand(scope, arguments=asks_arguments(options.makes, *allowed.order))
    if allowed.only_here:
        yield _making(allowed.only_here, scope)
    yield from _lent(rule, project)
    anywhere = Scope(ignores=scope.ignores)
    for calls, handed in ((allowed.require, False), (allowed.forbid, True)):
        if calls:
            yield _making(calls, anywhere)
            yield from callers_demand(leads_to(calls, project, handed=handed), project)


def _lent(rule: Rule[Options], project: Project) -> Iterator[Demand]:
    """What other files lend to the calls in question."""
    allowed, flow = rule.options.calls or Allowed(), project.once(Flow)
    every = (rule.options.makes, allowed.require, allowed.forbid, allowed.only_here, *allowed.order)
    for calls in every if asks_arguments(*every) else ():
        for path, call in flow.calls():
            is_meant(calls, path, call, flow)
    yield from flow.objects.demands()


def _making(calls: Calls, scope: Scope) -> CodeDemand:
    """The files of a scope that may make the calls."""
    found = call_marks(calls)
    groups = (found.needles,) if found.needles else ()
    return CodeDemand(scope, groups, asks_arguments(calls), found.mentions)


def _who(rule: Rule[Options]) -> Who:
    sorts = (rule.options.sort,) if isinstance(rule.options.sort, Sort) else rule.options.sort
    only_functions = rule.options.calls is not None
    return Who(as_tuple(rule.options.name), sorts, rule.options.makes, rule.inside, only_functions)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """Hits for the numbers that do not hold, and for what functions call."""
    options, who = rule.options, _who(rule)
    symbols = chosen(who, rule.scope, project)
    groups, what = _groups(rule, symbols, project), str(who)
    if options.at_most is not None or options.exactly is not None:
        most = options.at_most if options.exactly is None else options.exactly
        yield from too_many(groups, most or 0, what)
        yield from too_few(groups, options.exactly or 0, what)
    if options.calls is None:
        return
    judged, calls = Judged(symbols, what, project), options.calls
    yield from lacking(judged, calls.require) if calls.require else ()
    yield from forbidden(judged, calls.forbid) if calls.forbid else ()
    yield from elsewhere(judged, calls.only_here, rule.scope) if calls.only_here else ()
    yield from disordered(judged, calls.order)


def _groups(rule: Rule[Options], symbols: tuple[Function, ...], project: Project) -> tuple[Group, ...]:
    """The symbols by where they are counted, as a message says it."""
    options = rule.options
    if options.in_:
        places = {place: project.selected(place) for place in options.in_}
        return tuple(
            (f" in '{place}'", tuple(each for each in symbols if each.path in paths))
            for place, paths in places.items()
        )
    if options.per is Per.PACKAGE:
        return by_package(symbols, project)
    if options.per is Per.FILE:
        paths = dict.fromkeys(each.path for each in symbols)
        return tuple(
            (" in this file", tuple(each for each in symbols if each.path == path)) for path in paths
        )
    return (("", symbols),)


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Symbols that are not there, and calls that nobody makes who alone may."""
    options, who = rule.options, _who(rule)
    symbols = chosen(who, rule.scope, project)
    if not symbols and options.exactly != 0 and options.at_most != 0:
        yield f"nothing it looks at defines {who}"
    elif options.exactly:
        groups = _groups(rule, symbols, project)
        yield from (f"nothing defines {who}{where}" for where, found in groups if not found)
    allowed = options.calls or Allowed()
    flow = project.once(Flow)
    for calls in (*([allowed.only_here] if allowed.only_here else []), *allowed.order):
        if symbols and not any(is_meant(calls, path, call, flow) for path, call in flow.calls()):
            yield f"nothing it looks at calls {told(calls)}"


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """A rule that says nothing, numbers below zero, and patterns that cannot be meant."""
    allowed = options.calls or Allowed()
    if not (options.name or options.makes):
        yield (), "definition says which symbols it means: name, or what a function makes"
    if options.exactly is None and options.at_most is None and allowed == Allowed():
        yield (), "definition needs exactly, at-most or calls"
    yield from _number_mistakes(options)
    yield from name_mistakes(("name",), options.name)
    yield from call_mistakes(("makes",), options.makes)
    for key, calls in (
        ("require", allowed.require),
        ("forbid", allowed.forbid),
        ("only-here", allowed.only_here),
    ):
        yield from call_mistakes(("calls", key), calls)
    if len(allowed.order) == 1:
        yield ("calls", "order"), "an order is of two calls or more"
    for number, each in enumerate(allowed.order):
        yield from call_mistakes(("calls", "order", number), each)


def _number_mistakes(options: Options) -> Iterator[OptionMistake]:
    if options.exactly is not None and options.at_most is not None:
        yield ("at-most",), "'exactly' and 'at-most' do not go together"
    for key, number in (("exactly", options.exactly), ("at-most", options.at_most)):
        if number is not None and number < 0:
            yield (key,), "a number is zero or more"
    if options.in_ and options.per is not Per.RULE:
        yield ("per",), "'per' and 'in' do not go together"


def _is_local(options: Options) -> bool:
    """Whether the findings in a file are about what is in that file alone."""
    calls = options.calls
    counts = options.exactly is not None or options.at_most is not None
    is_far = calls is not None and bool(calls.require or calls.forbid)
    return not is_far and (not counts or options.per is Per.FILE)


KIND = Kind(
    name="definition",
    says="how often a symbol is defined; what functions call, must call, and in which order",
    options=Options,
    needs=Family.CODE,
    fields=("name", "sort", "value", "call"),
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=("in",),
    local=_is_local,
    knows_functions=True,
)
