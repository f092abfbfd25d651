"""Kind ``shape``: which keys objects of a form have, of which types, and the same ones everywhere."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from archlint.code import ObjectDemand
from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import ConstantDemand, Demand, ExportDemand
from archlint.kinds.code.selecting import Of, Selected, is_plain, needle_groups, selected, selector_mistakes
from archlint.kinds.code.shapes import Contract, Type, against, alike
from archlint.kinds.names import name_mistakes
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.model import Hit, Rule, Scope
from archlint.project import Project
from archlint.project.code.objects import Objects
from archlint.project.following.constants import constants


class Unknown(StrEnum):
    """What to make of keys that nobody can tell."""

    ERROR = "error"
    ALLOW = "allow"


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Which objects, by what takes them (``of``) and by constants in them (``having``); and their keys."""

    of: Of | tuple[Of, ...] = ()
    """What takes the object: any of these."""
    having: dict[str, OneOrMany] = {}
    """Constants by key; patterns. ``"*"`` for any value."""
    exactly: tuple[str, ...] = ()
    """They have these keys, always, and no others."""
    at_least: tuple[str, ...] = ()
    """They have these keys, always."""
    optional: tuple[str, ...] = ()
    """Keys that they may have, or have sometimes."""
    types: dict[str, Type | tuple[Type, ...]] = {}
    """What the values are, as far as that can be told."""
    same: bool = False
    """All of them have the same keys, of the same types."""
    in_: tuple[str, ...] = msgspec.field(default=(), name="in")
    """Globs and zones: in each of them there is such an object."""
    unknown: Unknown = Unknown.ERROR
    """Whether it is a breach that what is spread into an object cannot be told."""


def demand(rule: Rule[Options], project: Project) -> tuple[Demand, ...]:
    """The objects, in files that have their constants, be it from other files; then what those files lend."""
    return tuple(dict.fromkeys(_demanded(rule, project)))


def _demanded(rule: Rule[Options], project: Project) -> Iterator[Demand]:
    options, keys = rule.options, tuple(sorted(rule.options.having))
    texts = _texts(options)
    if texts:
        yield ConstantDemand(rule.scope, (texts,), texts)
        yield ExportDemand(Scope(ignores=rule.scope.ignores), (texts,), texts, is_quoted=True)
        holders = {
            each.sink.path for each in constants(project, rule.scope) if each.occurrence.value in texts
        }
        yield from (ObjectDemand(Scope((path,)), (), keys) for path in sorted(holders))
    else:
        yield ObjectDemand(rule.scope, needle_groups(as_several(options.of), keys), keys)
    objects = Objects(project)
    for _ in _selected(rule, project, objects):
        pass
    yield from objects.demands()


def _texts(options: Options) -> tuple[str, ...]:
    """Constants one of which each object has, if the rule says so in plain words."""
    plain = [as_tuple(texts) for texts in options.having.values() if all(map(is_plain, as_tuple(texts)))]
    return min(plain, key=len, default=())


def as_several(of: Of | tuple[Of, ...]) -> tuple[Of, ...]:
    """One or several, as several."""
    return (of,) if isinstance(of, Of) else of


def _selected(rule: Rule[Options], project: Project, objects: Objects) -> Iterator[Selected]:
    """The objects in question, each once, by place."""
    found: dict[tuple[object, ...], Selected] = {}
    for facts in project.facts(rule.scope):
        for each in facts.code.built if facts.code is not None else ():
            one = selected(facts.path, each, objects)
            if one.is_meant(as_several(rule.options.of), rule.options.having, rule.inside):
                found.setdefault((one.place, one.value), one)
    # What a file in scope builds is judged there, and not again where another one takes it.
    own = {each.value for each in found.values() if not each.is_lent}
    judged = (each for each in found.values() if not (each.is_lent and each.value in own))
    return iter(sorted(judged, key=lambda each: each.place))


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """Hits for the keys that an object lacks, has too many, has only sometimes, or has of another type."""
    options = rule.options
    found = [*_selected(rule, project, Objects(project))]
    contract = Contract(
        keys=options.exactly or options.at_least,
        is_exact=bool(options.exactly),
        optional=frozenset(options.optional),
        types={key: (types,) if isinstance(types, Type) else types for key, types in options.types.items()},
        may_hide=options.unknown is Unknown.ALLOW,
    )
    for each in found:
        yield from against(each, contract)
    if options.same and found:
        first = _first(found, options.in_, project)
        yield from (hit for each in found if each is not first for hit in alike(each, first, contract))


def _first(found: list[Selected], places: tuple[str, ...], project: Project) -> Selected:
    """What the others are compared with: of the first place, if places are named."""
    paths = project.selected(places[0]) if places else frozenset()
    return next((each for each in found if each.path in paths), found[0])


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Objects, or places with such, that are not there."""
    found = [*_selected(rule, project, Objects(project))]
    if not found:
        yield "no file builds such an object"
        return
    for place in rule.options.in_:
        paths = project.selected(place)
        if not any(each.path in paths for each in found):
            yield f"no file of '{place}' builds such an object"


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """A rule that means all objects, or says nothing of them."""
    if not (options.of or options.having):
        yield (), "shape says which objects it means: of, having"
    if not (options.exactly or options.at_least or options.types or options.same):
        yield (), "shape needs exactly, at-least, types or same"
    if options.exactly and options.at_least:
        yield ("at-least",), "'exactly' and 'at-least' do not go together"
    yield from _key_mistakes(options)
    for key, texts in options.having.items():
        yield from name_mistakes(("having", key), texts)
    yield from selector_mistakes(options.of)


def _key_mistakes(options: Options) -> Iterator[OptionMistake]:
    known = (*(options.exactly or options.at_least), *options.optional)
    for key in options.types if options.exactly else ():
        if key not in known:
            yield ("types", key), f"'{key}' is not among the keys that the objects have"
    for key in options.optional:
        if key in (*options.exactly, *options.at_least):
            yield ("optional",), f"'{key}' is among the keys that they always have"


KIND = Kind(
    name="shape",
    says="which keys objects of a form have, of which types, and the same ones everywhere",
    options=Options,
    needs=Family.OBJECTS,
    fields=("key", "keys", "type"),
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=("in",),
    local=lambda options: not options.same and not options.in_,
    knows_functions=True,
)
