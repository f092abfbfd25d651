"""The formats a graph can be shown in. Each is a pure function from a drawing to text; the style is a terminal's."""

from collections.abc import Callable, Mapping, Sequence

from archlint.extend import Style
from archlint.project.graph import Edge
from archlint.project.graph.drawing import Drawing
from archlint.reporters.graph import dot, listed, mermaid, objects

GRAPH_FORMATS: Mapping[str, Callable[[Drawing, Style], str]] = {
    "text": listed.render,
    "dot": lambda drawing, _style: dot.render(drawing),
    "mermaid": lambda drawing, _style: mermaid.render(drawing),
    "json": lambda drawing, _style: objects.render(drawing),
}

WAY_FORMATS: Mapping[str, Callable[[str, str, Sequence[Edge]], str]] = {
    "text": listed.way,
    "json": objects.way,
}

__all__ = ["GRAPH_FORMATS", "WAY_FORMATS"]
