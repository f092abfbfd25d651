"""Kind ``value``: constants that are forbidden at sinks, the only ones allowed there, or required there."""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial

import msgspec
from msgspec.structs import replace

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import ConstantDemand, Demand, ExportDemand, ImportDemand, Occurrence, Sink
from archlint.kinds.borrowed import borrowed_demands
from archlint.kinds.bound import without_bound_names
from archlint.kinds.code.when import When, is_so
from archlint.kinds.formats import REGEX_OF, Format
from archlint.kinds.misses import near_misses
from archlint.kinds.names import is_around, name_mistakes
from archlint.kinds.numbers import is_number, spellings
from archlint.kinds.several import as_tuple
from archlint.kinds.sinks import (
    At,
    member_marks,
    mistakes_at,
    name_marks,
    names_at,
    selects,
    told_sinks,
)
from archlint.kinds.told import hit, where
from archlint.model import WHOLE_FILE, Hit, Outcome, Place, Rule, Scope
from archlint.project import Project
from archlint.project.following.constants import Constant, constants
from archlint.regexes import BadRegexError, compile_regex


class Per(StrEnum):
    """What must have a required constant."""

    FILE = "file"
    RULE = "rule"
    ENTRY = "entry"


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Say which constants with one of ``forbid``, ``only``, ``require``, ``format`` or ``regex``, where with ``at``."""

    at: tuple[At, ...]
    """Where: entries that name sinks. Any of them will do."""
    forbid: str | tuple[str, ...] = ()
    """These constants may not stand there."""
    only: str | tuple[str, ...] = ()
    """No others may stand there."""
    require: str | tuple[str, ...] = ()
    """Each of these constants must stand there."""
    per: Per = Per.FILE
    """Whether ``require`` speaks of every file, of the rule's files together, or of every file and entry of ``at``."""
    format: Format | None = None
    """Constants of this form may not stand there."""
    regex: str = ""
    """Constants that match this whole may not stand there."""
    except_: str = msgspec.field(default="", name="except")
    """But those that match this whole may."""
    unless_at: tuple[At, ...] = ()
    """But not those that also reach one of these sinks: they are another rule's affair."""
    when: When = When()
    """Only constants under these circumstances."""


def demand(rule: Rule[Options], project: Project) -> tuple[Demand, ...]:
    """The constants in question where they act, where other files have them from, and what acts for others' sake."""
    options = rule.options
    names, values = name_marks(options.at), as_tuple(options.forbid or options.require)
    constants = ConstantDemand(
        scope=rule.scope,
        needles=tuple(group for group in (_needles(values), names.needles) if group),
        values=values,
        regex=_regex(options),
        every=bool(options.only),
        circumstances=options.when != When(),
        mentions=names.mentions,
    )
    identifiers = tuple(name for entry in options.at for name in names_at(entry, Sink.IDENTIFIER))
    demands: tuple[Demand, ...] = (constants,)
    if identifiers:
        demands += (ConstantDemand(rule.scope, (identifiers,), identifiers=identifiers),)
    if not _is_followed(options):
        return demands
    # Of the constants that many files lend, those count that come to such a sink.
    if options.only or options.require or (_regex(options) and names):
        is_asked = partial(selects, options.at)
        borrowed = borrowed_demands(rule.scope, names, is_asked, project)
        demands += tuple(_with_circumstances(options, each) for each in borrowed)
        return (*demands, *_held(rule))
    return (*demands, *_exported(rule))


def _held(rule: Rule[Options]) -> Iterator[Demand]:
    """What files lend as members of objects, which are named there and not where the object acts: ``headers: SHARED``."""
    if names := member_marks(rule.options.at):
        needles = (names.needles,) if names.needles else ()
        regex, every = _regex(rule.options), not _regex(rule.options)
        yield ExportDemand(_anywhere(rule), needles, (), regex, every, names.mentions)


