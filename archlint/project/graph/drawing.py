"""A graph as it is shown: files, or what they are grouped into, and the lines between."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from archlint.facts import Link
from archlint.model import Place
from archlint.project.graph.edges import Edge, Graph
from archlint.project.graph.join import modules_of
from archlint.project.modules.places import parent
from archlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Line:
    """The edges that lead from one node to another."""

    source: str
    target: str
    links: tuple[Link, ...]
    places: tuple[Place, ...]
    is_type: bool
    """Whether all of them are gone when the program runs."""
    breaks: tuple[str, ...]
    """The rules that some of them break."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is shown; sorted."""

    nodes: tuple[str, ...]
    lines: tuple[Line, ...]


def drawing(
    edges: Iterable[Edge], name_of: Mapping[str, str], rules_at: Mapping[Place, tuple[str, ...]]
) -> Drawing:
    """The edges between what has a name, by the names. What leads into itself is left out, but for a breach."""
    by_ends: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        source, target = name_of.get(edge.source), name_of.get(edge.target or edge.ends)
        if source and target and (source != target or edge.place in rules_at):
            by_ends.setdefault((source, target), []).append(edge)
    lines = tuple(_line(ends, by_ends[ends], rules_at) for ends in sorted(by_ends))
    return Drawing(tuple(sorted(set(name_of.values()))), lines)


def _line(ends: tuple[str, str], edges: list[Edge], rules_at: Mapping[Place, tuple[str, ...]]) -> Line:
    return Line(
        *ends,
        links=tuple(sorted({edge.reference.link for edge in edges})),
        places=tuple(sorted(edge.place for edge in edges)),
        is_type=all(edge.is_type for edge in edges),
        breaks=tuple(sorted({rule for edge in edges for rule in rules_at.get(edge.place, ())})),
    )


def by_file(paths: Iterable[str], _project: Project) -> dict[str, str]:
    """Each file by itself."""
    return {path: path for path in paths}


def by_folder(paths: Iterable[str], _project: Project) -> dict[str, str]:
    """Files by the folder that holds them."""
    return {path: parent(path) or "." for path in paths}


def by_package(paths: Iterable[str], project: Project) -> dict[str, str]:
    """Files by the nearest ``package.json``: its name, or else its folder."""
    packages = modules_of(project).packages
    nearest = {path: packages.nearest(parent(path)) for path in paths}
    return {path: package.name or package.folder or "." for path, package in nearest.items() if package}


def by_zone(paths: Iterable[str], project: Project) -> dict[str, str]:
    """Files by the first of the zones that they are in; those in none are left out."""
    files_of = {zone: project.selected(f"zone:{zone}") for zone in sorted(project.zones)}
    found = {path: next((zone for zone, files in files_of.items() if path in files), "") for path in paths}
    return {path: zone for path, zone in found.items() if zone}


Grouping = Callable[[Iterable[str], Project], dict[str, str]]


def near(graph: Graph, focus: frozenset[str], depth: int) -> frozenset[str]:
    """The files within so many edges of ``focus``, in either direction."""
    seen, rim = set(focus), set(focus)
    for _ in range(depth):
        ahead = {edge.target for path in rim for edge in graph.edges_from.get(path, ()) if edge.target}
        behind = {edge.source for path in rim for edge in graph.edges_into.get(path, ())}
        rim = (ahead | behind) - seen
        seen |= rim
    return frozenset(seen)


def leading_to(graph: Graph, targets: frozenset[str]) -> frozenset[str]:
    """The files that have a way to one of ``targets``, and these themselves."""
    seen = set(targets)
    pending = sorted(targets)
    for path in pending:
        fresh = {edge.source for edge in graph.edges_into.get(path, ())} - seen
        seen |= fresh
        pending += sorted(fresh)
    return frozenset(seen)


def shortest_way(graph: Graph, starts: frozenset[str], is_end: Callable[[Edge], bool]) -> tuple[Edge, ...]:
    """The edges of a shortest way from one of ``starts`` to an end; () if there is none."""
    came_by: dict[str, Edge | None] = dict.fromkeys(sorted(starts))
    for path in (pending := list(came_by)):
        for edge in graph.edges_from.get(path, ()):
            if is_end(edge):
                return _back(edge, came_by)
            if edge.target and edge.target not in came_by:
                came_by[edge.target] = edge
                pending.append(edge.target)
    return ()


def _back(last: Edge, came_by: Mapping[str, Edge | None]) -> tuple[Edge, ...]:
    way = [last]
    while (edge := came_by[way[-1].source]) is not None:
        way.append(edge)
    return tuple(reversed(way))
