"""``archlint why``: how one file comes to import another."""

from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.meant import check_format
from archlint.cli.options import ConfigFile, Jobs, Root
from archlint.cli.output import write_out
from archlint.cli.selecting import selected, surveyed

if TYPE_CHECKING:
    from archlint.project.graph import Edge
    from archlint.survey import Survey

EPILOG = """\b
Examples:
  archlint why src/app.ts src/db.ts  from file to file
  archlint why zone:ui zone:db       from zone to zone
  archlint why src lodash            who imports a package

\b
Paths are from the working directory, or from the root.

\b
Exit codes:
  0  there is a way
  1  there is none
  2  the arguments are wrong
  3  none was found, but not everything could be read
"""


def why(
    start: Annotated[str, typer.Argument(metavar="FROM", help="A path, a glob or zone:NAME.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="The same, or the name of a package.")],
    types: Annotated[
        bool, typer.Option("--types/--no-types", help="Whether type-only imports count.")
    ] = True,
    root: Root = None,
    config: ConfigFile = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    jobs: Jobs = 0,
) -> None:
    """Show the shortest chain of imports that leads from one file to another."""

    def command() -> int:
        from archlint.project.graph import Filter
        from archlint.project.graph.drawing import shortest_way
        from archlint.reporters.graph import WAY_FORMATS

        check_format(format, WAY_FORMATS)
        found = surveyed(root, config, jobs)
        starts = selected(found, start)
        targets, package = _ends(found, end)

        def is_end(edge: "Edge") -> bool:
            return edge.target in targets or (bool(package) and edge.leads.package == package)

        edges = shortest_way(found.graph.kept(Filter(types=types)), starts - targets, is_end)
        write_out(WAY_FORMATS[format](start, end, edges))
        if edges:
            return 0
        return 3 if found.problems else 1

    guarded(command)


def _ends(found: "Survey", end: str) -> tuple[frozenset[str], str]:
    """The files that are meant, or the package that some file imports."""
    is_package = any(edge.leads.package == end for edge in found.graph.edges)
    return (frozenset(), end) if is_package else (selected(found, end), "")
