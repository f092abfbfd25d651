"""Plain text: its sizes, and where regular expressions match the text of a file of any language."""

from collections.abc import Iterable, Iterator

from archlint.facts import Demand, Facts, MeasureDemand
from archlint.languages.measuring import measures
from archlint.languages.wanted import asks
from archlint.position import LineIndex
from archlint.regexes import compile_regex
from archlint.searches import TextMatch
from archlint.source import Source

MOST_MATCHES = 100
"""Of one expression in one file; what else it matches is one more match that spans the rest."""

_Region = tuple[int, int]


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The sizes of a file without a grammar. Its matches are found as those of every other file are."""
    asked = asks(demands, MeasureDemand)
    return Facts(source.path, source.digest, measures=measures(source, ()) if asked else None)


def matches(source: Source, patterns: Iterable[str]) -> tuple[TextMatch, ...]:
    """Where each expression matches, sorted by place. The bytes are UTF-8; a BOM is not part of the text.

    Every line end looks like LF, so that ``$`` finds the end of a CRLF line too; only an expression that
    names CR itself sees the text as it is written. Nothing an expression matches lies outside the spans.
    """
    written = source.data.decode("utf-8-sig")
    plain = written.replace("\r\n", "\n").replace("\r", "\n")
    found: list[TextMatch] = []
    for pattern in dict.fromkeys(patterns):
        text = written if r"\r" in pattern or "\r" in pattern else plain
        if regions := _regions(pattern, text):
            lines = LineIndex(text.encode())
            found += (TextMatch(pattern, lines.span(*region)) for region in _in_bytes(text, regions))
    return tuple(sorted(found, key=lambda match: (match.span, match.pattern)))


def _regions(pattern: str, text: str) -> list[_Region]:
    """The characters of each match, in order."""
    found: list[_Region] = []
    for match in compile_regex(pattern).finditer(text):
        if len(found) <= MOST_MATCHES:
            found.append((match.start(), match.end()))
        else:
            found[-1] = (found[-1][0], match.end())
    return found


def _in_bytes(text: str, regions: list[_Region]) -> Iterator[_Region]:
    """The same regions, which are in order and apart, as bytes of the text's UTF-8."""
    character = byte = 0
    for start, end in regions:
        first = byte + len(text[character:start].encode())
        byte = first + len(text[start:end].encode())
        character = end
        yield first, byte
