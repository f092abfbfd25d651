"""Kind ``layers``: a layer may import those below it, never those above or beside it."""

from collections.abc import Iterator

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.kinds.graph.containers import contained, containers_of
from archlint.kinds.graph.counting import Counting, counted, demand, mistakes_of
from archlint.kinds.graph.telling import FIELDS, through, told, verb
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.model import Hit, Rule
from archlint.project import Project
from archlint.project.graph import Graph, hops, way


class Options(Counting, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The layers, the highest first."""

    order: tuple[str, ...]
    """Globs and zones. ``a | b`` do not import each other; ``(a)`` need not be there."""
    containers: OneOrMany = ()
    """Folders that have these layers each; then the globs are relative to them."""
    closed: OneOrMany = ()
    """Layers that those above may not skip; ``"*"`` for all."""
    reachable: bool = True
    """Whether imports through files that are in no layer count too."""


class _Layer(msgspec.Struct, frozen=True):
    """A layer, or one of several side by side."""

    name: str
    level: int
    optional: bool
    closed: bool


class _Stack(msgspec.Struct, frozen=True):
    """The layers of one container, and the layer of each file that is in one."""

    container: str
    layers: tuple[_Layer, ...]
    layer_of: dict[str, _Layer]
    there: frozenset[_Layer]


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each import that leads up, aside, or past a closed layer."""
    graph = counted(rule.options, project)
    stacks = tuple(_stacks(rule, project))
    placed = frozenset(path for stack in stacks for path in stack.layer_of)
    for stack in stacks:
        yield from _direct(stack, graph)
        if rule.options.reachable:
            yield from _indirect(stack, graph, placed)


def _direct(stack: _Stack, graph: Graph) -> Iterator[Hit]:
    layer_of = stack.layer_of
    for path in sorted(layer_of):
        for edge in graph.edges_from.get(path, ()):
            other = layer_of.get(edge.target)
            said = _breach(stack, layer_of[path], other) if other else ""
            if said:
                yield told((edge,), f"{verb(edge)} '{edge.target}': {said}")


def _indirect(stack: _Stack, graph: Graph, placed: frozenset[str]) -> Iterator[Hit]:
    """Ways through files that are in no layer of any container."""
    layer_of = stack.layer_of
    outgoing = [edge for path in sorted(layer_of) for edge in graph.edges_from.get(path, ())]
    leaving = [edge for edge in outgoing if edge.target and edge.target not in placed]
    for goal in stack.layers if leaving else ():
        paths = sorted(path for path, layer in layer_of.items() if layer == goal)
        last = [edge for path in paths for edge in graph.edges_into.get(path, ())]
        onwards = hops(graph.edges_into, last, lambda path: path not in placed)
        for edge in leaving:
            said = _breach(stack, layer_of[edge.source], goal) if edge.target in onwards else ""
            if said:
                found = way(edge, onwards)
                yield told(found, f"reaches '{found[-1].target}'{through(found)}: {said}")


def _breach(stack: _Stack, one: _Layer, other: _Layer) -> str:
    """What is wrong with an import from one layer to another; '' if nothing is."""
    if other.level < one.level:
        return f"layer {one.name} is below {other.name} and may not know it"
    if other.level == one.level:
        return (
            ""
            if one is other
            else f"{one.name} and {other.name} stand side by side and may not know each other"
        )
    between = range(one.level + 1, other.level)
    skipped = [each for each in stack.layers if each.closed and each.level in between and each in stack.there]
    return f"layer {one.name} skips {skipped[0].name} on its way to {other.name}" if skipped else ""


def _stacks(rule: Rule[Options], project: Project) -> Iterator[_Stack]:
    options = rule.options
    layers = tuple(_layers(options))
    files = project.files(rule.scope)
    for container in containers_of(as_tuple(options.containers), project):
        of = {layer.name: contained(layer.name, container, project) for layer in layers}
        layer_of: dict[str, _Layer] = {}
        for path in files:
            layer = next((each for each in layers if path in of[each.name]), None)
            if layer is not None:
                layer_of[path] = layer
        yield _Stack(container, layers, layer_of, frozenset(layer_of.values()))


def _parts(text: str) -> tuple[str, ...]:
    """The layers that stand side by side in a text."""
    return tuple(part.strip() for part in text.split(" | "))


def _selectors(text: str) -> tuple[str, ...]:
    return tuple(map(_plain, _parts(text)))


def _layers(options: Options) -> Iterator[_Layer]:
    closed = as_tuple(options.closed)
    for level, text in enumerate(options.order):
        for part in _parts(text):
            name = _plain(part)
            yield _Layer(name, level, name != part, bool({name, "*"} & set(closed)))


def _plain(text: str) -> str:
    """A layer's name without the brackets that say that it need not be there."""
    is_optional = text.startswith("(") and text.endswith(")")
    return text[1:-1].strip() if is_optional else text


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Containers that are no folders, and layers that a container lacks."""
    for each in as_tuple(rule.options.containers):
        if not any(containers_of((each,), project)):
            yield f"no folder matches '{each}'"
    for stack in _stacks(rule, project):
        where = f" in '{stack.container}'" if stack.container else ""
        lacking = [layer.name for layer in stack.layers if not layer.optional and layer not in stack.there]
        yield from (f"no file is in layer '{name}'{where}" for name in lacking)


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Too few layers, one twice, and closed ones that are none."""
    names = [layer.name for layer in _layers(options)]
    if len(names) < 2:  # noqa: PLR2004 -- one layer is above nothing
        yield ("order",), "layers needs two layers at least"
    for number, text in enumerate(options.order):
        for name in _selectors(text):
            if names.count(name) > 1:
                yield ("order", number), f"layer '{name}' is named twice"
    for number, name in enumerate(as_tuple(options.closed)):
        if name not in (*names, "*"):
            yield ("closed", number), f"'{name}' is none of the layers"
    yield from mistakes_of(options)


KIND = Kind(
    name="layers",
    says="layers that import those below them, never those above or beside",
    options=Options,
    needs=Family.REFERENCES,
    fields=FIELDS,
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=("containers",),
    composed={"order": _selectors},
    local=lambda _options: False,
)
