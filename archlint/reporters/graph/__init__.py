"""The formats a graph can be shown in. Each is a pure function from a drawing to text."""

from collections.abc import Callable, Mapping

from archlint.project.graph.drawing import Drawing
from archlint.reporters.graph import dot, listed, mermaid, objects

GRAPH_FORMATS: Mapping[str, Callable[[Drawing], str]] = {
    "text": listed.render,
    "dot": dot.render,
    "mermaid": mermaid.render,
    "json": objects.render,
}

__all__ = ["GRAPH_FORMATS"]
