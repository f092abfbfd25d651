"""Code that a file spells in another way than it means it: read as it is meant, every place where it is written."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from archlint.facts import Demand, Facts
from archlint.languages import typescript
from archlint.languages.decoded import Decoded
from archlint.model import Span
from archlint.position import LineIndex
from archlint.source import Source


class Reading(Source, frozen=True, dict=True):
    """Bytes that are read in place of a file's, each where it stands in the file."""

    file: Source

    @cached_property
    def lines(self) -> LineIndex:
        """Where the lines of the file begin."""
        return self.file.lines

    def lines_to(self, _end: int) -> LineIndex:
        """All of them."""
        return self.lines

    @cached_property
    def digest(self) -> str:
        """That of the file."""
        return self.file.digest


class Transcript(Reading, frozen=True, dict=True):
    """A text as it is meant, as a file of its own."""

    content: Decoded

    @cached_property
    def lines(self) -> LineIndex:
        """The places in the file, by offsets into the text's UTF-8."""
        return _Places(self.file.lines, self.content)

    def holds(self, start: int, end: int) -> bool:
        """Whether both ends are the file's own characters, or its spelling of others."""
        return self._is_own(start) and self._is_own(end - 1)

    def _is_own(self, offset: int) -> bool:
        index = bisect_right(self._offsets, offset) - 1
        part = self.content.parts[min(max(index, 0), len(self.content.parts) - 1)]
        return part.verbatim or self.file.data.startswith(b"&", part.start, part.end)

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each part begins, and the end."""
        return [*accumulate((len(part.text.encode()) for part in self.content.parts), initial=0)]


class _Places(LineIndex):
    """Offsets into a text's UTF-8 to lines and columns of the file that spells it."""

    __slots__ = ("_content", "_lines", "_offsets")

    def __init__(self, lines: LineIndex, content: Decoded) -> None:
        super().__init__(b"")
        self._lines = lines
        self._content = content
        # Where each part begins, and the end.
        self._offsets = [*accumulate((len(part.text.encode()) for part in content.parts), initial=0)]

    def line(self, offset: int) -> int:
        """The line of the file."""
        return self._lines.line(self._begin(offset))

    def column(self, offset: int) -> int:
        """The column of the file."""
        return self._lines.column(self._begin(offset))

    def span(self, start: int, end: int) -> Span:
        """The place in the file. What is spelled as one is taken whole; nothing becomes what comes next."""
        end = min(max(end, start + 1), self._offsets[-1])
        begin = self._begin(start)
        return self._lines.span(begin, max(self._end(end), begin))

    def _begin(self, offset: int) -> int:
        if offset >= self._offsets[-1]:
            return self._content.end
        index = bisect_right(self._offsets, offset) - 1
        part = self._content.parts[index]
        return part.start + (offset - self._offsets[index]) * part.verbatim

    def _end(self, offset: int) -> int:
        index = bisect_right(self._offsets, max(offset - 1, 0)) - 1
        part = self._content.parts[index]
        return part.start + offset - self._offsets[index] if part.verbatim else part.end


def script_facts(source: Source, content: Decoded, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a script that a file holds under another spelling."""
    code = content.text.encode()
    if source.data[content.start : content.end] == code:
        return typescript.read_region(source, (content.start, content.end), "javascript", demands)
    transcript = Transcript(source.path, code, source, content)
    return typescript.read_region(transcript, (0, len(code)), "javascript", demands)
