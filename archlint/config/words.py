"""How messages put it: what was expected, what was found, what the user may have meant."""

from collections.abc import Collection, Iterable

from msgspec import inspect

_LONGEST_SHOWN = 60
_LISTED = 30
_LONGEST_COMPARED = 80
_MOST_COMPARED = 1_000
# What the same is called in ESLint, semgrep, ast-grep, dependency-cruiser and import-linter.
_MEANT: dict[str, tuple[str, ...]] = {
    "extends": ("packs",),
    "presets": ("packs",),
    "plugins": ("packs",),
    "ignorePatterns": ("exclude",),
    "ignore": ("exclude", "ignores"),
    "ignores": ("exclude",),
    "exclude": ("ignores",),
    "overrides": ("rule",),
    "alias": ("aliases",),
    "paths": ("files",),
    "include": ("files",),
    "name": ("id",),
    "comment": ("why",),
    "note": ("why",),
    "description": ("why",),
    "level": ("severity",),
    "to": ("forbid",),
    "pattern": ("forbid",),
    "info": ("note",),
    "hint": ("note",),
    "fatal": ("error",),
}
_WORDS: dict[type[inspect.Type], tuple[str, str]] = {
    inspect.StrType: ("a string", "strings"),
    inspect.IntType: ("a whole number", "whole numbers"),
    inspect.FloatType: ("a number", "numbers"),
    inspect.BoolType: ("true or false", "true or false"),
    inspect.DateType: ("a date such as 2027-01-31", "dates"),
    inspect.NoneType: ("null", "null"),
    inspect.DictType: ("a mapping", "mappings"),
    inspect.StructType: ("a mapping", "mappings"),
}


def shown(text: str) -> str:
    """``text`` in quotes, cut where it is long."""
    return f'"{text}"' if len(text) <= _LONGEST_SHOWN else f'"{text[:_LONGEST_SHOWN]}…"'


def describe(wanted: inspect.Type) -> str:
    """``a list of strings``, ``"error", "warning" or "note"``."""
    return _describe(wanted, 0)


def choices(wanted: inspect.Type) -> tuple[str, ...]:
    """The words an enumeration allows; none for another type."""
    if isinstance(wanted, inspect.EnumType):
        return tuple(str(member.value) for member in wanted.cls)
    return tuple(map(str, wanted.values)) if isinstance(wanted, inspect.LiteralType) else ()


def either(words: Iterable[str]) -> str:
    """``a, b or c``."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def did_you_mean(word: str, known: Collection[str]) -> str:
    """``did you mean "size"?``, or '' where no known word comes close."""
    if len(word) > _LONGEST_COMPARED or len(known) > _MOST_COMPARED:
        return ""
    from difflib import get_close_matches  # loads only on the way to an error

    spelt = {each.casefold(): each for each in sorted(known)}
    meant = next((each for each in _MEANT.get(word, ()) if each in known), "")
    close = [meant.casefold()] if meant else get_close_matches(word.casefold(), spelt, n=1)
    return f'did you mean "{spelt[close[0]]}"?' if close else ""


def suggest(word: str, known: Collection[str]) -> str:
    """As ``did_you_mean``; where no known word comes close, the known words if they are few."""
    listed = f"known: {', '.join(sorted(known))}" if 0 < len(known) <= _LISTED else ""
    return did_you_mean(word, known) or listed


def _describe(wanted: inspect.Type, plural: int) -> str:
    if isinstance(wanted, inspect.UnionType):
        members = (member for member in wanted.types if not isinstance(member, inspect.NoneType))
        return either(dict.fromkeys(_describe(member, plural) for member in members))
    if isinstance(wanted, inspect.CollectionType):
        return ("a list of ", "lists of ")[plural] + _describe(wanted.item_type, 1)
    if isinstance(wanted, inspect.EnumType | inspect.LiteralType):
        return either(f'"{choice}"' for choice in choices(wanted))
    return _WORDS.get(type(wanted), ("another value", "other values"))[plural]
