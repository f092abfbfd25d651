"""Kind ``value``: constants that are forbidden at sinks, the only ones allowed there, or required there."""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import ConstantDemand, Demand, ExportDemand, Occurrence, Sink
from archlint.kinds.borrowed import borrowed_demands
from archlint.kinds.bound import without_bound_names
from archlint.kinds.formats import REGEX_OF, Format
from archlint.kinds.misses import near_misses
from archlint.kinds.numbers import is_number, spellings
from archlint.kinds.sinks import (
    At,
    as_tuple,
    is_inside,
    mistakes_at,
    name_needles,
    named_sinks,
    names_at,
    selects,
)
from archlint.model import WHOLE_FILE, Hit, Outcome, Place, Remark, Rule, Scope
from archlint.project import Project
from archlint.project.following.constants import Constant, constants
from archlint.regexes import BadRegexError, compile_regex

_MOST_PLACES = 10


class Per(StrEnum):
    """What must have a required constant."""

    FILE = "file"
    RULE = "rule"


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Say which constants with one of ``forbid``, ``only``, ``require``, ``format`` or ``regex``, where with ``at``."""

    at: tuple[At, ...]
    forbid: str | tuple[str, ...] = ()
    """These constants may not stand there."""
    only: str | tuple[str, ...] = ()
    """No others may stand there."""
    require: str | tuple[str, ...] = ()
    """Each of these constants must stand there."""
    per: Per = Per.FILE
    """Whether ``require`` speaks of every file, or of the rule's files together."""
    format: Format | None = None
    """Constants of this form may not stand there."""
    regex: str = ""
    """Constants that match this whole may not stand there."""


def demand(rule: Rule[Options], project: Project) -> tuple[Demand, ...]:
    """The constants in question where they act, where other files have them from, and what acts for others' sake."""
    options = rule.options
    names, values = name_needles(options.at), as_tuple(options.forbid or options.require)
    constants = ConstantDemand(
        scope=rule.scope,
        needles=tuple(group for group in (_needles(values), names) if group),
        values=values,
        regex=_regex(options),
        every=bool(options.only),
    )
    identifiers = tuple(name for entry in options.at for name in names_at(entry, Sink.IDENTIFIER))
    demands: tuple[Demand, ...] = (constants,)
    if identifiers:
        demands += (ConstantDemand(rule.scope, (identifiers,), identifiers=identifiers),)
    if not _is_followed(options):
        return demands
    if options.only or options.require:
        is_asked = partial(selects, options.at)
        return demands + borrowed_demands(rule.scope, names, is_asked, project)
    return (*demands, *_exported(rule))


def _needles(values: tuple[str, ...]) -> tuple[str, ...]:
    """Texts one of which a file holds that has one of the values; none where one has other spellings."""
    return () if any(map(is_number, values)) else values


def _exported(rule: Rule[Options]) -> Iterator[Demand]:
    """The constants in question that any file lends, told apart by how to see that a file has none."""
    anywhere = _anywhere(rule)
    values, regex = as_tuple(rule.options.forbid), _regex(rule.options)
    texts = tuple(value for value in values if not is_number(value))
    numbers = tuple(value for value in values if is_number(value))
    if texts or regex:
        # What is lent is a whole literal: a word in a sentence, a comment or a longer name is none.
        quoted = tuple(f"{quote}{text}{quote}" for text in texts for quote in ("'", '"', "`"))
        yield ExportDemand(anywhere, (quoted,) if quoted else (), texts, regex)
    if numbers:
        yield ExportDemand(anywhere, values=numbers, regex=spellings(numbers))


def _anywhere(rule: Rule[Options]) -> Scope:
    """Where a constant may be written that breaks the rule elsewhere: not in the files that it ignores."""
    return Scope(ignores=rule.scope.ignores)


def _is_followed(options: Options) -> bool:
    """Whether a constant can get to one of the sinks by a name: not where the constant itself is what is judged."""
    return any(entry not in (At(), At(anywhere=True, inside=entry.inside)) for entry in options.at)


def _regex(options: Options) -> str:
    return REGEX_OF[options.format] if options.format else options.regex


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """One hit for each literal that breaks the rule, told by the first of the sinks it reaches."""
    if rule.options.require:
        yield from _lacking(rule, project)
        return
    governed, judged = frozenset(project.files(rule.scope)), frozenset(project.files(_anywhere(rule)))
    breaches = [
        constant
        for constant in constants(project, rule.scope)
        if constant.literal.path in judged and _breaks(rule, constant.occurrence)
    ]
    found: dict[Place, list[Constant]] = {}
    for constant in without_bound_names(breaches):
        place = constant.literal if constant.literal.path in governed else constant.sink
        found.setdefault(place, []).append(constant)
    for place, told in found.items():
        yield _hit(rule.options, place, told)


def _breaks(rule: Rule[Options], occurrence: Occurrence) -> bool:
    is_wanted = occurrence.sink is Sink.IDENTIFIER or _is_forbidden(rule.options, occurrence.value)
    return is_wanted and _is_there(rule, occurrence)


def _is_there(rule: Rule[Options], occurrence: Occurrence) -> bool:
    return _is_around(rule, occurrence) and selects(rule.options.at, occurrence)


def _is_around(rule: Rule[Options], occurrence: Occurrence) -> bool:
    return rule.inside is None or is_inside(as_tuple(rule.inside.function), occurrence)


def _is_forbidden(options: Options, value: str) -> bool:
    if options.only:
        return value not in as_tuple(options.only)
    if value in as_tuple(options.forbid):
        return True
    regex = _regex(options)
    return bool(regex) and compile_regex(regex).fullmatch(value) is not None


