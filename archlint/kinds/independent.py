"""Kind ``independent``: parts of the tree that do not import each other, directly or through others."""

from collections.abc import Iterator

from archlint.extend import Family, Kind, OptionMistake
from archlint.kinds.graph.counting import Counting, counted, demand, mistakes_of
from archlint.kinds.graph.selecting import Selection, capture_mistakes
from archlint.kinds.graph.telling import FIELDS, through, told, verb
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.model import Hit, Rule
from archlint.project import Project
from archlint.project.graph import Graph, hops, way
from archlint.scope import captured


class Options(Counting, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The parts."""

    of: OneOrMany
    """Globs and zones; a glob with captures, ``features/{name}/**``, means a part for each of their values."""
    reachable: bool = True
    """Whether imports through files that are in none of the parts count too."""


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each import by which a part knows another."""
    graph = counted(rule.options, project)
    parts_of = _parts_of(rule, project)
    for path in sorted(parts_of):
        for edge in graph.edges_from.get(path, ()):
            others = parts_of.get(edge.target)
            if others and not set(parts_of[path]) & set(others):
                yield told((edge,), f"{parts_of[path][0]} {verb(edge)} '{edge.target}' of {others[0]}")
    if rule.options.reachable:
        yield from _indirect(parts_of, graph)


def _indirect(parts_of: dict[str, tuple[str, ...]], graph: Graph) -> Iterator[Hit]:
    """Ways from part to part through files that are in none."""
    leaving = [
        edge
        for path in sorted(parts_of)
        for edge in graph.edges_from.get(path, ())
        if edge.target and edge.target not in parts_of
    ]
    entering: dict[str, list[int]] = {}
    for number, edge in enumerate(graph.edges):
        if edge.source not in parts_of:
            for part in parts_of.get(edge.target, ()):
                entering.setdefault(part, []).append(number)
    for part in sorted(entering) if leaving else ():
        last = [graph.edges[number] for number in entering[part]]
        onwards = hops(graph.edges_into, last, lambda path: path not in parts_of)
        for edge in leaving:
            found = way(edge, onwards) if edge.target in onwards else ()
            own = parts_of[edge.source]
            if found and not set(own) & set(parts_of[found[-1].target]):
                yield told(found, f"{own[0]} reaches '{found[-1].target}' of {part}{through(found)}")


def _parts_of(rule: Rule[Options], project: Project) -> dict[str, tuple[str, ...]]:
    """The parts that each of the rule's files is in, by the names they are told by."""
    selections = [(each, Selection((each,), project)) for each in as_tuple(rule.options.of)]
    found: dict[str, tuple[str, ...]] = {}
    for path in project.files(rule.scope):
        parts = [
            _named(each, dict(found)) for each, selection in selections for found in selection.bindings(path)
        ]
        if parts:
            found[path] = tuple(dict.fromkeys(parts))
    return found


def _named(selector: str, bound: dict[str, str]) -> str:
    for name, value in bound.items():
        selector = selector.replace(f"{{{name}}}", value)
    return f"'{selector}'"


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Parts without files, and captures that mean one part alone."""
    selectors = as_tuple(rule.options.of)
    vain = tuple(Selection(selectors, project).vain())
    yield from vain
    parts = {part for parts in _parts_of(rule, project).values() for part in parts}
    if not vain and len(parts) < 2:  # noqa: PLR2004 -- one part is independent of nothing
        yield "there is one part only" if parts else "none of the parts has one of the rule's files"


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """A single part, which has nothing to be independent of."""
    selectors = as_tuple(options.of)
    if len(selectors) < 2 and not any(map(captured, selectors)):  # noqa: PLR2004 -- as above
        yield ("of",), "independent needs two parts, or a glob with a capture such as features/{name}/**"
    yield from capture_mistakes("of", selectors)
    yield from mistakes_of(options)


KIND = Kind(
    name="independent",
    says="parts of the tree that do not import each other, directly or through others",
    options=Options,
    needs=Family.REFERENCES,
    fields=FIELDS,
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=("of",),
    local=lambda _options: False,
)
