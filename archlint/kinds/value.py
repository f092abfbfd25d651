"""Kind ``value``: constants that are forbidden at sinks, or the only ones allowed there."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import ConstantDemand, Demand, Occurrence, Sink
from archlint.kinds.sinks import At, as_tuple, mistakes_at, name_needles, names_at, selects
from archlint.model import Hit, Place, Rule
from archlint.project import Project
from archlint.regexes import BadRegexError, compile_regex
from archlint.scope import matches_name


class Format(StrEnum):
    """Forms of constants that rules may speak of by name."""

    EMAIL = "email"
    JWT = "jwt"
    SEMVER = "semver"
    URL = "url"
    UUID = "uuid"


_HEX = "[0-9a-fA-F]"
_REGEX_OF = {
    Format.EMAIL: r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    Format.JWT: r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*",  # RFC 7519 §3: base64url of '{"', three parts
    Format.SEMVER: r"v?\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?",
    Format.URL: r"[a-z][a-z0-9+.-]*://\S+",
    Format.UUID: rf"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}",  # RFC 9562 §4
}


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Say which constants with one of ``forbid``, ``only``, ``format`` or ``regex``, and where with ``at``."""

    at: tuple[At, ...]
    forbid: str | tuple[str, ...] = ()
    """These constants may not stand there."""
    only: str | tuple[str, ...] = ()
    """No others may stand there."""
    format: Format | None = None
    """Constants of this form may not stand there."""
    regex: str = ""
    """Constants that match this whole may not stand there."""


def demand(rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """The constants in question, in files that hold one of the names and, if known, one of the values."""
    options = rule.options
    names, values = name_needles(options.at), as_tuple(options.forbid)
    constants = ConstantDemand(
        scope=rule.scope,
        needles=tuple(group for group in (values, names) if group),
        values=values,
        regex=_regex(options),
        every=bool(options.only),
    )
    identifiers = tuple(name for entry in options.at for name in names_at(entry, Sink.IDENTIFIER))
    if not identifiers:
        return (constants,)
    return constants, ConstantDemand(rule.scope, (identifiers,), identifiers=identifiers)


def _regex(options: Options) -> str:
    return _REGEX_OF[options.format] if options.format else options.regex


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """One hit for each literal that breaks the rule, told by the first of the sinks it reaches."""
    for facts in project.facts(rule.scope):
        told: set[object] = set()
        for occurrence in facts.occurrences:
            if occurrence.span not in told and _breaks(rule, occurrence):
                told.add(occurrence.span)
                yield _hit(rule.options, facts.path, occurrence)


def _breaks(rule: Rule[Options], occurrence: Occurrence) -> bool:
    is_wanted = occurrence.sink is Sink.IDENTIFIER or _is_forbidden(rule.options, occurrence.value)
    return is_wanted and selects(rule.options.at, occurrence) and _is_inside(rule, occurrence.functions)


def _is_forbidden(options: Options, value: str) -> bool:
    if options.only:
        return value not in as_tuple(options.only)
    if value in as_tuple(options.forbid):
        return True
    regex = _regex(options)
    return bool(regex) and compile_regex(regex).fullmatch(value) is not None


def _is_inside(rule: Rule[Options], functions: Iterable[str]) -> bool:
    if rule.inside is None:
        return True
    patterns = as_tuple(rule.inside.function)
    return any(matches_name(pattern, name) for pattern in patterns for name in functions)


def _hit(options: Options, path: str, occurrence: Occurrence) -> Hit:
    sink, name, value = occurrence.sink.value, occurrence.name, occurrence.value
    where = f"at {sink} '{name}'" if name else f"at sink {sink}"
    text = f"'{value}' is forbidden {where}"
    if occurrence.sink is Sink.IDENTIFIER:
        text = f"the name '{name}' is forbidden"
    elif options.only:
        text = f"'{value}' {where}: only {', '.join(as_tuple(options.only))} may stand there"
    return Hit(
        place=Place(path, occurrence.span),
        text=text,
        identity=f"{sink} {name} {value}",
        fields={"value": value, "sink": sink, "name": name},
    )


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Not exactly one of the ways to say which constants, or sinks that cannot be meant as written."""
    if not options.at:
        yield ("at",), "'at' names at least one sink"
    given = [name for name in ("forbid", "only", "format", "regex") if getattr(options, name)]
    is_by_name = any(names_at(entry, Sink.IDENTIFIER) for entry in options.at)
    if len(given) > 1 or not (given or is_by_name):
        yield (), "value needs exactly one of forbid, only, format and regex"
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
    says="constants that are forbidden at sinks, or the only ones allowed there",
    options=Options,
    needs=Family.CONSTANTS,
    fields=("value", "sink", "name"),
    demand=demand,
    check=check,
    mistakes=mistakes,
    knows_functions=True,
)
