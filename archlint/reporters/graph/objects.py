"""A graph and its ways as JSON, with the place of every import."""

import json
from collections.abc import Sequence

from archlint.model import Place
from archlint.project.graph import Edge
from archlint.project.graph.drawing import Drawing, Line
from archlint.reporters.escape import json_document, well_formed


def render(drawing: Drawing) -> str:
    """``{"nodes": […], "edges": […]}``; lines and columns count from 1, columns in UTF-16 code units.

    ``outside`` and ``unresolved`` are the nodes that are packages, and those that are not found.
    """
    document = {
        "nodes": list(map(well_formed, drawing.nodes)),
        "outside": sorted(map(well_formed, drawing.outside)),
        "unresolved": sorted(map(well_formed, drawing.lost)),
        "edges": list(map(_edge, drawing.lines)),
    }
    return _written(document)


def way(start: str, end: str, edges: Sequence[Edge]) -> str:
    """``{"from", "to", "steps": […]}``: the edges of a way in their order; no steps if there is none."""
    document = {"from": well_formed(start), "to": well_formed(end), "steps": list(map(_step, edges))}
    return _written(document)


def _written(document: object) -> str:
    return json_document(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _step(edge: Edge) -> dict[str, object]:
    return {
        "from": well_formed(edge.source),
        "to": well_formed(edge.ends),
        "link": str(edge.reference.link),
        "type-only": edge.is_type,
        "names": list(map(well_formed, edge.names)),
        "place": _place(edge.place),
    }


def _edge(line: Line) -> dict[str, object]:
    return {
        "from": well_formed(line.source),
        "to": well_formed(line.target),
        "links": [str(link) for link in line.links],
        "type-only": line.is_type,
        "breaks": list(line.breaks),
        "places": list(map(_place, line.places)),
    }


def _place(place: Place) -> dict[str, object]:
    return {"path": well_formed(place.path), "line": place.span.line, "column": place.span.column}
