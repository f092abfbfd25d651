"""A parsed script, and what is looked up in it along the way."""

from dataclasses import dataclass

from tree_sitter import Tree

from archlint.languages.ecmascript.following.known import Texts
from archlint.languages.ecmascript.following.objects import Shapes
from archlint.languages.ecmascript.following.scopes import Names
from archlint.source import Source


@dataclass(frozen=True, slots=True)
class Script:
    """A script, with its names and shapes as far as anybody asked for them."""

    source: Source
    tree: Tree
    names: Names
    shapes: Shapes
    texts: Texts


def script_of(source: Source, tree: Tree) -> Script:
    """A script of which nothing has been looked up yet."""
    names, shapes = Names(source.data, tree), Shapes()
    return Script(source, tree, names, shapes, Texts(names, shapes))
