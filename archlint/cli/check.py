"""``archlint check``: judge a tree."""

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.checking import Asked, Incomplete, run
from archlint.cli.options import Color, ConfigFile, Jobs, Output, Select
from archlint.cli.style import Colour
from archlint.model import Severity

# The leading \b keeps the lines as they are.
EPILOG = """\b
Examples:
  archlint check                      the whole tree
  archlint check src --select my-rule   one folder, one rule
  archlint check --staged             what the next commit holds
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
"""


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Report only on these files and folders.", show_default=False)
    ] = None,
    root: Annotated[
        Path | None, typer.Option(help="The tree to check. Default: where the config is.")
    ] = None,
    config: ConfigFile = None,
    format: Annotated[
        str,
        typer.Option("--format", "-f", help="How to tell it: text, concise, json, … See docs/formats.md."),
    ] = "text",
    output: Output = None,
    report: Annotated[
        list[str] | None, typer.Option(metavar="FORMAT=FILE", help="Write another report too. Repeatable.")
    ] = None,
    select: Select = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not this rule. Repeatable, or a,b.")] = None,
    staged: Annotated[
        bool, typer.Option("--staged", help="Check what git's index holds, not the files on disk.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(metavar="REF", help="Only what is new since HEAD and REF parted.")
    ] = None,
    gate: Annotated[
        str | None, typer.Option(metavar="REF", help="Judge by REF's configuration and rules.")
    ] = None,
    ast_grep_rules: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Judge by these ast-grep rules, or its sgconfig.yml's, instead."),
    ] = None,
    fail_on: Annotated[Severity, typer.Option(help="The lightest severity that fails.")] = Severity.ERROR,
    incomplete: Annotated[
        Incomplete, typer.Option(help="Whether a file that could not be read fails the run.")
    ] = Incomplete.FAIL,
    jobs: Jobs = 0,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor keep what is known from earlier runs.")
    ] = False,
    show_suppressed: Annotated[
        bool, typer.Option("--show-suppressed", help="Also the findings that are allowed.")
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Findings by rule, time by stage.")
    ] = False,
    profile: Annotated[
        Path | None, typer.Option(help="Write there where the time went, for ui.perfetto.dev.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also what was left out, and why.")
    ] = False,
    color: Color = Colour.AUTO,
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
