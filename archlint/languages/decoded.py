"""Text decoded from a file's bytes that still knows where each part of it stands."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

import msgspec

Region = tuple[int, int]

# Structs, because there are some for each value of a document: they are made in a tenth of the time, and hold
# nothing that could be part of a cycle.


class Part(msgspec.Struct, frozen=True, gc=False):
    """A stretch of decoded text and its bytes; ``verbatim`` if the bytes are the text's own UTF-8."""

    text: str
    start: int
    end: int
    verbatim: bool


class Decoded(msgspec.Struct, frozen=True, gc=False):
    """A text and where it stands: ``start`` to ``end`` are its bytes without the quotes around it."""

    text: str
    start: int
    end: int
    parts: tuple[Part, ...]
    """What the text is made of, in order; none is empty."""
    offsets: tuple[int, ...]
    """Where in the text each part begins."""

    def place(self, start: int, end: int) -> Region:
        """The bytes of ``text[start:end]``, which is not empty; an escape sequence is taken whole."""
        first, at = self._part(start)
        begin = first.start + _utf8_length(first.text, start - at) if first.verbatim else first.start
        last, at = self._part(end - 1)
        return begin, last.start + _utf8_length(last.text, end - at) if last.verbatim else last.end

    def _part(self, offset: int) -> tuple[Part, int]:
        index = bisect_right(self.offsets, offset) - 1
        return self.parts[index], self.offsets[index]


def _utf8_length(text: str, end: int) -> int:
    # Python knows of a text whether it is ASCII; so counting is only done where it must be.
    return end if text.isascii() else len(text[:end].encode())


def join(parts: Iterable[Part], region: Region) -> Decoded:
    """The text that the parts make, in order, which stands in ``region``."""
    kept = tuple(part for part in parts if part.text)
    *offsets, _ = accumulate((len(part.text) for part in kept), initial=0)
    return Decoded("".join(part.text for part in kept), *region, kept, tuple(offsets))


def verbatim(data: bytes, start: int, end: int) -> Part:
    """The bytes as they are. Those that are not UTF-8 become U+FFFD and have no places of their own."""
    try:
        return Part(data[start:end].decode(), start, end, verbatim=True)
    except UnicodeDecodeError:
        return Part(data[start:end].decode(errors="replace"), start, end, verbatim=False)


def nothing(region: Region) -> Decoded:
    """No text, which stands in ``region``."""
    return Decoded("", *region, (), ())


def plain(data: bytes, region: Region) -> Decoded:
    """Text without escape sequences."""
    part = verbatim(data, *region)
    return Decoded(part.text, *region, (part,), (0,)) if part.text else nothing(region)


def decode(
    data: bytes, region: Region, special: re.Pattern[bytes], meaning: Callable[[re.Match[bytes]], str | None]
) -> Decoded:
    """Text in which each match of ``special`` means something else; None for one that means itself."""
    return join(_parts(data, region, special, meaning), region)


def _parts(
    data: bytes, region: Region, special: re.Pattern[bytes], meaning: Callable[[re.Match[bytes]], str | None]
) -> Iterator[Part]:
    done, end = region
    for match in special.finditer(data, *region):
        text = meaning(match)
        if text is not None:
            yield verbatim(data, done, match.start())
            yield Part(text, match.start(), match.end(), verbatim=False)
            done = match.end()
    yield verbatim(data, done, end)


def character(number: int) -> str:
    """The character of a code point; U+FFFD where there is none, as for half of a surrogate pair."""
    in_range = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 -- Unicode 3.9, D76
    return chr(number) if in_range else "\ufffd"


def utf16_escape(digits: bytes) -> str:
    r"""The character of ``\uXXXX``, or of a surrogate pair ``\uXXXX\uXXXX``, given what follows ``\u``."""
    high, _, low = digits.partition(rb"\u")
    if not low:
        return character(int(high, 16))
    return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00))
