"""Texts that a script builds of literals, names and expressions, and which part of them is written where."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate

from tree_sitter import Node

from archlint.languages.ecmascript.literals import pieces
from archlint.languages.ecmascript.paths import Path
from archlint.languages.ecmascript.texts import Known, is_query
from archlint.languages.urls import HOLE, UrlPart, query_parts, url_parts

# No URL is longer: https://datatracker.ietf.org/doc/html/rfc9110#section-4.1-5 asks for 8,000 octets.
_LONGEST = 16_000
Region = tuple[int, int]


class Built:
    """The text of the expression at the end of a path: a literal, a template, or the whole of a ``+``."""

    def __init__(self, path: Path, known: Known) -> None:
        self.path = path
        self._stood_for: set[int] = set()

        def noted(node: Node) -> str | None:
            text = known(node)
            if text is not None:
                self._stood_for.add(node.start_byte)
            return text

        self.runs = pieces(path[-1], noted)

    @cached_property
    def text(self) -> str:
        """All of it, with holes for what is not known."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def is_known(self) -> bool:
        """Whether it has no holes."""
        return HOLE not in self.text

    @cached_property
    def _offsets(self) -> list[int]:
        return [*accumulate((len(run.text) for run in self.runs), initial=0)]

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    def written_in(self, literal: Node) -> range:
        """The numbers of the runs that are written in a literal, where a name does not stand for them."""
        return range(
            bisect_left(self._starts, literal.start_byte), bisect_left(self._starts, literal.end_byte)
        )

    def is_written(self, number: int) -> bool:
        """Whether the run is part of a literal here, and not what a name stands for."""
        return self.runs[number].start not in self._stood_for

    def filled(self, node: Node, value: str) -> tuple[str, int]:
        """The text with ``value`` where ``node`` stands, and where it begins; '' and -1 if it is far too long."""
        number = bisect_left(self._starts, node.start_byte)
        if (
            node.end_byte - node.start_byte > _LONGEST
            or len(self.text) > _LONGEST
            or number == len(self.runs)
        ):
            return "", -1
        begin = self._offsets[number]
        rest = bisect_left(self._starts, node.end_byte)
        return f"{self.text[:begin]}{value}{self.text[self._offsets[rest] :]}", begin

    @cached_property
    def urls(self) -> dict[int, list[tuple[UrlPart, Region | None]]]:
        """The parts of it as a URL by the run in which they begin, with their bytes if those are sure."""
        found: dict[int, list[tuple[UrlPart, Region | None]]] = {}
        is_whole_query = is_query(self.path, len(self.path) - 1)
        for part in query_parts(self.text) if is_whole_query else url_parts(self.text):
            number = min(bisect_right(self._offsets, part.start), len(self.runs)) - 1
            found.setdefault(number, []).append((part, self._region(number, part)))
        return found

    def _region(self, number: int, part: UrlPart) -> Region | None:
        run, begin = self.runs[number], self._offsets[number]
        if part.end > begin + len(run.text):
            return None
        start, end = run.offset(part.start - begin), run.offset(part.end - begin)
        return None if start is None or end is None else (start, end)
