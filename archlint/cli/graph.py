"""``archlint graph``: what imports what."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.output import write_file, write_out
from archlint.cli.progress import progress
from archlint.errors import ConfigError, Mistake
from archlint.model import Place

if TYPE_CHECKING:
    from archlint.project.graph.drawing import Drawing, Grouping
    from archlint.survey import Survey

EPILOG = """\b
Examples:
  archlint graph                                    every import of the tree, with its line
  archlint graph --package --format mermaid         packages, for a README
  archlint graph --zone --format dot | dot -Tsvg    zones of archlint.toml, drawn by Graphviz
  archlint graph --focus src/cart --depth 2         what is two steps around a folder
  archlint graph --reaches src/db.ts                what leads to a file

\b
Edges that break a rule are marked.
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
    depth: Annotated[int, typer.Option(help="How many imports around --focus.", min=0)] = 1,
    reaches: Annotated[
        str | None, typer.Option(metavar="PATH", help="Only what leads to these files.")
    ] = None,
    external: Annotated[bool, typer.Option("--external", help="Also packages outside the tree.")] = False,
    types: Annotated[
        bool, typer.Option("--types/--no-types", help="Whether type-only imports count.")
    ] = True,
    root: Annotated[Path | None, typer.Option(help="The tree. Default: where the config is.")] = None,
    config: Annotated[
        Path | None, typer.Option(help="The archlint.toml to use. Default: search upwards.")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text, dot, mermaid or json.")] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write there instead of to stdout.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="Worker processes. 0: one a core.", min=0)] = 0,
) -> None:
    """Show what imports what: as text, for Graphviz or Mermaid, or as JSON."""

    def command() -> int:
        from archlint.reporters.graph import GRAPH_FORMATS

        grouping = _grouping({"file": file, "folder": folder, "package": package, "zone": zone})
        if format not in GRAPH_FORMATS:
            raise ConfigError((Mistake(f"unknown format '{format}'", f"known: {', '.join(GRAPH_FORMATS)}"),))
        found = surveyed(root, config, jobs)
        text = GRAPH_FORMATS[format](_drawing(found, grouping, focus, depth, reaches, external, types))
        if output is None:
            write_out(text)
        else:
            write_file(output, text)
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


def surveyed(root: Path | None, config: Path | None, jobs: int) -> "Survey":
    """The graph of the tree around the working directory. What was not read whole is told on standard error."""
    from archlint.reporters.wording import problem_line
    from archlint.run import Request
    from archlint.survey import survey

    request = Request(cwd=Path.cwd(), root=root, config=config, jobs=jobs or os.cpu_count() or 1)
    with progress(quiet=False) as tell:
        found = survey(request, tell)
    for problem in found.problems:
        typer.echo(problem_line(problem), err=True)
    return found


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
    from archlint.project.graph.drawing import drawing, leading_to, near

    graph = found.graph.kept(Filter(types=types))
    shown = frozenset(graph.edges_from) | frozenset(graph.edges_into)
    if focus is not None:
        shown = near(graph, selected(found, focus), depth)
    if reaches is not None:
        targets = selected(found, reaches)
        shown = (shown if focus is not None else shown | targets) & leading_to(graph, targets)
    name_of = grouping(sorted(shown), found.project)
    if external:
        outside = (edge for edge in graph.edges if edge.source in name_of and edge.leads.is_outside)
        name_of |= {edge.ends: edge.ends for edge in outside}
    return drawing(graph.edges, name_of, _rules_at(found))


def _rules_at(found: "Survey") -> dict[Place, tuple[str, ...]]:
    """The rules that are broken at each place; those of a cycle at each of its edges."""
    rules: dict[Place, tuple[str, ...]] = {}
    for finding in found.findings:
        for place in (finding.place, *(remark.place for remark in finding.related)):
            rules[place] = (*rules.get(place, ()), finding.rule)
    return rules


def selected(found: "Survey", selector: str) -> frozenset[str]:
    """The files that a path, a glob or ``zone:NAME`` means. Raises ``ConfigError`` if there is none."""
    from archlint.project.project import ZONE
    from archlint.scope import BadGlobError, check_glob

    plain = selector.removeprefix("./").rstrip("/")
    if selector.startswith(ZONE):
        if selector.removeprefix(ZONE) not in found.project.zones:
            known = ", ".join(sorted(found.project.zones)) or "none"
            raise ConfigError(
                (Mistake(f"no zone is called '{selector.removeprefix(ZONE)}'", f"known: {known}"),)
            )
        return found.project.selected(selector)
    try:
        check_glob(plain)
    except BadGlobError as error:
        raise ConfigError((Mistake(f"bad path '{selector}': {error}"),)) from None
    files = found.project.selected(plain)
    if not files:
        raise ConfigError((Mistake(f"no file matches '{selector}'", "paths are relative to the root"),))
    return files
