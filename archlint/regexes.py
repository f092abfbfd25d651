"""Regular expressions from rule files, in linear time. The one door to re2.

With google-re2 installed every expression runs in linear time by construction. Without it the standard
library's engine is used, and expressions that could make it backtrack without end are refused.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Protocol

_NESTED = re.compile(r"\((?:[^()\\]|\\.)*[*+|}](?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\d*\})")
_BACKTRACKING = re.compile(r"\(\?(?:[=!]|<[=!]|P=)|\\[1-9]")
# Signs that speak of the ends of a text, or of what is around a part of it; classes and other escapes are kept.
_EDGE = re.compile(r"(\\[^bBAzZ]|\[\^?\]?(?:[^\]\\]|\\.)*\])|\^|\$|\\[bBAzZ]", re.DOTALL)
# Matches once in any text.
_AT_END = r"\z"
_LONGEST = 4096
_MANY_TEXTS = 4


class BadRegexError(ValueError):
    """An expression that is malformed, or that cannot run in linear time. The message says which."""


class Match(Protocol):
    """What both engines' matches offer here."""

    def start(self) -> int:
        """Where the match begins."""

    def end(self) -> int:
        """Where it ends."""

    def group(self) -> str:
        """What it is."""

    def groups(self) -> tuple[str | None, ...]:
        """What its groups are, from the first."""

    def groupdict(self) -> dict[str, str | None]:
        """What its groups with names are."""


class Regex(Protocol):
    """What both engines' compiled expressions offer here."""

    @property
    def pattern(self) -> str:
        """The expression as it was compiled."""

    def fullmatch(self, text: str) -> Match | None:
        """The match of the whole text."""

    def search(self, text: str) -> Match | None:
        """The first match."""

    def finditer(self, text: str) -> Iterator[Match]:
        """Every match, in order."""


@lru_cache(maxsize=1024)
def compile_regex(pattern: str) -> Regex:
    """A compiled expression; ``^`` and ``$`` match at line ends. Raises ``BadRegexError``."""
    _refuse(pattern)
    try:
        return _re2(f"(?m){pattern}")
    except ImportError:
        return _checked(pattern, re.MULTILINE)


@lru_cache(maxsize=1024)
def compile_as_is(pattern: str) -> Regex:
    """As ``compile_regex``, but ``^`` and ``$`` are the engine's own. Raises ``BadRegexError``."""
    _refuse(pattern)
    try:
        return _re2(pattern)
    except ImportError:
        return _checked(pattern, re.NOFLAG)


@cache
def has_re2() -> bool:
    """Whether google-re2 is there."""
    return find_spec("re2") is not None


def _refuse(pattern: str) -> None:
    if len(pattern) > _LONGEST:
        raise BadRegexError(f"a regular expression is at most {_LONGEST:,} characters long")
    if _BACKTRACKING.search(pattern):
        raise BadRegexError("look-around and back-references do not run in linear time")


@lru_cache(maxsize=1024)
def finder(texts: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    """Says of bytes whether they hold one of the texts.

    Over 13 MB in 4,000 files `in` takes 7 ms a text; re2 22 ms, and ahocorasick-rs as much, for 4 texts as for 64,
    and `re` 54 to 586 ms.
    """
    if len(texts) >= _MANY_TEXTS:
        try:
            return _many(texts)
        except ImportError:
            pass
    return lambda data: any(text in data for text in texts)


def _many(texts: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1  # bytes as they are
    options.log_errors = False
    try:
        search = re2.compile(b"|".join(map(re.escape, texts)), options).search
    except re2.error as error:  # more than fits
        raise ImportError from error
    return lambda data: search(data) is not None


@lru_cache(maxsize=256)
def spotters(patterns: tuple[str, ...]) -> Callable[[bytes], frozenset[str]]:
    """Says of bytes for which of the expressions something in them may match, in one pass for all.

    Over 29 MB fifty expressions of 246 texts take 0.1 s, and 1.1 s one after the other.
    """

    def each(data: bytes) -> frozenset[str]:
        return frozenset(pattern for pattern in patterns if spotter(pattern)(data))

    try:
        import re2
    except ImportError:
        return each
    options = re2.Options()
    options.log_errors = False
    machine = re2.Set.SearchSet(options)
    try:
        for pattern in (*patterns, _AT_END):
            machine.Add(pattern)
        machine.Compile()
    except (re2.error, UnicodeEncodeError):  # one that it does not know, or more than fits
        return each

    def spotted(data: bytes) -> frozenset[str]:
        found = machine.Match(data) or ()
        # Where the machine runs out of memory it says that nothing matches.
        return frozenset(patterns[number] for number in found if number < end) if end in found else each(data)

    end = len(patterns)
    return spotted


def within_longer(pattern: str) -> str:
    r"""The expression as it finds in a longer text what it finds in a part of it: whatever stands around that.

    One that finds anything where it cannot be taken apart: in what ``\Q`` quotes signs are no signs.
    """
    return "" if "\\Q" in pattern else _EDGE.sub(lambda match: match[1] or "", pattern)


@lru_cache(maxsize=1024)
def spotter(pattern: str) -> Callable[[bytes], bool]:
    """Says of bytes whether something in them matches. Lets all through if that cannot be said."""
    try:
        import re2
    except ImportError:
        return lambda _data: True
    options = re2.Options()
    options.log_errors = False
    try:
        search = re2.compile(pattern.encode(), options).search
    except (re2.error, UnicodeEncodeError):
        return lambda _data: True
    return lambda data: search(data) is not None


def _re2(pattern: str) -> Regex:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled: Regex = re2.compile(pattern, options)
    except re2.error as error:
        raise BadRegexError(_said(error)) from None
    return compiled


def _said(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return (said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)).replace("(?m)", "")


def _checked(pattern: str, flags: re.RegexFlag) -> Regex:
    if _NESTED.search(pattern):
        raise BadRegexError(
            'a repeated group that itself repeats or branches does not run in linear time without google-re2: pip install "archlint[re2]"'
        )
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise BadRegexError(error.msg) from None
    except RecursionError:
        raise BadRegexError("it is nested too deep") from None
