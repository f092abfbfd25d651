"""New metavariables out of others, for messages: ast-grep's ``transform``, but for ``rewrite``.

https://ast-grep.github.io/reference/yaml/transformation.html.
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from archlint.patterns.regexes import search_regex
from archlint.patterns.words import Separator, StringCase, cased
from archlint.regexes import BadRegexError

_SOURCE = re.compile(r"\${1,3}([A-Z_][A-Z0-9_]*)")
# What stands in `by`: the longest name counts, as in Rust, so `$1a` is the group called 1a.
_REFERENCE = re.compile(r"\$(?:(?P<dollar>\$)|(?P<bare>\w+)|\{(?P<braced>[^}]+)\})", re.ASCII)


class Replace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an expression finds, replaced everywhere."""

    source: str
    """The metavariable: ``$NAME``."""
    replace: str
    """The regular expression."""
    by: str
    """What takes the place of each match; ``$1`` is its first group."""


class Substring(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Characters from ``startChar`` up to ``endChar``, from the end if negative."""

    source: str
    """The metavariable: ``$NAME``."""
    start_char: int | None = None
    """The first character, from 0."""
    end_char: int | None = None
    """One past the last character."""


class Convert(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Another case. Words are separated by all separators unless some are named."""

    source: str
    """The metavariable: ``$NAME``."""
    to_case: StringCase
    """The case that is wanted."""
    separated_by: tuple[Separator, ...] | None = None
    """What separates words in the source."""


class Transform(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of three."""

    replace: Replace | None = None
    """What an expression finds gives way to something else."""
    substring: Substring | None = None
    """A stretch of it."""
    convert: Convert | None = None
    """It in another case."""

    @property
    def operation(self) -> Replace | Substring | Convert | None:
        """The one that is said, or None."""
        given = [each for each in (self.replace, self.substring, self.convert) if each is not None]
        return given[0] if len(given) == 1 else None


OPERATIONS = tuple(Transform.__struct_fields__)
Mistaken = Iterator[tuple[tuple[str, ...], str]]


def transformed(transforms: Mapping[str, Transform], captures: Mapping[str, str]) -> dict[str, str]:
    """The texts of the new metavariables. What stands for no code is ''."""
    texts = dict(captures)
    for name in _ordered(transforms):
        operation = transforms[name].operation
        assert operation is not None, "refused with the rule"
        text = texts.get(_source(operation))
        texts[name] = "" if text is None else _applied(operation, text)
    return {name: texts[name] for name in transforms}


def transform_mistakes(transforms: Mapping[str, Transform], names: tuple[str, ...]) -> Mistaken:
    """What cannot be meant. ``names`` are the metavariables that the patterns keep."""
    for name, transform in transforms.items():
        operation = transform.operation
        if operation is None:
            yield ("transform", name), "a transformation is one of replace, substring and convert"
        elif name in names:
            yield ("transform", name), f"a pattern has a metavariable {name} already"
        else:
            yield from _source_mistakes(name, operation, (*names, *transforms))
    if not any(transform.operation is None for transform in transforms.values()):
        for name in set(transforms) - set(_ordered(transforms)):
            yield ("transform", name), f"{name} is made of itself"


def _source_mistakes(name: str, operation: Replace | Substring | Convert, known: tuple[str, ...]) -> Mistaken:
    if _SOURCE.fullmatch(operation.source) is None:
        yield ("transform", name), f"the source '{operation.source}' is no metavariable such as $NAME"
    elif _source(operation) not in known:
        yield ("transform", name), f"no pattern has a metavariable {operation.source}"
    if isinstance(operation, Replace):
        try:
            search_regex(operation.replace)
        except BadRegexError as error:
            yield ("transform", name), f"bad regular expression: {error}"


def _source(operation: Replace | Substring | Convert) -> str:
    match = _SOURCE.fullmatch(operation.source)
    return match[1] if match else ""


def _ordered(transforms: Mapping[str, Transform]) -> tuple[str, ...]:
    """The names, each behind the one that it is made of; without those that are made of themselves."""
    done: dict[str, None] = {}
    while True:
        ready = [
            name
            for name, transform in transforms.items()
            if name not in done
            and transform.operation is not None
            and ((source := _source(transform.operation)) in done or source not in transforms)
        ]
        if not ready:
            return tuple(done)
        done |= dict.fromkeys(ready)


def _applied(operation: Replace | Substring | Convert, text: str) -> str:
    match operation:
        case Replace():
            return _replaced(operation, text)
        case Substring():
            return _cut(operation, text)
        case Convert():
            return cased(text, operation.to_case, operation.separated_by)


def _cut(substring: Substring, text: str) -> str:
    def resolved(at: int | None, usual: int) -> int:
        at = usual if at is None else at
        return max(len(text) + at, 0) if at < 0 else min(at, len(text))

    return text[resolved(substring.start_char, 0) : resolved(substring.end_char, len(text))]


def _replaced(replace: Replace, text: str) -> str:
    found: list[str] = []
    at, end = 0, -1
    for match in search_regex(replace.replace).finditer(text):
        if match.start() == match.end() == end:
            continue  # Rust finds nothing where it has just found something
        groups = {str(number): group or "" for number, group in enumerate((match.group(), *match.groups()))}
        groups |= {name: group or "" for name, group in match.groupdict().items()}
        found += [text[at : match.start()], _filled(replace.by, groups)]
        at = end = match.end()
    return "".join((*found, text[at:]))


def _filled(by: str, groups: Mapping[str, str]) -> str:
    return _REFERENCE.sub(
        lambda match: "$" if match["dollar"] else groups.get(match["bare"] or match["braced"], ""), by
    )
