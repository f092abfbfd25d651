"""The comments of Makefiles: make's own, and the shell's in recipes."""

from bisect import bisect_left
from collections.abc import Iterator

from archlint.languages.comments import NEEDLE
from archlint.languages.comments.nodes import regions
from archlint.languages.comments.said import Following, said
from archlint.languages.decoded import Region
from archlint.languages.make.lines import Line, LineKind, comments_of, lines_of
from archlint.languages.trees import parse
from archlint.source import Source
from archlint.suppression import Comment


def read(source: Source, _language: str) -> Iterator[Comment]:
    """Those of a whole file."""
    lines = tuple(lines_of(source.data))
    found = sorted((*comments_of(source.data), *_in_recipes(lines)))
    return said(source, found, _line(lines))


def _in_recipes(lines: tuple[Line, ...]) -> Iterator[Region]:
    for line in lines:
        if line.kind is LineKind.RECIPE and NEEDLE in line.text:
            for start, end in regions(parse("bash", line.text)):
                yield line.start + start, line.start + end


def _line(lines: tuple[Line, ...]) -> Following:
    """The next line; a rule with its recipe."""
    starts = [line.start for line in lines]

    def following(offset: int) -> Region | None:
        index = bisect_left(starts, offset)
        if index == len(lines):
            return None
        last = index
        while lines[index].kind is LineKind.RULE and last + 1 < len(lines):
            if lines[last + 1].kind is not LineKind.RECIPE:
                break
            last += 1
        return offset, lines[last].end

    return following
