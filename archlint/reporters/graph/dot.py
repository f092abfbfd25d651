"""A graph in the language of Graphviz: breaches red, imports that are gone when the program runs dashed.

Packages outside are ellipses; what is not found is grey.
"""

from archlint.project.graph.drawing import Drawing, Line
from archlint.reporters.escape import dot


def render(drawing: Drawing) -> str:
    """``digraph { … }``, a line for each node and edge."""
    nodes = (f"  {dot(node)}{_form(node, drawing)};" for node in drawing.nodes)
    lines = (f"  {dot(line.source)} -> {dot(line.target)}{_attributes(line)};" for line in drawing.lines)
    head = ("digraph archlint {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];')
    return "".join(f"{each}\n" for each in (*head, *nodes, *lines, "}"))


def _form(node: str, drawing: Drawing) -> str:
    if node in drawing.lost:
        return f" [label={dot(f'{node} (not found)')}, style=dashed, color=gray50, fontcolor=gray50]"
    return " [shape=ellipse]" if node in drawing.outside else ""


def _attributes(line: Line) -> str:
    stated: list[str] = []
    if len(line.places) > 1:
        stated.append(f'label="{len(line.places)}"')
    if line.breaks:
        stated += ["color=red", "penwidth=2", f"tooltip={dot(', '.join(line.breaks))}"]
    if line.is_type:
        stated.append("style=dashed")
    return f" [{', '.join(stated)}]" if stated else ""