def _hit(options: Options, place: Place, breaches: list[Constant]) -> Hit:
    """The breach at ``place``, told by the nearest of the sinks that one constant reaches."""
    sinks = {breach.sink: breach for breach in sorted(breaches, key=_distance, reverse=True)}
    told, *others = sorted(sinks.values(), key=_distance)
    occurrence = told.occurrence
    sink, name, value = occurrence.sink.value, occurrence.name, occurrence.value
    where = _where(occurrence)
    text = f"'{value}' is forbidden {where}"
    if occurrence.sink is Sink.IDENTIFIER:
        text = f"the name '{name}' is forbidden"
    elif options.only:
        text = f"'{value}' {where}: only {', '.join(as_tuple(options.only))} may stand there"
    ends = (_written(told),) if told.literal != place else ((_there(told),) if told.way else ())
    also = tuple(_there(other) for other in others)
    return Hit(
        place=place,
        text=text,
        identity=f"{sink} {name} {value}",
        fields={"value": value, "sink": sink, "name": name},
        related=(*ends, *also)[:_MOST_PLACES],
        flows=tuple(_flow(breach) for breach in (told, *others) if breach.way)[:_MOST_PLACES],
    )


def _flow(constant: Constant) -> tuple[Remark, ...]:
    return _written(constant), *constant.way


def _there(constant: Constant) -> Remark:
    return (
        constant.way[-1] if constant.way else Remark(constant.sink, f"stands {_where(constant.occurrence)}")
    )


def _written(constant: Constant) -> Remark:
    return Remark(constant.literal, f"'{constant.occurrence.value}' is written here")


def _distance(constant: Constant) -> tuple[int, Place]:
    return len(constant.way), constant.sink


def _where(occurrence: Occurrence) -> str:
    sink, name = occurrence.sink.value, occurrence.name
    if occurrence.sink is Sink.ANYWHERE:
        return "anywhere"
    return f"at {sink} '{name}'" if name else f"at sink {sink}"


def _lacking(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each required constant that a file lacks, or that all of them do; what was not read may have it."""
    there: dict[str, set[str]] = {}
    for constant in constants(project, rule.scope):
        if _is_there(rule, constant.occurrence):
            there.setdefault(constant.occurrence.value, set()).add(constant.sink.path)
    asked = tuple(project.facts(rule.scope))
    whole = [facts.path for facts in asked if facts.outcome is Outcome.ANALYSED]
    for value in as_tuple(rule.options.require):
        lacking = [path for path in whole if path not in there.get(value, ())]
        if rule.options.per is Per.RULE:
            lacking = lacking[:1] if len(lacking) == len(asked) else []
        for path in lacking:
            text = f"'{value}' {_lack(rule.options)}"
            fields = {"value": value, "sink": "", "name": ""}
            yield Hit(Place(path, WHOLE_FILE), text, f"require {value}", fields)


def _lack(options: Options) -> str:
    """Where the constants are required, and who lacks them."""
    sinks = dict.fromkeys(f"{sink} '{name}'" for sink, name in named_sinks(options.at))
    where = "anywhere" if any(entry.anywhere for entry in options.at) else f"at {' or '.join(sinks)}"
    who = "this file lacks it" if options.per is Per.FILE else "no file of the rule has it"
    return f"is required {where}; {who} there"


def misses(rule: Rule[Options], seen: tuple[Occurrence, ...]) -> Iterator[str]:
    """Constants that the rule is about at other sinks, others at its sinks, and what is outside its functions."""
    options = rule.options
    if options.require:
        breaking = tuple(each for each in seen if each.value in as_tuple(options.require))
    else:
        breaking = tuple(each for each in seen if _is_forbidden(options, each.value))
    yield from near_misses(options.at, _wanted(options), breaking, seen)
    for occurrence in breaking:
        if selects(options.at, occurrence) and not _is_around(rule, occurrence):
            within = f"in function '{occurrence.functions[-1]}'" if occurrence.functions else "in no function"
            yield f"found '{occurrence.value}' {_where(occurrence)}, but {within}, where the rule does not look"


def _wanted(options: Options) -> tuple[str, ...]:
    if options.only:
        return (f"all but {', '.join(as_tuple(options.only))}",)
    values = as_tuple(options.forbid or options.require)
    return tuple(f"'{value}'" for value in values) or (options.format or f"/{options.regex}/",)


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Not exactly one of the ways to say which constants, or sinks that cannot be meant as written."""
    if not options.at:
        yield ("at",), "'at' names at least one sink"
    given = [name for name in ("forbid", "only", "require", "format", "regex") if getattr(options, name)]
    is_by_name = any(names_at(entry, Sink.IDENTIFIER) for entry in options.at)
    if len(given) > 1 or not (given or is_by_name):
        yield (), "value needs exactly one of forbid, only, require, format and regex"
    if options.per is Per.RULE and not options.require:
        yield ("per",), "'per' says of whom something is required; it goes with require"
    yield from mistakes_at(options.at)
    try:
        compile_regex(options.regex)
    except BadRegexError as error:
        yield ("regex",), f"bad regular expression: {error}"
    for index, entry in enumerate(options.at):
        for name in names_at(entry, Sink.IDENTIFIER):
            if not name.replace("_", "").replace("$", "").isalnum():
                yield ("at", index, "identifier"), f"{name!r} is no identifier; patterns are not allowed here"


KIND = Kind(
    name="value",
    says="constants that are forbidden at sinks, the only ones allowed there, or required there",
    options=Options,
    needs=Family.CONSTANTS,
    fields=("value", "sink", "name"),
    demand=demand,
    check=check,
    mistakes=mistakes,
    local=lambda options: not options.require or options.per is Per.FILE,
    misses=misses,
    knows_functions=True,
)
