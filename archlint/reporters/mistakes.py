"""Mistakes in the configuration, each with its line and a mark under the word that is meant."""

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from msgspec.structs import replace

from archlint.errors import Mistake
from archlint.extend import Style
from archlint.model import Origin, Span
from archlint.position import character_column, utf16_length
from archlint.reporters.colour import RED, paint
from archlint.reporters.escape import lines, terminal
from archlint.reporters.frame import frame

# A word ends before the colon of a key, and before what stands between words.
_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,\[\]{}=]+?(?=:?(?:[\s,\[\]{}=]|$))|.", re.DOTALL)
_MOST_FRAMES = 20
_INDENT = "    "


def render(mistakes: Iterable[Mistake], style: Style) -> str:
    """A sentence for each mistake, with the line of the file that is meant below the first of them; last, what to read."""
    mistakes = tuple(_without_repeats(mistakes))
    told = [line for number, mistake in enumerate(mistakes) for line in _told(mistake, number, style)]
    for page in dict.fromkeys(mistake.page for mistake in mistakes if mistake.page):
        told += sentence(f"docs: archlint docs {page}", style)
    return lines(told)


def sentence(text: str, style: Style, rest: str = "") -> list[str]:
    """What archlint says of itself, on as many lines as it takes; ``rest`` begins one of its own where that helps."""
    whole = f"archlint: {text}{f'; {rest}' if rest else ''}"
    first = f"archlint: {text};"
    if rest and len(first) <= style.width < len(whole):
        told = [first, *_wrapped(_INDENT + rest, style.width)]
    else:
        # The name stays with the first word, which is a path as often as not, and a long one.
        told = _wrapped(whole.replace(" ", "\0", 1), style.width)
        told[0] = told[0].replace("\0", " ", 1)
    return [told[0].replace("archlint:", f"{paint('archlint', RED, style)}:", 1), *told[1:]]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False)


def _without_repeats(mistakes: Iterable[Mistake]) -> Iterator[Mistake]:
    """The mistakes, without a list of known words that another has shown."""
    seen: set[str] = set()
    for mistake in mistakes:
        yield replace(mistake, hint="") if mistake.hint in seen else mistake
        seen |= {mistake.hint} if mistake.hint.startswith("known: ") else set()


def _told(mistake: Mistake, number: int, style: Style) -> Iterator[str]:
    origin = mistake.origin
    place = f"{origin.path}:{origin.line}:{origin.column}: " if origin else ""
    yield from sentence(terminal(place + mistake.message), style, terminal(mistake.hint))
    if origin is not None and number < _MOST_FRAMES:
        yield from _shown(origin, style)


def _shown(origin: Origin, style: Style) -> list[str]:
    """The line with a mark under the word that begins where the mistake is; none where the line is empty."""
    start = character_column(origin.line_text, origin.column) - 1
    word = _WORD.match(origin.line_text, start)
    if word is None:
        return []
    end = origin.column + utf16_length(word[0])
    span = Span(origin.line, origin.column, origin.line, end)
    return frame(span, {origin.line: origin.line_text}, RED, style)
