"""Whether a script may spell a text otherwise, or build it of several literals: told without a tree."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from urllib.parse import unquote_to_bytes

from archlint.certain import Certain, certain
from archlint.languages.ecmascript.escapes import unescaped
from archlint.regexes import spotter, spotters, within_longer

# Part of a constant may be spelled with one in scripts; other languages fold, double and quote as they like.
_CHARACTER_REFERENCE = re.compile(rb"&[#\w]+;")
# A number that says what another one says: 7_000, 7e3, 0x1B58, 07000, 7000n, 7000.0, .5 and more digits than count.
_SPELLED = r"\d[_eEn]|\b0[xXbBoO\d]|\d\.(?:\d*0\b|\D|$)|(?:^|\D)\.\d|\d{16}"
# What texts are written otherwise with, or put together: all that is looked for in a file that is never parsed.
_MADE = r"[\\+\r]|\$\{"
_LARGEST = 1 << 20
_LONGEST = 16
_BOUND = b"\0"
# What literals begin and end with; a hole begins with `${`, which is of two bytes.
_BOUNDS = bytes.maketrans(b"'\"`}", _BOUND * 4)
_UNTOLD = re.compile(r"['\"`{}$\0]")
# A character reference, or an octet of a URL, that may go on in the next literal.
_CUT = re.compile(rb"(?:&[#\w]*|%[0-9A-Fa-f]?)(?:['\"`]|\$\{)")
_LINE_END = re.compile(rb"\r\n?")
_LONE_CR = re.compile(rb"\r(?!\n)")
# What numbers are once they are read (7000, 0.5, 1e+22, inf; 0b1 and 7n stay as they are), what they may begin and
# end with, and any part of them. All let through more than that.
_NUMBER = re.compile(rb"(?:\.?\d[\d.]*(?:e[+-]?\d+)?|0[xob][\da-f]*)n?|inf")
_BEGUN_NUMBER = re.compile(rb"\d+\.?\d*e?[+-]?\d*n?|\.\d*e?[+-]?\d*n?|0[xob]?[\da-f]*n?|in?f?")
_ENDED_NUMBER = re.compile(rb"\d*\.?\d*e?[+-]?\d+n?|\d*\.?n?|0?[xob]?[\da-f]*n?|i?n?f")
_OF_NUMBER = re.compile(rb"\d*\.?\d*e?[+-]?\d*n?|0?[xob]?[\da-f]*n?|i?n?f?")


def may_match(regex: str, data: bytes) -> bool:
    """Whether a constant of a script may match the expression, however it is written."""
    if len(data) > _LARGEST:
        return _wide_spotter(regex)(data)
    needed = certain(regex)
    return (
        any(map(_spotter(regex), _readings(data)))
        or _CHARACTER_REFERENCE.search(data) is not None
        or (_may_be_number(needed) and spotter(f"(?m){_SPELLED}")(data))
        or ((b"+" in data or b"${" in data) and _fragments(data).may_build(needed))
    )


@lru_cache(maxsize=256)
def _spotter(regex: str) -> Callable[[bytes], bool]:
    return spotter(f"(?m){within_longer(regex)}")


@lru_cache(maxsize=256)
def _wide_spotter(regex: str) -> Callable[[bytes], bool]:
    """As ``_spotter``, of all that a text may be written otherwise with, too."""
    return spotter(f"(?m){within_longer(regex)}|&[#\\w]+;|%[[:xdigit:]]|{_MADE}|{_SPELLED}")


@lru_cache(maxsize=1)  # by one demand after the other
def _readings(data: bytes) -> tuple[bytes, ...]:
    """The bytes of a script, and those with what literals and URLs in them mean, wherever they stand.

    Character references are left: what they mean depends on where they stand.
    """
    found = dict.fromkeys((data,))
    if b"\r" in data:
        found |= dict.fromkeys((_LONE_CR.sub(b"\n", data), _LINE_END.sub(b"\n", data)))
    if b"\\" in data:
        found |= dict.fromkeys(map(_unescaped, tuple(found)))
    if b"+" in data or b"%" in data:
        found |= dict.fromkeys(unquote_to_bytes(each.replace(b"+", b" ")) for each in tuple(found))
    return tuple(found)


def _unescaped(data: bytes) -> bytes:
    return unescaped(data.decode("utf-8", "replace")).encode("utf-8", "replace")


@lru_cache(maxsize=256)
def _may_be_number(needed: Certain) -> bool:
    """Whether a number may hold what is needed."""
    return needed.holds(lambda text: _OF_NUMBER.fullmatch(text.encode()) is not None)


@lru_cache(maxsize=1)
def _fragments(data: bytes) -> "_Fragments":
    return _Fragments(_readings(data))


class _Fragments:
    """What the texts of a script's literals begin and end with, up to their holes."""

    def __init__(self, readings: tuple[bytes, ...]) -> None:
        self._readings = readings
        bounded = (reading.replace(b"${", _BOUND).translate(_BOUNDS) for reading in readings)
        self._bounded = b"\0%b\0" % _BOUND.join(bounded)
        self._begun: dict[int, set[bytes]] = {}
        self._ended: dict[int, set[bytes]] = {}

    def may_build(self, needed: Certain) -> bool:
        """Whether texts that hold what is needed may be put together of the fragments."""
        if any(map(_CUT.search, self._readings)):
            return True
        signs = _signs(needed)
        spotted = spotters(tuple(dict.fromkeys(signs.values())))(self._bounded)
        return needed.holds(lambda text: signs[text] in spotted and self._may_hold(text))

    def _may_hold(self, text: str) -> bool:
        """Whether a text stands there, or a fragment ends as it begins, and others go on with the rest of it."""
        if _UNTOLD.search(text):
            return True
        whole = text[:_LONGEST].encode()
        if whole in self._bounded:
            return True
        reached = {end for end in range(1, len(whole)) if self._ends(whole[:end])}
        for end in range(1, len(whole)):
            if end in reached:
                reached |= {to for to in range(end + 1, len(whole)) if self._is(whole[end:to])}
        return any(self._begins(whole[end:]) for end in reached)

    @cached_property
    def _wholes(self) -> frozenset[bytes]:
        return frozenset(self._bounded.split(_BOUND))

    def _ends(self, text: bytes) -> bool:
        length = len(text)
        if length not in self._ended:
            self._ended[length] = {whole[-length:] for whole in self._wholes}
        return text in self._ended[length] or _ENDED_NUMBER.fullmatch(text) is not None

    def _begins(self, text: bytes) -> bool:
        length = len(text)
        if length not in self._begun:
            self._begun[length] = {whole[:length] for whole in self._wholes}
        return text in self._begun[length] or _BEGUN_NUMBER.fullmatch(text) is not None

    def _is(self, text: bytes) -> bool:
        return text in self._wholes or _NUMBER.fullmatch(text) is not None


@lru_cache(maxsize=256)
def _signs(needed: Certain) -> dict[str, str]:
    """For each text that is needed an expression that matches wherever fragments may build it, with a NUL where they end."""
    return {text: "|".join(re.escape(sign.decode()) for sign in _signs_of(text)) for text in needed.all}


def _signs_of(text: str) -> Iterator[bytes]:
    """A fragment with half of the text at least; or else it is made of three, one of which is all within it."""
    whole = text[:_LONGEST].encode()
    half = (len(whole) + 1) // 2
    ends = [whole[:end] for end in range(half, len(whole))]
    begins = [whole[-length:] for length in range(half, len(whole))]
    inner = [whole[start:end] for start in range(1, len(whole)) for end in range(start + 1, len(whole))]
    may_be_numbers = (
        any(map(_ENDED_NUMBER.fullmatch, ends))
        or any(map(_BEGUN_NUMBER.fullmatch, begins))
        or any(map(_NUMBER.fullmatch, inner))
    )
    if may_be_numbers or _UNTOLD.search(text) or not text.isascii():
        yield _BOUND
        return
    yield whole
    yield from (end + _BOUND for end in ends)
    yield from (_BOUND + begin for begin in begins)
    yield from (_BOUND + part + _BOUND for part in inner)
