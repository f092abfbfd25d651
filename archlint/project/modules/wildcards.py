"""Patterns with one ``*``, as ``paths`` of a tsconfig and ``exports`` of a package have them."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Hit(msgspec.Struct, Generic[T], frozen=True):
    """A pattern that matched: where it was written, its end after the ``*``, its meaning, and what ``*`` stands for."""

    order: int
    end: str
    meaning: T
    star: str


class Wildcards(Generic[T]):
    """What patterns map to. A lookup takes time by how many lengths patterns have, not by how many there are."""

    def __init__(self, patterns: Iterable[tuple[str, T]]) -> None:
        self._exact: dict[str, T] = {}
        self._ends_of: dict[str, dict[str, tuple[int, T]]] = {}
        for order, (pattern, meaning) in enumerate(patterns):
            start, star, end = pattern.partition("*")
            if not star:
                self._exact[pattern] = meaning
            elif "*" not in end:
                self._ends_of.setdefault(start, {})[end] = (order, meaning)
        self._lengths = sorted({len(start) for start in self._ends_of}, reverse=True)
        self._end_lengths = {
            start: sorted({len(end) for end in ends}) for start, ends in self._ends_of.items()
        }

    def exact(self, text: str) -> T | None:
        """What a text means that is written out as a pattern without ``*``."""
        return self._exact.get(text)

    def first(self, text: str) -> Hit[T] | None:
        """The match with the longest start; of two with one start, the one written first."""
        return min(self._hits(text, least=0), key=lambda hit: hit.order, default=None)

    def longest(self, text: str) -> Hit[T] | None:
        """The match with the longest start whose ``*`` stands for something; of two, the one with the longer end."""
        return max(self._hits(text, least=1), key=lambda hit: len(hit.end), default=None)

    def _hits(self, text: str, least: int) -> tuple[Hit[T], ...]:
        for length in self._lengths:
            found = tuple(self._with_start(text, text[:length], least)) if length <= len(text) else ()
            if found:
                return found
        return ()

    def _with_start(self, text: str, start: str, least: int) -> Iterator[Hit[T]]:
        ends = self._ends_of.get(start, {})
        for length in self._end_lengths.get(start, ()):
            stop = len(text) - length
            if stop - len(start) < least:
                return
            if text[stop:] in ends:
                order, meaning = ends[text[stop:]]
                yield Hit(order, text[stop:], meaning, text[len(start) : stop])
