"""A graph as it is shown: files, or what they are grouped into, and the lines between."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from archlint.facts import Link
from archlint.model import Finding, Place
from archlint.project.graph.edges import Edge, Graph
from archlint.project.graph.join import modules_of
from archlint.project.modules.places import parent
from archlint.project.project import Project


class Line(msgspec.Struct, frozen=True):
    """The edges that lead from one node to another."""

    source: str
    target: str
    links: tuple[Link, ...]
    places: tuple[Place, ...]
    is_type: bool
    """Whether all of them are gone when the program runs."""
    breaks: tuple[str, ...]
    """The rules that some of them break."""


class Drawing(msgspec.Struct, frozen=True):
    """What is shown; sorted."""

    nodes: tuple[str, ...]
    lines: tuple[Line, ...]
    outside: frozenset[str] = frozenset()
    """The nodes that are packages outside the tree."""
    lost: frozenset[str] = frozenset()
    """The nodes that are not there, or of which nobody can tell where they are."""
    hidden: int = 0
    """How many references lead to such a node and are not shown."""


Breaches = Mapping[tuple[Place, str], tuple[str, ...]]
"""The rules that edges break, by the edges' places and ends."""


def drawing(edges: Iterable[Edge], name_of: Mapping[str, str], breaches: Breaches, *, outer: bool) -> Drawing:
    """The edges between files that have a name, by the names. What leads into itself is left out, but for a breach.

    Where edges lead to what is no file, that is shown if ``outer`` or if they break a rule.
    """
    by_ends: dict[tuple[str, str], list[Edge]] = {}
    outside, lost, hidden = set[str](), set[str](), 0
    for edge in edges:
        source, is_breach = name_of.get(edge.source), _key(edge) in breaches
        if not source:
            continue
        if not edge.target and not (outer or is_breach):
            hidden += edge.leads.is_lost
            continue
        target = name_of.get(edge.target) if edge.target else _outer_name(edge)
        if target and (source != target or is_breach or not edge.target):
            by_ends.setdefault((source, target), []).append(edge)
            (lost if edge.leads.is_lost else outside).update(() if edge.target else (target,))
    lines = tuple(_line(ends, by_ends[ends], breaches) for ends in sorted(by_ends))
    nodes = tuple(sorted({*name_of.values(), *outside, *lost}))
    return Drawing(nodes, lines, frozenset(outside), frozenset(lost), hidden)


def _outer_name(edge: Edge) -> str:
    """A package, the place where a file was looked for, or the specifier."""
    if edge.leads.is_outside:
        return edge.ends
    places = [each for each in edge.leads.tried if " " not in each]
    return places[0] if places else edge.reference.target


def _key(edge: Edge) -> tuple[Place, str]:
    return edge.place, edge.ends


def breaches(edges: Iterable[Edge], findings: Iterable[Finding]) -> Breaches:
    """The rules that edges break; a cycle's at each of its edges.

    Where one reference is several edges (``from package import a, b``), those are meant that the finding names.
    """
    said_at: dict[Place, list[tuple[str, str]]] = {}
    for finding in findings:
        said = {remark.place: remark.text for way in finding.flows for remark in way}
        for place in (finding.place, *(remark.place for remark in finding.related)):
            said_at.setdefault(place, []).append((finding.rule, said.get(place, finding.message)))
    edges_at: dict[Place, list[Edge]] = {}
    for edge in edges:
        if edge.place in said_at:
            edges_at.setdefault(edge.place, []).append(edge)
    found: dict[tuple[Place, str], tuple[str, ...]] = {}
    for place, alike in edges_at.items():
        for rule, text in said_at[place]:
            named = [edge for edge in alike if f"'{edge.ends}'" in text] or alike
            found |= {_key(edge): (*found.get(_key(edge), ()), rule) for edge in named}
    return found


def _line(ends: tuple[str, str], edges: list[Edge], breaches: Breaches) -> Line:
    return Line(
        *ends,
        links=tuple(sorted({edge.reference.link for edge in edges})),
        places=tuple(sorted(edge.place for edge in edges)),
        is_type=all(edge.is_type for edge in edges),
        breaks=tuple(sorted({rule for edge in edges for rule in breaches.get(_key(edge), ())})),
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
