"""Walks over graphs: components, cycles, ways. Iterative, and the same for the same graph."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from archlint.project.graph.edges import Edge

Successors = Mapping[str, Sequence[str]]

_MOST_STEPS = 40
"""How often the nodes and edges of a component may be walked in search of a shorter cycle."""


def components(successors: Successors) -> tuple[tuple[str, ...], ...]:
    """The sets of nodes that all lead to each other, those that hold a cycle only; sorted."""
    found = (
        tuple(sorted(members))
        for members in _strongly_connected(successors)
        if len(members) > 1 or members[0] in successors.get(members[0], ())
    )
    return tuple(sorted(found))


def _strongly_connected(successors: Successors) -> Iterator[list[str]]:
    """Each node in one set of those that all lead to each other. After Tarjan, with one number a node.

    ``low`` holds the earliest node that each is known to lead to, in the order in which the walk meets them, and a
    number beyond all once its set is told.
    """
    low: dict[str, int] = {}
    untold: list[str] = []
    told = len(successors) + sum(map(len, successors.values()))
    for root in successors:
        walk = [] if root in low else [_entered(root, successors, low, untold)]
        while walk:
            node, number, rest = walk[-1]
            following = next(rest, None)
            if following is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == number:
                    yield _taken(node, untold, low, told)
            elif following not in low:
                walk.append(_entered(following, successors, low, untold))
            else:
                low[node] = min(low[node], low[following])


def _entered(
    node: str, successors: Successors, low: dict[str, int], untold: list[str]
) -> tuple[str, int, Iterator[str]]:
    number = low[node] = len(low)
    untold.append(node)
    return node, number, iter(successors.get(node, ()))


def _taken(node: str, untold: list[str], low: dict[str, int], told: int) -> list[str]:
    """The nodes from one on, which are told with it."""
    members: list[str] = []
    while not members or members[-1] != node:
        members.append(untold.pop())
    low.update(dict.fromkeys(members, told))
    return members


def shortest_cycle(component: Iterable[str], successors: Successors) -> tuple[str, ...]:
    """The nodes of a shortest cycle in a strongly connected component, beginning with the least.

    The search is given up after a number of steps that is linear in the component; the cycle is then the
    shortest that was seen.
    """
    nodes = sorted(component)
    inside = set(nodes)
    ahead = {node: [each for each in successors.get(node, ()) if each in inside] for node in nodes}
    behind: dict[str, list[str]] = {node: [] for node in nodes}
    for node in nodes:
        for each in ahead[node]:
            behind[each].append(node)
    steps = _MOST_STEPS * (len(nodes) + sum(map(len, ahead.values())))
    best: tuple[str, ...] = ()
    for node in nodes:
        if node not in inside:
            continue
        cycle, taken = _cycle_through(node, ahead, inside, len(best) - 1 if best else len(nodes))
        best = cycle or best
        steps -= taken
        if len(best) == 1 or steps < 0:
            break
        _peel(node, ahead, behind, inside)
    least = best.index(min(best))
    return best[least:] + best[:least]


def _cycle_through(
    start: str, ahead: Successors, inside: set[str], longest: int
) -> tuple[tuple[str, ...], int]:
    """A shortest cycle through ``start`` of at most so many nodes, or (), and the steps that were taken."""
    came_from = {start: start}
    level, steps = [start], 0
    for _ in range(longest):
        beyond: list[str] = []
        for node in level:
            for each in ahead[node]:
                steps += 1
                if each == start:
                    return _back(node, came_from), steps
                if each in inside and each not in came_from:
                    came_from[each] = node
                    beyond.append(each)
        level = beyond
        if not level:
            break
    return (), steps


def _back(node: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [node]
    while came_from[way[-1]] != way[-1]:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))


def _peel(node: str, ahead: Successors, behind: Successors, inside: set[str]) -> None:
    """Takes a node away, and all that is on no cycle without it as far as that is seen at its neighbours."""
    pending = [node]
    inside.discard(node)
    while pending:
        current = pending.pop()
        for nearby, onwards in ((ahead[current], behind), (behind[current], ahead)):
            for each in nearby:
                if each in inside and not any(other in inside for other in onwards[each]):
                    inside.discard(each)
                    pending.append(each)


class Hop(msgspec.Struct, frozen=True):
    """The first edge of a shortest way, and how many edges it has."""

    edge: Edge
    length: int


def hops(
    edges_into: Mapping[str, Sequence[Edge]], last: Iterable[Edge], passes: Callable[[str], bool]
) -> dict[str, Hop]:
    """For each file that a way may pass through and has one to an edge of ``last``: the shortest, with that edge."""
    found: dict[str, Hop] = {}
    pending: deque[str] = deque()

    def reach(edges: Iterable[Edge], length: int) -> None:
        for edge in edges:
            if edge.source not in found and passes(edge.source):
                found[edge.source] = Hop(edge, length)
                pending.append(edge.source)

    reach(last, 1)
    while pending:
        path = pending.popleft()
        reach(edges_into.get(path, ()), found[path].length + 1)
    return found


def way(first: Edge, onwards: Mapping[str, Hop]) -> tuple[Edge, ...]:
    """The edges of a way that begins with ``first`` and goes on as ``onwards`` says."""
    found = [first]
    hop = onwards.get(first.target)
    while hop is not None:
        found.append(hop.edge)
        hop = onwards.get(hop.edge.target) if hop.length > 1 else None
    return tuple(found)
