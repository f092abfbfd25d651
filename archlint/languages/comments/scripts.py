"""The comments of TypeScript and JavaScript."""

from collections.abc import Iterator

from archlint.languages.comments.nodes import outermost, regions
from archlint.languages.comments.said import said
from archlint.languages.decoded import Region
from archlint.languages.ecmascript.syntax import parse_script
from archlint.source import Source
from archlint.suppression import Comment

_GRAMMARS = {"javascript": "javascript", "tsx": "tsx", "typescript": "typescript"}


def read(source: Source, language: str) -> Iterator[Comment]:
    """Those of a whole file."""
    return of_region(source, None, _GRAMMARS[language])


def of_region(source: Source, region: Region | None, grammar: str) -> Iterator[Comment]:
    """Those of a file, or of a script within another."""
    tree, _ = parse_script(source, region, grammar)
    return said(source, regions(tree), outermost(tree))
