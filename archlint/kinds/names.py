"""Name patterns of rules about code: globs and ``/regexes/``."""

import re
from collections.abc import Iterable, Iterator

from archlint.extend import OptionMistake
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.regexes import BadRegexError
from archlint.scope import BadGlobError, matches_name


def is_named(patterns: OneOrMany, name: str) -> bool:
    """Whether one of the patterns matches the name."""
    return any(matches_name(pattern, name) for pattern in as_tuple(patterns))


def is_called(patterns: OneOrMany, name: str) -> bool:
    """Whether one of the patterns matches a dotted name, or the end of it: ``location.hostname``, ``hostname``."""
    parts = name.split(".")
    return any(is_named(patterns, ".".join(parts[start:])) for start in range(len(parts)))


def is_around(patterns: OneOrMany, functions: Iterable[str]) -> bool:
    """Whether one of the functions around a place has such a name."""
    return any(is_named(patterns, name) for name in functions)


def needle(pattern: str) -> str:
    """The longest text that every name matching the pattern holds; '' if that is not plain."""
    if pattern.startswith("/") or "{" in pattern:
        return ""
    return max(re.split(r"[*?]+", pattern), key=len)


def needles(patterns: Iterable[str]) -> tuple[str, ...]:
    """Texts one of which is part of every name that is meant; none if no text is sure."""
    found = dict.fromkeys(map(needle, patterns))
    return () if "" in found else tuple(found)


def name_mistakes(where: tuple[str | int, ...], names: OneOrMany) -> Iterator[OptionMistake]:
    """Patterns that are malformed."""
    for number, pattern in enumerate(as_tuple(names)):
        try:
            matches_name(pattern, "")
        except (BadRegexError, BadGlobError) as error:
            at = where if isinstance(names, str) else (*where, number)
            yield at, f"bad name pattern {pattern!r}: {error}"
