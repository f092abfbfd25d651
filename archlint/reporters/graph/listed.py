"""A graph and its ways as text."""

from collections.abc import Iterator, Sequence

from archlint.extend import Style
from archlint.project.graph import Edge
from archlint.project.graph.drawing import Drawing, Line
from archlint.reporters.colour import RED, paint
from archlint.reporters.escape import lines, terminal
from archlint.reporters.summary import counted

_MOST_NAMES = 6


def render(drawing: Drawing, style: Style) -> str:
    """Each node with where its edges stand and lead to; ``!`` marks breaches, which are red."""
    return lines(_rows(drawing, style))


def _rows(drawing: Drawing, style: Style) -> Iterator[str]:
    source = ""
    for line in drawing.lines:
        if line.source != source:
            source = line.source
            yield terminal(source)
        row = terminal(_row(line, is_lost=line.target in drawing.lost))
        yield paint(row, RED, style) if line.breaks else row
    imports = sum(len(line.places) for line in drawing.lines)
    broken = sum(bool(line.breaks) for line in drawing.lines)
    counts = f"{counted(len(drawing.nodes), 'node')}, {counted(len(drawing.lines), 'edge')}, {counted(imports, 'reference')}"
    yield f"{counts}, {broken} of the edges break a rule" if broken else counts
    if drawing.hidden:
        lead = "reference leads" if drawing.hidden == 1 else "references lead"
        yield f"{drawing.hidden} {lead} to nothing that is found; --external shows them"


def _row(line: Line, *, is_lost: bool) -> str:
    first = line.places[0]
    where = f"{first.span.line}" if first.path == line.source else f"{first.path}:{first.span.line}"
    more = f", {len(line.places) - 1} more" if len(line.places) > 1 else ""
    said = f"  [{', '.join(line.breaks)}]" if line.breaks else ""
    return f"{'!' if line.breaks else ' '} -> {line.target}  ({where}{more}{', types' * line.is_type}{', not found' * is_lost}){said}"


def way(start: str, end: str, edges: Sequence[Edge]) -> str:
    """The edges of a way, a line each, with their places; or that there is none."""
    if not edges:
        return lines((terminal(f"no way leads from {start} to {end}"),))
    first, last = edges[0], edges[-1]
    head = f"{first.source} reaches {last.ends} in {counted(len(edges), 'step')}:"
    return lines(map(terminal, (head, *map(_step, edges))))


def _step(edge: Edge) -> str:
    span, names = edge.place.span, edge.names
    shown = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    what = f" {{ {shown} }}" if names else ""
    return f"  {edge.source}:{span.line}:{span.column}  {edge.reference.link}{what} -> {edge.ends}"
