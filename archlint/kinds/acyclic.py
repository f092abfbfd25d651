"""Kind ``acyclic``: files, folders or packages that do not import each other in a circle."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from archlint.extend import Family, Kind
from archlint.kinds.graph.counting import Counting, demand, imported, mistakes_of
from archlint.kinds.graph.telling import flow
from archlint.model import Hit, Remark, Rule
from archlint.project import Project
from archlint.project.graph import Edge, components, modules_of, shortest_cycle
from archlint.project.modules.places import parent

Over = Literal["files", "folders", "packages"]
_Edges = Mapping[tuple[str, str], Sequence[Edge]]
_MOST_TOLD = 20
_WHOLE = 1000  # what importing a module as a whole weighs: more than any list of names


class Options(Counting, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Of what the circles are made."""

    over: Over = "files"
    """``folders`` are those that hold the files; ``packages`` those that hold a ``package.json``."""


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each set of files, folders or packages that all lead to each other: a shortest cycle in it."""
    name_of = _names(rule, project)
    edges = imported(rule.options, project).edges
    successors: dict[str, list[str]] = {}
    for one, other, _ in _links(rule.options.over, edges, name_of):
        successors.setdefault(one, []).append(other)
    tangles = components(successors)
    links = _told(rule.options.over, edges, name_of, tangles)
    for component in tangles:
        once = {node: tuple(dict.fromkeys(successors[node])) for node in component}
        yield _hit(rule.options.over, shortest_cycle(component, once), len(component), links)


def _names(rule: Rule[Options], project: Project) -> Mapping[str, str]:
    """What the circles are made of: what stands for each of the rule's files."""
    files = project.files(rule.scope)
    if rule.options.over == "files":
        return dict(zip(files, files, strict=True))
    if rule.options.over == "folders":
        return {path: parent(path) or "." for path in files}
    packages = modules_of(project).packages
    nearest = {path: packages.nearest(parent(path)) for path in files}
    return {path: package.folder or "." for path, package in nearest.items() if package}


def _links(over: Over, edges: Iterable[Edge], name_of: Mapping[str, str]) -> Iterator[tuple[str, str, Edge]]:
    """The edges between the rule's files, each after what it joins."""
    for edge in edges:
        one, other = name_of.get(edge.source), name_of.get(edge.leads.path or "")
        if one is not None and other is not None and (one != other or over == "files"):
            yield one, other, edge


def _told(
    over: Over, edges: Iterable[Edge], name_of: Mapping[str, str], tangles: Iterable[tuple[str, ...]]
) -> _Edges:
    """The edges that circles may be made of, by the two that they join: those within one tangle."""
    tangle_of = {node: number for number, members in enumerate(tangles) for node in members}
    found: dict[tuple[str, str], list[Edge]] = {}
    for one, other, edge in _links(over, edges, name_of) if tangle_of else ():
        if one in tangle_of and tangle_of[one] == tangle_of.get(other):
            found.setdefault((one, other), []).append(edge)
    return found


def _hit(over: Over, cycle: tuple[str, ...], tangled: int, links: _Edges) -> Hit:
    """The cycle, told where it is cheapest to cut."""
    joints = [links[one, other] for one, other in zip(cycle, (*cycle[1:], cycle[0]), strict=True)]
    costs = [sum(map(_cost, edges)) for edges in joints]
    cut = costs.index(min(costs))
    turned = [*joints[cut:], *joints[:cut]]
    way = [edges[0] for edges in turned]
    first = way[0]
    text = _text(over, (*cycle[cut:], *cycle[: cut + 1]), tangled)
    if len(cycle) > 1:
        text += f"; cheapest to cut here ({_weight(turned[0])})"
    also = tuple(Remark(edges[0].place, f"leads on: {_weight(edges)}") for edges in turned[1:_MOST_TOLD])
    fields = {"cycle": " -> ".join((*cycle, cycle[0])), "length": str(len(cycle))}
    return Hit(first.place, text, f"cycle {' '.join(cycle)}", fields, also, (flow(way),))


def _text(over: Over, ring: tuple[str, ...], tangled: int) -> str:
    length = len(ring) - 1
    if length == 1:
        return f"'{ring[0]}' imports itself"
    most = 7
    shown = ring if length <= most else (*ring[:4], f"{length - 6} more", *ring[-3:])
    text = f"{length} {over} import each other in a circle: {' -> '.join(shown)}"
    return text if tangled == length else f"{text}; {tangled} {over} are tangled in it"


def _cost(edge: Edge) -> int:
    return _WHOLE if "*" in edge.names else max(1, len(edge.names))


def _weight(edges: Sequence[Edge]) -> str:
    """How much an edge carries, as it is told."""
    names = [name for edge in edges for name in edge.names]
    if len(edges) > 1:
        return f"{len(edges)} imports"
    if "*" in names or not names:
        return "the module as a whole" if names else "no names"
    return f"{len(names)} name{'s' * (len(names) > 1)}"


KIND = Kind(
    name="acyclic",
    says="files, folders or packages that do not import each other in a circle",
    options=Options,
    needs=Family.REFERENCES,
    fields=("cycle", "length"),
    demand=demand,
    check=check,
    mistakes=lambda options: iter(mistakes_of(options)),
    local=lambda _options: False,
)
