"""``archlint graph``: what imports what."""

from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.meant import check_format
from archlint.cli.options import Color, ConfigFile, Jobs, Output, Root
from archlint.cli.output import write
from archlint.cli.selecting import selected, surveyed
from archlint.cli.style import Colour, style
from archlint.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from archlint.project.graph.drawing import Drawing, Grouping
    from archlint.survey import Survey

EPILOG = """\b
Examples:
  archlint graph                      every import
  archlint graph --package -f mermaid  for a README
  archlint graph --zone -f dot        for Graphviz
  archlint graph --reaches src/db.ts  what leads to a file
  archlint graph --focus src/cart --depth 2

\b
Imports that break a rule are marked, and always shown.
Paths are from the working directory, or from the root.
"""


def graph(
    file: Annotated[bool, typer.Option("--file", help="Show files. This is the default.")] = False,
    folder: Annotated[bool, typer.Option("--folder", help="Show folders.")] = False,
    package: Annotated[bool, typer.Option("--package", help="Show packages.")] = False,
    zone: Annotated[bool, typer.Option("--zone", help="Show the zones of archlint.toml.")] = False,
    focus: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="Only what is around these files: a path, glob or zone:NAME."),
    ] = None,
    depth: Annotated[int, typer.Option(metavar="N", help="How many imports around --focus.")] = 1,
    reaches: Annotated[
        str | None, typer.Option(metavar="PATH", help="Only what leads to these files.")
    ] = None,
    external: Annotated[
        bool, typer.Option("--external", help="Also packages outside the tree, and what is not found.")
    ] = False,
    types: Annotated[
        bool, typer.Option("--types/--no-types", help="Whether type-only imports count.")
    ] = True,
    root: Root = None,
    config: ConfigFile = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text, dot, mermaid or json.")
    ] = "text",
    output: Output = None,
    jobs: Jobs = 0,
    color: Color = Colour.AUTO,
) -> None:
    """Show what imports what: as text, for Graphviz or Mermaid, or as JSON."""

    def command() -> int:
        from archlint.reporters.graph import GRAPH_FORMATS

        grouping = _grouping({"file": file, "folder": folder, "package": package, "zone": zone})
        check_format(format, GRAPH_FORMATS)
        if depth < 0:
            raise ConfigError((Mistake("--depth: expected a whole number, 0 or more"),))
        found = surveyed(root, config, jobs)
        shown = _drawing(found, grouping, focus, depth, reaches, external, types)
        text = GRAPH_FORMATS[format](shown, style(color, 0, to_file=output is not None))
        write(text, output)
        return 3 if found.problems else 0

    guarded(command)


def _grouping(asked: dict[str, bool]) -> "Grouping":
    from archlint.project.graph import drawing

    chosen = [name for name, is_asked in asked.items() if is_asked]
    if len(chosen) > 1:
        raise ConfigError((Mistake(f"--{chosen[0]} and --{chosen[1]} do not go together"),))
    groupings: dict[str, Grouping] = {
        "file": drawing.by_file,
        "folder": drawing.by_folder,
        "package": drawing.by_package,
        "zone": drawing.by_zone,
    }
    return groupings[chosen[0] if chosen else "file"]


def _drawing(
    found: "Survey",
    grouping: "Grouping",
    focus: str | None,
    depth: int,
    reaches: str | None,
    external: bool,  # noqa: FBT001 -- as the command
    types: bool,  # noqa: FBT001 -- as the command
) -> "Drawing":
    from archlint.project.graph import Filter
    from archlint.project.graph.drawing import breaches, drawing, leading_to, near

    graph = found.graph.kept(Filter(types=types))
    shown = frozenset(graph.edges_from) | frozenset(graph.edges_into)
    if focus is not None:
        shown = near(graph, selected(found, focus), depth)
    if reaches is not None:
        targets = selected(found, reaches)
        shown = (shown if focus is not None else shown | targets) & leading_to(graph, targets)
    name_of = grouping(sorted(shown), found.project)
    return drawing(graph.edges, name_of, breaches(graph.edges, found.findings), outer=external)
