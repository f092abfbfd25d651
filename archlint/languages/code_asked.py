"""What code patterns find in a tree. What finds it is loaded when a pattern is asked for."""

from collections.abc import Callable

import msgspec
from tree_sitter import Node, Tree

from archlint.facts import Demand, Facts
from archlint.languages.trees import grammar_of
from archlint.searches import PatternDemand
from archlint.source import Source

Functions = Callable[[tuple[Node, ...]], tuple[str, ...]]
"""The names of the functions on the way to a node, root first."""


def with_code(
    facts: Facts, source: Source, tree: Tree, demands: tuple[Demand, ...], functions: Functions | None = None
) -> Facts:
    """The facts, with the code of a tree that the demands mean. ``functions`` is of languages that have some."""
    grammar = grammar_of(tree)
    asked = [each for each in demands if isinstance(each, PatternDemand) and grammar in each.grammars]
    if not asked:
        return facts
    from archlint.languages.patterns import searched

    matches, problems = searched(source, tree, asked, functions)
    return msgspec.structs.replace(
        facts, searched=(*facts.searched, *matches), problems=(*facts.problems, *problems)
    )
