"""The import graph as values: files, and the references between them with their places."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from archlint.facts import Link, Reference
from archlint.model import Place
from archlint.project.modules import Target

IMPORTS = frozenset(
    {Link.VALUE, Link.TYPE, Link.DYNAMIC, Link.RE_EXPORT, Link.REQUIRE, Link.SIDE_EFFECT, Link.GLOB}
)
"""The links by which a program imports, and not merely mentions, a file."""


class Edge(msgspec.Struct, frozen=True, gc=False):
    """A reference with what it leads to: a file of the tree, a package, or nothing that can be told."""

    source: str
    reference: Reference
    leads: Target
    names: tuple[str, ...] = ()
    """Those of the reference's names that come from there; ``*`` for all."""

    @property
    def target(self) -> str:
        """The file it leads to; '' if it leads to none of the tree."""
        return self.leads.path or ""

    @property
    def place(self) -> Place:
        """The specifier."""
        return Place(self.source, self.reference.span)

    @property
    def is_type(self) -> bool:
        """Whether it is gone when the program runs."""
        return self.reference.is_type or self.reference.link is Link.TYPE

    @property
    def ends(self) -> str:
        """What it leads to, as messages name it: a path, a package, or the specifier as written."""
        return self.leads.path or self.leads.package or self.reference.target


class Filter(msgspec.Struct, frozen=True):
    """Which edges count."""

    links: frozenset[Link] = frozenset(Link)
    types: bool = True
    """Whether those count that are gone when the program runs."""
    conditional: bool = True
    """Whether those count without which the program may run: in ``try``, ``if`` or a function."""

    def keeps(self, edge: Edge) -> bool:
        """Whether an edge counts."""
        reference = edge.reference
        return (
            reference.link in self.links
            and (self.types or not edge.is_type)
            and (self.conditional or not reference.is_conditional)
        )


class Graph:
    """The files of a tree and what each refers to, in the order in which it stands there."""

    def __init__(self, paths: tuple[str, ...], edges: Iterable[Edge]) -> None:
        self.paths = paths
        self.edges = tuple(edges)
        self._kept: dict[Filter, Graph] = {}

    @cached_property
    def edges_from(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges by the file they stand in."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
        return {path: tuple(edges) for path, edges in found.items()}

    @cached_property
    def edges_into(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges by the file they lead to."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            if edge.target:
                found.setdefault(edge.target, []).append(edge)
        return {path: tuple(edges) for path, edges in found.items()}

    def kept(self, which: Filter) -> "Graph":
        """The graph of the edges that count."""
        if which not in self._kept:
            self._kept[which] = Graph(self.paths, filter(which.keeps, self.edges))
        return self._kept[which]
