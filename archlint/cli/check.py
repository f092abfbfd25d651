"""``archlint check``: judge a tree."""

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.checking import Asked, Incomplete, run
from archlint.cli.options import Color, ConfigFile, Jobs, Output, Root, Select
from archlint.cli.style import Colour
from archlint.model import Severity

# The leading \b keeps the lines as they are.
EPILOG = """\b
Examples:
  archlint check                      the whole tree
  archlint check src                  a folder
  archlint check --select my-rule     a rule
  archlint check --staged             the next commit
  archlint check --since origin/main  what a branch brings
  archlint check --root ../shop       another tree
  archlint check -f github --report sarif=archlint.sarif

\b
Exit codes:
  0  all was checked, and nothing failing was found
  1  findings at or above --fail-on
  2  arguments, configuration or rules are wrong
  3  nothing failing was found, but not all could be read
  4  a fault of archlint, or a report was not written
  130, 143  interrupted, terminated

\b
The formats: archlint docs formats
"""


def _completed(incomplete: str) -> list[str]:
    from archlint.reporters import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Report only on these files and folders.", show_default=False),
    ] = None,
    root: Root = None,
    config: ConfigFile = None,
    select: Select = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Not this rule. Repeatable, or a,b.")
    ] = None,
    ast_grep_rules: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Judge by these ast-grep rules, or its sgconfig.yml's, instead."),
    ] = None,
    staged: Annotated[
        bool, typer.Option("--staged", help="Check what the next commit holds: git's index, not the disk.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(metavar="REF", help="Only findings that came since the branch left REF.")
    ] = None,
    gate: Annotated[
        str | None, typer.Option(metavar="REF", help="Judge by the configuration and rules of REF.")
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            autocompletion=_completed,
            help="text, concise, json, sarif, github, gitlab, junit, markdown or rdjson.",
        ),
    ] = "text",
    output: Output = None,
    report: Annotated[
        list[str] | None, typer.Option(metavar="FORMAT=FILE", help="Write another report too. Repeatable.")
    ] = None,
    show_suppressed: Annotated[
        bool, typer.Option("--show-suppressed", help="Also the findings that are allowed.")
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Also findings by rule, and time by stage.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also how long each stage took.")] = False,
    color: Color = Colour.AUTO,
    fail_on: Annotated[Severity, typer.Option(help="The lightest severity that fails.")] = Severity.ERROR,
    incomplete: Annotated[
        Incomplete, typer.Option(help="Whether a file that could not be read fails the run.")
    ] = Incomplete.FAIL,
    jobs: Jobs = 0,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor keep what is known from earlier runs.")
    ] = False,
    profile: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write where the time went, for ui.perfetto.dev.")
    ] = None,
) -> None:
    """Check a tree against its rules: where the code is not what the rules say, why, and what to do."""
    run(
        Asked(
            paths=tuple(paths or ()),
            root=root,
            config=config,
            format=format,
            output=output,
            report=tuple(report or ()),
            select=tuple(select or ()),
            ignore=tuple(ignore or ()),
            staged=staged,
            since=since,
            gate=gate,
            ast_grep_rules=ast_grep_rules,
            fail_on=fail_on,
            incomplete=incomplete,
            jobs=jobs,
            no_cache=no_cache,
            show_suppressed=show_suppressed,
            statistics=statistics,
            profile=profile,
            quiet=quiet,
            verbose=verbose,
            color=color,
        )
    )
