"""A graph as JSON, with the place of every import."""

import json

from archlint.model import Place
from archlint.project.graph.drawing import Drawing, Line
from archlint.reporters.escape import json_document, well_formed


def render(drawing: Drawing) -> str:
    """``{"nodes": […], "edges": […]}``; lines and columns count from 1, columns in UTF-16 code units."""
    document = {
        "nodes": list(map(well_formed, drawing.nodes)),
        "edges": list(map(_edge, drawing.lines)),
    }
    return json_document(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


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
