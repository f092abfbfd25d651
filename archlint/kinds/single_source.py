"""Kind ``single-source``: the constants of an artifact are read from it, and typed nowhere else."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import PurePosixPath

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import ConstantDemand, Demand, EntryDemand, Occurrence, Sink
from archlint.kinds.borrowed import borrowed_demands
from archlint.kinds.consuming import not_reading, reading_demand
from archlint.kinds.names import Marks
from archlint.kinds.sinks import At, mistakes_at, selects
from archlint.kinds.words import name_words, own_words, strong_words, telling_words
from archlint.model import Hit, Place, Remark, Rule, Scope
from archlint.project import Project
from archlint.project.following import constants as following
from archlint.project.following.constants import Constant
from archlint.scope import matches_name

_NAMED_SINKS = frozenset(
    {Sink.PROPERTY, Sink.VARIABLE, Sink.PARAMETER, Sink.COMPARE, Sink.KEY, Sink.ATTRIBUTE}
)


class Constants(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What the artifact holds by contract."""

    strings: tuple[str, ...] = ()
    """Its strings."""
    numbers: dict[str, int | float] = {}
    """By key, as the artifact would have it."""


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The artifact, what of it may not be typed again, and who reads it."""

    artifact: str
    """A glob that means one JSON, YAML or TOML file."""
    strings: tuple[str, ...] = ("**",)
    """Paths (``events.*``) of the artifact's strings that may not be typed again in the rule's files."""
    numbers: tuple[str, ...] = ("**",)
    """Paths of its numbers that may not be typed again where the name says the same."""
    at: tuple[At, ...] = ()
    """More sinks for the numbers, inside a function that uses one of the strings."""
    while_missing: Constants = Constants()
    """What to hold the files against while there is no artifact."""
    consumers: tuple[str, ...] = ()
    """Globs or zones; among the files of each, one must read the artifact, itself or through what it imports."""


class _Constant(msgspec.Struct, frozen=True):
    value: str
    key: str
    """The entry's path, joined with dots."""
    place: Place | None
    is_number: bool


def demand(rule: Rule[Options], project: Project) -> tuple[Demand, ...]:
    """The artifact's entries first; once they are known, their values in the rule's files."""
    options = rule.options
    demands: tuple[Demand, ...] = (EntryDemand(Scope((options.artifact,))),)
    constants = _constants(options, project)
    strings = tuple(constant.value for constant in constants if not constant.is_number)
    numbers = tuple(constant.value for constant in constants if constant.is_number)
    if strings:
        demands += (ConstantDemand(rule.scope, (strings,), strings),)
    if numbers:
        marks = _number_marks(options, constants, strings)
        demands += (ConstantDemand(rule.scope, values=numbers, mentions=marks.mentions),)
        may_mean = partial(_may_mean, options, constants)
        demands += borrowed_demands(rule.scope, marks, may_mean, project)
    return (*demands, *reading_demand(options.artifact, options.consumers, project))


def _number_marks(options: Options, constants: tuple[_Constant, ...], strings: tuple[str, ...]) -> Marks:
    """How to see that a file may hold a number of the artifact under a name like its own."""
    words = {word for constant in constants if constant.is_number for word in strong_words(constant.key)}
    # A word begins a name, follows what is no letter, or has a capital: `ackMs`, `last_ack`, `lastAck`, `LAST_ACK`.
    spelled = [f"(?:^|[^a-zA-Z]){word}|{word.title()}|{word.upper()}" for word in sorted(words)]
    texts = map(re.escape, strings if options.at else ())
    return Marks(mentions="|".join((*spelled, *texts))) if all(words) else Marks()


def _constants(options: Options, project: Project) -> tuple[_Constant, ...]:
    found = tuple(
        _Constant(entry.value, key, Place(facts.path, entry.span), entry.type == "number")
        for facts in project.facts(Scope((options.artifact,)))
        for entry in facts.entries
        if (key := ".".join(entry.path)) and _is_selected(options, entry.type, key)
    )
    return found or _contract(options.while_missing)


def _is_selected(options: Options, entry_type: str, key: str) -> bool:
    patterns = {"string": options.strings, "number": options.numbers}.get(entry_type, ())
    return any(matches_name(pattern.replace("**", "*"), key) for pattern in patterns)


