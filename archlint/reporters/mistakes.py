"""Mistakes in the configuration, each with its line and a mark under the word that is meant."""

import re
from collections.abc import Iterable, Iterator

from archlint.errors import Mistake
from archlint.extend import Style
from archlint.model import Origin, Span
from archlint.position import character_column, utf16_length
from archlint.reporters.colour import RED, paint
from archlint.reporters.escape import lines, terminal
from archlint.reporters.frame import frame

_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|[\w./*-]+|.", re.DOTALL)
_MOST_FRAMES = 20


def render(mistakes: Iterable[Mistake], style: Style) -> str:
    """A line for each mistake, with the line of the file that is meant below the first of them; last, what to read."""
    mistakes = tuple(mistakes)
    told = [line for number, mistake in enumerate(mistakes) for line in _told(mistake, number, style)]
    pages = ", ".join(dict.fromkeys(mistake.page for mistake in mistakes if mistake.page))
    return lines((*told, *([f"{paint('archlint', RED, style)}: see archlint's {pages}"] if pages else [])))


def _told(mistake: Mistake, number: int, style: Style) -> Iterator[str]:
    yield f"{paint('archlint', RED, style)}: {terminal(str(mistake))}"
    if mistake.origin is not None and number < _MOST_FRAMES:
        yield from _shown(mistake.origin, style)


def _shown(origin: Origin, style: Style) -> list[str]:
    """The line with a mark under the word that begins where the mistake is; none where the line is empty."""
    start = character_column(origin.line_text, origin.column) - 1
    word = _WORD.match(origin.line_text, start)
    if word is None:
        return []
    end = origin.column + utf16_length(word[0])
    span = Span(origin.line, origin.column, origin.line, end)
    return frame(span, {origin.line: origin.line_text}, RED, style)
