"""The comments of style sheets."""

from collections.abc import Iterator

from archlint.languages.comments.said import Following, said
from archlint.languages.decoded import Region
from archlint.languages.style_references import comments, marks
from archlint.source import Source
from archlint.suppression import Comment


def read(source: Source, _language: str) -> Iterator[Comment]:
    """Those of a whole file."""
    return of_region(source, (0, len(source.data)), source.path.rpartition(".")[2].lower())


def of_region(source: Source, region: Region, lang: str) -> Iterator[Comment]:
    """Those of a file, or of a style sheet within another."""
    return said(source, comments(source.data, region, lang), _statement(source.data, region[1], lang))


def _statement(data: bytes, end: int, lang: str) -> Following:
    def following(offset: int) -> Region | None:
        depth = 0
        for at, mark in marks(data, (offset, end), lang):
            depth += {b"{": 1, b"}": -1}.get(mark, 0)
            if depth < 0:
                return (offset, at) if at > offset else None
            if depth == 0 and mark in (b";", b"}"):
                return offset, at + 1
        return (offset, end) if offset < end else None

    return following