def _with_circumstances(options: Options, demand: Demand) -> Demand:
    is_asked = options.when != When() and isinstance(demand, ImportDemand)
    return replace(demand, circumstances=True) if is_asked else demand


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
        yield ExportDemand(anywhere, (texts,) if texts else (), texts, regex, is_quoted=bool(texts))
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
    others = rule.options.unless_at
    spared = constants(project, rule.scope, partial(selects, others)) if others else ()
    elsewhere = {each.literal for each in spared}
    breaches = [
        constant
        for constant in constants(project, rule.scope, partial(_breaks, rule))
        if constant.literal.path in judged and constant.literal not in elsewhere
    ]
    found: dict[Place, list[Constant]] = {}
    for constant in without_bound_names(breaches):
        place = constant.literal if constant.literal.path in governed else constant.sink
        found.setdefault(place, []).append(constant)
    for place, told in found.items():
        yield hit(place, told, as_tuple(rule.options.only))


def _breaks(rule: Rule[Options], occurrence: Occurrence) -> bool:
    is_wanted = occurrence.sink is Sink.IDENTIFIER or _is_forbidden(rule.options, occurrence.value)
    return is_wanted and _is_there(rule, occurrence)


def _is_there(rule: Rule[Options], occurrence: Occurrence) -> bool:
    return (
        _is_around(rule, occurrence)
        and selects(rule.options.at, occurrence)
        and is_so(rule.options.when, occurrence)
    )


def _is_around(rule: Rule[Options], occurrence: Occurrence) -> bool:
    return rule.inside is None or is_around(rule.inside.function, occurrence.functions)


def _is_forbidden(options: Options, value: str) -> bool:
    if _matches(options.except_, value):
        return False
    if options.only:
        return value not in as_tuple(options.only)
    return value in as_tuple(options.forbid) or _matches(_regex(options), value)


def _matches(regex: str, value: str) -> bool:
    return bool(regex) and compile_regex(regex).fullmatch(value) is not None


def _lacking(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each required constant that a file lacks, or that all of them do; what was not read may have it."""
    options = rule.options
    asked = tuple(project.facts(rule.scope))
    whole = [facts.path for facts in asked if facts.outcome is Outcome.ANALYSED]
    there = [each for each in constants(project, rule.scope) if _is_there(rule, each.occurrence)]
    for at in ((entry,) for entry in options.at) if options.per is Per.ENTRY else (options.at,):
        for value in as_tuple(options.require):
            having = {
                each.sink.path
                for each in there
                if each.occurrence.value == value and selects(at, each.occurrence)
            }
            lacking = [path for path in whole if path not in having]
            if options.per is Per.RULE:
                lacking = lacking[:1] if len(lacking) == len(asked) else []
            who = "no file of the rule has it" if options.per is Per.RULE else "this file lacks it"
            text = f"'{value}' is required {told_sinks(at)}; {who} there"
            fields = {"value": value, "sink": "", "name": ""}
            yield from (Hit(Place(path, WHOLE_FILE), text, f"require {value}", fields) for path in lacking)


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
            yield f"found '{occurrence.value}' {where(occurrence)}, but {within}, where the rule does not look"


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
    if options.per is not Per.FILE and not options.require:
        yield ("per",), "'per' says of whom something is required; it goes with require"
    yield from _exception_mistakes(options)
    yield from mistakes_at(options.at)
    yield from mistakes_at(options.unless_at, "unless-at")
    yield from _regex_mistakes(options)
    yield from name_mistakes(("when", "tests"), options.when.tests)
    for index, entry in enumerate(options.at):
        for name in names_at(entry, Sink.IDENTIFIER):
            if not name.replace("_", "").replace("$", "").isalnum():
                yield ("at", index, "identifier"), f"{name!r} is no identifier; patterns are not allowed here"


def _exception_mistakes(options: Options) -> Iterator[OptionMistake]:
    for key, exception in (("except", options.except_), ("unless-at", options.unless_at)):
        if exception and options.require:
            text = f"'{key}' speaks of constants that may not stand there; it does not go with require"
            yield (key,), text


def _regex_mistakes(options: Options) -> Iterator[OptionMistake]:
    for key, regex in (("regex", options.regex), ("except", options.except_)):
        try:
            _ = regex and compile_regex(regex)
        except BadRegexError as error:
            yield (key,), f"bad regular expression: {error}"


KIND = Kind(
    name="value",
    says="constants that are forbidden at sinks, the only ones allowed there, or required there",
    options=Options,
    needs=Family.CONSTANTS,
    fields=("value", "sink", "name"),
    demand=demand,
    check=check,
    mistakes=mistakes,
    local=lambda options: not options.require or options.per is not Per.RULE,
    grows=lambda options: not options.require,
    misses=misses,
    knows_functions=True,
)
