"""``archlint check``: judge a tree."""

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.options import ConfigFile, Jobs, Output, Select, names, processes
from archlint.cli.output import write, write_file
from archlint.cli.progress import progress
from archlint.cli.style import Colour, style
from archlint.errors import ConfigError, Mistake
from archlint.model import Report, Severity

# The leading \b keeps the lines as they are.
EPILOG = """\b
Examples:
  archlint check                        the tree around archlint.toml
  archlint check src --select my-rule   one rule, one folder
  archlint check --root ../shop --config rules/clickeen/archlint.toml
  archlint check --format github --report sarif=archlint.sarif
  archlint check --staged               what the next commit holds
  archlint check --since origin/main    what the branch brings, in any file

\b
Exit codes:
  0  everything in scope was checked and nothing failing was found
  1  findings at or above --fail-on
  2  arguments, configuration or rules are wrong; nothing was checked
  3  nothing failing was found, but not everything could be read
  4  an error of archlint's own, or a report that could not be written
  130, 143  interrupted, terminated
"""


class Incomplete(StrEnum):
    """What an incomplete run without a failing finding leads to."""

    FAIL = "fail"
    WARN = "warn"


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
    color: Annotated[Colour, typer.Option(help="When to colour. NO_COLOR is respected.")] = Colour.AUTO,
) -> None:
    """Check a tree against its rules: where the code is not what the rules say, why, and what to do."""

    def command() -> int:
        from archlint.run import Request
        from archlint.run import check as run_check

        wanted = _reports(format, output, report or [])
        request = Request(
            cwd=Path.cwd(),
            root=root,
            config=config,
            paths=tuple(paths or ()),
            select=names(select),
            ignore=names(ignore),
            fail_on=fail_on,
            incomplete_passes=incomplete is Incomplete.WARN,
            shows_suppressed=show_suppressed,
            jobs=processes(jobs),
            cache=not no_cache,
            staged=staged,
            since=since,
            gate=gate,
            ast_grep_rules=ast_grep_rules,
        )
        with progress(quiet=quiet) as tell:
            result = run_check(request, tell)
        verbosity = -1 if quiet else int(verbose)
        for name, path in wanted:
            _write(result, name, path, verbosity, color)
        for name, path in wanted:
            _tell(result, name, path)
        if profile is not None:
            _write_profile(result, profile)
        if statistics:
            _write_statistics(result)
        return result.exit_code

    guarded(command)


def _reports(
    format_name: str, output: Path | None, reports: list[str]
) -> tuple[tuple[str, Path | None], ...]:
    """The reports to write, ``--format``'s last: (format, file or None for standard output)."""
    pairs = [(name, _file(path)) for name, _, path in (report.partition("=") for report in reports)]
    pairs.append((format_name, _file(str(output)) if output else None))
    mistakes = [
        Mistake(f"--report {report}: expected FORMAT=FILE", "for example sarif=out.sarif")
        for report in reports
        if not report.partition("=")[2]
    ]
    mistakes += [mistake for name, _ in pairs if (mistake := _unknown_format(name)) is not None]
    for path, number in Counter(path for _, path in pairs).items():
        if number > 1:
            place = path or "standard output"
            mistakes.append(Mistake(f"{number} reports go to {place}", "give each a place of its own"))
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return tuple(pairs)


def _file(path: str) -> Path | None:
    return None if path == "-" else Path(path)


def _unknown_format(name: str) -> Mistake | None:
    from archlint.reporters import FORMATS

    return None if name in FORMATS else Mistake(f"unknown format '{name}'", f"known: {', '.join(FORMATS)}")


def _write(result: Report, name: str, path: Path | None, verbosity: int, colour: Colour) -> None:
    from archlint.reporters import REPORTERS

    text = REPORTERS[name].render(result, style(colour, verbosity, to_file=path is not None))
    write(text, path)


def _write_profile(result: Report, path: Path) -> None:
    from archlint.reporters.timeline import render

    write_file(path, render(result))


def _tell(result: Report, name: str, path: Path | None) -> None:
    """Say which file was written, and what a format had no room for."""
    from archlint.reporters import REPORTERS

    if path is not None:
        typer.echo(f"wrote {path} ({name})", err=True)
    if cut := REPORTERS[name].cut(result):
        typer.echo(f"{path or 'standard output'} ({name}): {cut}", err=True)


def _write_statistics(result: Report) -> None:
    from archlint.reporters.statistics import render

    typer.echo(render(result), err=True, nl=False)
