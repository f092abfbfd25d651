"""A parsed script, and what is looked up in it along the way."""

from dataclasses import dataclass, field

from tree_sitter import Tree

from archlint.languages.ecmascript.following.known import Texts
from archlint.languages.ecmascript.following.objects import Shapes
from archlint.languages.ecmascript.following.scopes import Names
from archlint.languages.ecmascript.literals import Piece
from archlint.languages.urls import UrlPart
from archlint.source import Source


@dataclass(frozen=True, slots=True)
class Script:
    """A script, with its names and shapes as far as anybody asked for them."""

    source: Source
    tree: Tree
    names: Names
    shapes: Shapes
    texts: Texts
    urls: dict[int, tuple[tuple[UrlPart, Piece, int], ...]] = field(default_factory=dict)
    """By id of each text that was looked at the parts of a URL in it, and the pieces of the text they begin in."""


def script_of(source: Source, tree: Tree) -> Script:
    """A script of which nothing has been looked up yet."""
    names, shapes = Names(source.data, tree), Shapes()
    return Script(source, tree, names, shapes, Texts(names, shapes))