def _contract(contract: Constants) -> tuple[_Constant, ...]:
    strings = tuple(_Constant(value, value, None, is_number=False) for value in contract.strings)
    numbers = tuple(
        _Constant(str(value), key, None, is_number=True) for key, value in contract.numbers.items()
    )
    return strings + numbers


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each constant typed again, and one for each consumer that does not read the artifact."""
    constants = _constants(rule.options, project)
    artifacts, governed = project.selected(rule.options.artifact), frozenset(project.files(rule.scope))
    found: dict[Place, Hit] = {}
    for path, arrivals in groupby(following.constants(project, rule.scope), lambda found: found.sink.path):
        if path not in artifacts:
            outside = tuple(arrival for arrival in arrivals if arrival.literal.path not in artifacts)
            for hit in _check_file(rule.options, constants, outside, governed):
                found.setdefault(hit.place, hit)
    yield from found.values()
    yield from not_reading(rule.options.artifact, rule.options.consumers, project)


def _check_file(
    options: Options,
    constants: tuple[_Constant, ...],
    arrivals: tuple[Constant, ...],
    governed: frozenset[str],
) -> Iterator[Hit]:
    """The constants that are typed in one file, and the numbers that others lend it."""
    strings = {constant.value: constant for constant in constants if not constant.is_number}
    own = [found.occurrence for found in arrivals if found.literal.path == found.sink.path]
    typed = [found for found in own if not found.is_number and found.value in strings]
    for arrival in arrivals:
        occurrence = arrival.occurrence
        constant = strings.get(occurrence.value) if occurrence.sink is Sink.ANYWHERE else None
        if constant is None or occurrence.is_number:
            constant = _number(options, constants, occurrence, typed)
        if constant is not None:
            place = arrival.literal if arrival.literal.path in governed else arrival.sink
            yield _hit(options, place, arrival, constant)


def _number(
    options: Options, constants: tuple[_Constant, ...], found: Occurrence, typed: list[Occurrence]
) -> _Constant | None:
    """The number of the artifact that ``found`` types again, judged by its name or by the rule's sinks."""
    if not found.is_number:
        return None
    numbers, context = _numbers(options, constants)
    speakers = {function for other in typed for function in other.functions}
    # One word alone (``timeoutMs``) is too common to mean the artifact's, save in a file that takes part.
    words = strong_words(found.name)
    is_told = len(words) > 1 or bool(typed)
    about = telling_words(found.owner)
    is_held = not about or found.owner in speakers or bool(about & context)
    for constant in numbers:
        if constant.value == found.value:
            # Under the very name of the key, the holder may be called as it likes.
            is_key = len(words) > 1 and words == strong_words(constant.key.rsplit(".", 1)[-1])
            is_alike = is_told and (is_held or is_key) and _says_the_same(found, constant, context)
            if is_alike or (selects(options.at, found) and _shares_function(found, typed)):
                return constant
    return None


def _numbers(options: Options, constants: tuple[_Constant, ...]) -> tuple[list[_Constant], frozenset[str]]:
    """The artifact's numbers, and the words that names for them are made of."""
    numbers = [constant for constant in constants if constant.is_number]
    words = (name_words(constant.key) for constant in numbers)
    return numbers, name_words(PurePosixPath(options.artifact).stem).union(*words)


def _may_mean(options: Options, constants: tuple[_Constant, ...], found: Occurrence) -> bool:
    """Whether what arrives there may be a number of the artifact, whatever its value."""
    numbers, context = _numbers(options, constants)
    return selects(options.at, found) or any(_says_the_same(found, each, context) for each in numbers)


def _says_the_same(found: Occurrence, constant: _Constant, context: frozenset[str]) -> bool:
    """Whether a name means the artifact's key: no word of it is foreign, and one is the key's own."""
    words = strong_words(found.name)
    is_own = bool(words & own_words(constant.key))
    # What a call hands to a parameter of that name is any number: the name is the function's, not the number's.
    is_named = found.sink in _NAMED_SINKS and found.argument < 0
    return is_named and words <= context and is_own


def _shares_function(found: Occurrence, typed: list[Occurrence]) -> bool:
    """Whether a string of the artifact is used in the function around the number, or in one inside it."""
    around = found.functions
    return bool(around) and any(other.functions[: len(around)] == around for other in typed)


def _hit(options: Options, place: Place, arrival: Constant, constant: _Constant) -> Hit:
    occurrence = arrival.occurrence
    artifact = constant.place.path if constant.place else options.artifact
    name = f"{occurrence.name} = " if constant.is_number and occurrence.name else ""
    source = (Remark(constant.place, f"its one source, '{constant.key}'"),) if constant.place else ()
    written = Remark(arrival.literal, f"'{occurrence.value}' is written here")
    other = (written if place != arrival.literal else arrival.way[-1],) if arrival.way else ()
    return Hit(
        place=place,
        text=f"{name}{occurrence.value} is typed again; it comes from {artifact}",
        identity=f"{constant.key} {occurrence.value}",
        fields={
            "value": occurrence.value,
            "name": occurrence.name,
            "key": constant.key,
            "artifact": artifact,
        },
        related=(*source, *other),
        flows=((written, *arrival.way),) if arrival.way else (),
    )


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """A missing artifact, paths that select nothing in it, consumers that no file is."""
    options = rule.options
    if not project.selected(options.artifact):
        yield f"no file matches its artifact '{options.artifact}'"
        return
    entries = [entry for facts in project.facts(Scope((options.artifact,))) for entry in facts.entries]
    for pattern in (*options.strings, *options.numbers):
        if not any(matches_name(pattern.replace("**", "*"), ".".join(entry.path)) for entry in entries):
            yield f"'{pattern}' selects nothing in its artifact '{options.artifact}'"
    yield from (f"no file matches its consumer '{c}'" for c in options.consumers if not project.selected(c))


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Sinks that cannot be meant as written."""
    yield from mistakes_at(options.at)


KIND = Kind(
    name="single-source",
    says="constants come from one artifact and are typed nowhere else",
    options=Options,
    needs=Family.CONSTANTS,
    fields=("value", "name", "key", "artifact"),
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=("artifact", "consumers"),
    local=lambda _options: False,
)
