"""Cycles, ways and layers of random graphs are those that networkx finds, and large graphs take linear time."""

import time
from collections.abc import Mapping

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.project.graph import components, shortest_cycle
from tests.graph.graphs import hits, tree

Graph = Mapping[str, list[str]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = [f"n{number}" for number in range(draw(st.integers(5, 8)))]
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=18))
    return {name: [other for one, other in pairs if one == name] for name in names}


def oracle(graph: Graph) -> nx.DiGraph:
    digraph = nx.DiGraph()
    digraph.add_nodes_from(graph)
    digraph.add_edges_from((one, other) for one, others in graph.items() for other in others)
    return digraph


def files(graph: Graph) -> dict[str, list[str]]:
    return {f"{one}.ts": [f"./{other}" for other in others] for one, others in graph.items()}


@given(graphs())
def test_components_are_those_that_hold_a_cycle(graph: Graph) -> None:
    found = components(graph)

    strong = nx.strongly_connected_components(oracle(graph))
    expected = {frozenset(part) for part in strong if len(part) > 1 or any(n in graph[n] for n in part)}
    assert {frozenset(part) for part in found} == expected


@given(graphs())
def test_the_cycle_of_a_component_is_one_and_none_is_shorter(graph: Graph) -> None:
    for component in components(graph):
        cycle = shortest_cycle(component, graph)

        girth = min(map(len, nx.simple_cycles(oracle(graph).subgraph(component))))
        assert len(cycle) == girth
        assert all(other in graph[one] for one, other in zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def test_of_two_cycles_the_shorter_is_told_whichever_is_met_first() -> None:
    long_first = {"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e"], "e": ["d", "a"]}
    short_first = {"a": ["b"], "b": ["a", "c"], "c": ["d"], "d": ["e"], "e": ["c", "a"]}

    assert shortest_cycle(long_first, long_first) == ("d", "e")
    assert shortest_cycle(short_first, short_first) == ("a", "b")


@given(graphs())
def test_a_file_reaches_what_is_forbidden_where_there_is_a_way_through_files_that_are_not_the_rules(
    graph: Graph,
) -> None:
    rule = {"from": ["n0.ts", "n1.ts"], "forbid": ["n3.ts", "n4.ts"], "reachable": True}
    found = {(hit.place.path, hit.place.span.line) for hit in hits("imports", rule, tree(files(graph)))}

    free = oracle(graph)
    free.remove_nodes_from(["n0", "n1"])
    goals = {"n3", "n4"}
    expected = {
        (f"{one}.ts", line)
        for one in ("n0", "n1")
        for line, other in enumerate(graph.get(one, ()), start=1)
        if other in goals or (other in free and goals & (nx.descendants(free, other)))
    }
    assert found == expected


@given(graphs())
def test_layers_are_broken_where_a_way_leads_up_through_files_in_no_layer(graph: Graph) -> None:
    levels = {"n0": 0, "n1": 0, "n2": 1, "n3": 1, "n4": 2}
    order = ["{n0,n1}.ts", "({n2,n3}.ts)", "(n4.ts)"]
    found = {
        (hit.place.path, hit.place.span.line) for hit in hits("layers", {"order": order}, tree(files(graph)))
    }

    free = oracle(graph)
    free.remove_nodes_from([name for name in levels if name in free])
    expected = set()
    for one in (name for name in levels if name in graph):
        for line, other in enumerate(graph[one], start=1):
            seen = {other} if other in levels else nx.descendants(free, other) | {other}
            ends = (
                {other} if other in levels else {end for each in seen for end in graph[each] if end in levels}
            )
            if any(levels[end] < levels[one] for end in ends):
                expected.add((f"{one}.ts", line))
    assert found == expected


def ring(size: int) -> Graph:
    return {f"n{number}": [f"n{(number + 1) % size}"] for number in range(size)}


def test_a_cycle_of_two_thousand_files_is_found_in_less_than_twice_the_time_of_the_tree_without_it() -> None:
    chain = {f"m{number}": [f"m{number + 1}", f"m{number + 7}"] for number in range(4_990)}
    chain.update({f"m{number}": [] for number in range(4_990, 5_000)})
    looped = {**chain, "m1999": ["m0"], **{f"m{n}": [f"m{n + 1}"] for n in range(1_999)}}

    def seconds(graph: Graph, cycles: int) -> float:
        taken = []
        for _ in range(3):
            project = tree(files(graph))
            started = time.process_time()
            found = hits("acyclic", {}, project)
            taken.append(time.process_time() - started)
            assert len(found) == cycles
        return min(taken)

    assert seconds(looped, 1) < 2 * seconds(chain, 0)


@pytest.mark.parametrize("size", [20_000])
def test_a_long_cycle_needs_no_deep_stack(size: int) -> None:
    graph = ring(size)
    (component,) = components(graph)

    assert len(shortest_cycle(component, graph)) == size


def test_a_tangle_without_short_cycles_is_given_up_in_linear_time() -> None:
    # Each node leads to two far ones: no cycle is short, and no node's removal breaks the rest up.
    size = 20_000
    graph = {f"n{n}": [f"n{(2 * n + 1) % size}", f"n{(2 * n + 2) % size}"] for n in range(size)}
    started = time.process_time()

    for component in components(graph):
        assert shortest_cycle(component, graph)
    assert time.process_time() - started < 10


PARTS = 150


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("imports", {"from": "parts/{a}/**", "forbid": "parts/{b}/**", "reachable": True}),
        ("independent", {"of": "parts/{name}/**"}),
        ("layers", {"containers": "parts/*", "order": ["main.ts", "m*.ts"]}),
        ("public-api", {"of": "parts/*"}),
        ("acyclic", {"over": "folders"}),
    ],
)
def test_hundreds_of_parts_over_thousands_of_files_take_seconds(
    kind: str, options: dict[str, object]
) -> None:
    shared = {f"shared/s{n}.ts": [f"./s{n + 1}", f"./s{n + 3}"] for n in range(600)}
    parts = {
        f"parts/p{part}/m{n}.ts": [f"./m{n + 1}", f"../../shared/s{(part * 7 + n) % 600}", "../p0/main"]
        for part in range(PARTS)
        for n in range(10)
    }
    last = {"shared/s600.ts": ["../parts/p1/m0"], "parts/p0/main.ts": []}
    project = tree({**shared, **parts, **last})
    started = time.process_time()

    assert hits(kind, options, project)
    assert time.process_time() - started < 6
