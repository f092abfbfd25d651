"""A graph as a Mermaid flow chart, which GitHub and GitLab draw in Markdown: breaches red.

Packages outside have round ends; what is not found is dashed.
"""

from archlint.project.graph.drawing import Drawing, Line
from archlint.reporters.escape import mermaid

_RED = "stroke:#d00,stroke-width:2px"


def render(drawing: Drawing) -> str:
    """``flowchart LR``, a line for each node and edge."""
    number_of = {node: f"n{number}" for number, node in enumerate(drawing.nodes)}
    nodes = (f"  {number_of[node]}{_box(node, drawing)}" for node in drawing.nodes)
    lines = (f"  {number_of[line.source]} {_arrow(line)} {number_of[line.target]}" for line in drawing.lines)
    broken = [str(number) for number, line in enumerate(drawing.lines) if line.breaks]
    styles: tuple[str, ...] = (f"  linkStyle {','.join(broken)} {_RED}",) if broken else ()
    missing = ",".join(number_of[node] for node in drawing.nodes if node in drawing.lost)
    if missing:
        styles += ("  classDef lost stroke-dasharray:4", f"  class {missing} lost")
    return "".join(f"{each}\n" for each in ("flowchart LR", *nodes, *lines, *styles))


def _box(node: str, drawing: Drawing) -> str:
    if node in drawing.lost:
        return f"[{mermaid(f'{node} (not found)')}]"
    return f"([{mermaid(node)}])" if node in drawing.outside else f"[{mermaid(node)}]"


def _arrow(line: Line) -> str:
    arrow = "-.->" if line.is_type else "-->"
    words = [str(len(line.places))] if len(line.places) > 1 else []
    words += [", ".join(line.breaks)] if line.breaks else []
    return f"{arrow}|{mermaid(' '.join(words))}|" if words else arrow
