"""Name patterns of rules about code: globs and ``/regexes/``."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from archlint.extend import OptionMistake
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.regexes import BadRegexError, within_longer
from archlint.scope import BadGlobError, expand_braces, matches_name


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


class Marks(msgspec.Struct, frozen=True):
    """What a file's text holds if it names what is meant: nothing is known without either."""

    needles: tuple[str, ...] = ()
    """Texts of which it holds one."""
    mentions: str = ""
    """An expression that some part of it matches."""

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self.needles or self.mentions)


def needle(pattern: str) -> str:
    """The longest text that every name matching the glob holds; '' if that is not plain, and of a ``/regex/``."""
    return max(_texts(pattern), key=len, default="")


def needles(patterns: Iterable[str]) -> tuple[str, ...]:
    """Texts one of which is part of every name that is meant; none if no text is sure."""
    found = dict.fromkeys(needle(plain) for pattern in patterns for plain in _plain(pattern))
    return () if "" in found else tuple(found)


def marks(patterns: Iterable[str]) -> Marks:
    """How to see that a text may hold a name that is meant, told by its own spelling."""
    names = tuple(patterns)
    texts = needles(names)
    says_more = any(len(_texts(plain)) > 1 for name in names for plain in _plain(name))
    return Marks(texts, mention(names) if says_more or not texts else "")


def last_segments(names: Iterable[str]) -> tuple[str, ...] | None:
    """The last segments of dotted names; None if an expression may speak of dots, around which code has line ends."""
    patterns = tuple(names)
    is_sure = not any(pattern.startswith("/") for pattern in patterns)
    return tuple(pattern.rsplit(".", 1)[-1] for pattern in patterns) if is_sure else None


def mention(patterns: Iterable[str], *, any_case: bool = False) -> str:
    """An expression that finds a part of every name that is meant; '' if there is none."""
    parts = [part for pattern in patterns for part in _parts(pattern)]
    flags = "(?i)" if any_case else ""
    return f"{flags}(?:{'|'.join(parts)})" if parts and all(parts) else ""


def _parts(pattern: str) -> Iterator[str]:
    if pattern.startswith("/") and pattern.endswith("/") and len(pattern) > 2:  # noqa: PLR2004 -- as matches_name
        yield f"(?:{within_longer(pattern[1:-1])})"
    else:
        yield from (r"[^\n]*".join(map(re.escape, _texts(plain))) for plain in _plain(pattern))


def _texts(pattern: str) -> list[str]:
    """What stands between the wildcards of a glob without braces; nothing of another pattern."""
    is_glob = not pattern.startswith("/") and "{" not in pattern
    return [text for text in re.split(r"[*?]+", pattern) if text] if is_glob else []


def _plain(pattern: str) -> tuple[str, ...]:
    """The globs without braces that a glob stands for; a malformed one is told elsewhere."""
    try:
        return (pattern,) if pattern.startswith("/") else expand_braces(pattern)
    except BadGlobError:
        return (pattern,)


def name_mistakes(where: tuple[str | int, ...], names: OneOrMany) -> Iterator[OptionMistake]:
    """Patterns that are malformed."""
    for number, pattern in enumerate(as_tuple(names)):
        try:
            matches_name(pattern, "")
        except (BadRegexError, BadGlobError) as error:
            at = where if isinstance(names, str) else (*where, number)
            yield at, f"bad name pattern {pattern!r}: {error}"
