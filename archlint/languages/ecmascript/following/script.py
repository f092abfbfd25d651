"""A parsed script, and what is looked up in it along the way."""

from functools import cached_property
from typing import Any

import msgspec
from tree_sitter import Tree

from archlint.languages.ecmascript.built import Built
from archlint.languages.ecmascript.following.known import Texts
from archlint.languages.ecmascript.following.objects import Shapes
from archlint.languages.ecmascript.following.scopes import Names
from archlint.languages.ecmascript.literals import LITERALS
from archlint.languages.ecmascript.markup import Marked, marked
from archlint.languages.trees import nodes_of
from archlint.source import Source


class Script(msgspec.Struct, frozen=True, dict=True):
    """A script, with its names and shapes as far as anybody asked for them."""

    source: Source
    tree: Tree
    names: Names
    shapes: Shapes
    texts: Texts
    has_circumstances: bool = False
    """Whether it is asked under which circumstances constants count."""
    read: dict[int, tuple[Any, ...]] = msgspec.field(default_factory=dict)
    """What expressions depend on, by their ids; as conditions/reads.py has it."""
    _marked: dict[int, Marked] = msgspec.field(default_factory=dict)

    @cached_property
    def literals(self) -> bytes:
        """The bytes of its literals, those of templates with all that fills them; joined as if they made one text."""
        found: list[bytes] = []
        done = 0
        for node in nodes_of(self.tree, LITERALS):
            if node.start_byte >= done:
                done = node.end_byte
                found.append(self.source.data[node.start_byte : done])
        return b"+".join(found)

    def markup(self, built: Built) -> Marked:
        """What a text holds if it is markup."""
        node = built.path[-1]
        if node.id not in self._marked:
            self._marked[node.id] = marked(built)
        return self._marked[node.id]


def script_of(source: Source, tree: Tree, *, has_circumstances: bool = False) -> Script:
    """A script of which nothing has been looked up yet."""
    names, shapes = Names(source.data, tree), Shapes()
    return Script(source, tree, names, shapes, Texts(names, shapes), has_circumstances)
