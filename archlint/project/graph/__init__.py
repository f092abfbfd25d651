"""The import graph: which file refers to which, with the place of every reference. In memory and pure."""

from archlint.project.graph.declaring import Declaring, declared_demand, is_of_python
from archlint.project.graph.edges import IMPORTS, Edge, Filter, Graph
from archlint.project.graph.join import graph_demand, graph_of, modules_of
from archlint.project.graph.licensing import Licensed, Licensing, licence_demand
from archlint.project.graph.spelling import Spellings
from archlint.project.graph.walks import Hop, components, hops, shortest_cycle, way

__all__ = [
    "IMPORTS",
    "Declaring",
    "Edge",
    "Filter",
    "Graph",
    "Hop",
    "Licensed",
    "Licensing",
    "Spellings",
    "components",
    "declared_demand",
    "graph_demand",
    "graph_of",
    "hops",
    "is_of_python",
    "licence_demand",
    "modules_of",
    "shortest_cycle",
    "way",
]
