"""``archlint init``: a first configuration, from what holds in the tree today."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.meant import processes
from archlint.cli.options import Jobs
from archlint.cli.output import write_file
from archlint.cli.progress import progress
from archlint.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from archlint.model import Report

EPILOG = """\b
Examples:
  archlint init         show what it would write, and ask
  archlint init --yes   write without asking
"""


def init(
    root: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The tree. Default: the working directory.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    jobs: Jobs = 0,
) -> None:
    """Write archlint.toml and first rules: zones, layers, a ceiling and gates, as they hold in the tree today."""

    def command() -> int:
        from archlint.config.editing import schema_files
        from archlint.proposal import propose
        from archlint.proposal.writing import summary, written
        from archlint.reporters.escape import lines, terminal
        from archlint.run import Request, check

        folder = root or Path.cwd()
        request = Request(cwd=Path.cwd(), root=folder, jobs=processes(jobs))
        with progress(quiet=False) as tell:
            proposal = propose(request, tell)
        files = written(proposal)
        _refuse_to_replace(folder, files)
        typer.echo(lines(map(terminal, summary(proposal))), nl=False)
        for path, text in files.items():
            typer.echo(f"\n--- {path}\n{text}", nl=False)
        typer.echo("")
        if not (yes or _agreed()):
            typer.echo("nothing was written")
            return 0
        for path, text in {**files, **schema_files()}.items():
            write_file(folder / path, text)
            typer.echo(f"wrote {path}")
        typer.echo(_next(check(request)))
        return 0

    guarded(command, "nothing was written")


def _refuse_to_replace(folder: Path, files: dict[str, str]) -> None:
    """Raise ``ConfigError`` if a configuration is there: it is somebody's work."""
    names = dict.fromkeys((*files, ".archlint.toml"))
    mistakes = [
        Mistake(f"{path}: is there already", "edit it, or remove it first")
        for path in names
        if os.path.lexists(folder / path)
    ]
    if mistakes:
        raise ConfigError(tuple(mistakes))


def _agreed() -> bool:
    if not sys.stdin.isatty():
        typer.echo("write these files: archlint init --yes")
        return False
    while True:
        try:
            answer = input("Write these files? [Y/n] ").strip().lower()
        except EOFError:
            typer.echo("")
            return False
        if answer in ("", "y", "yes", "n", "no"):
            return answer in ("", "y", "yes")


def _next(report: "Report") -> str:
    from archlint.reporters.summary import counted

    if not report.complete:
        return "not everything could be read; archlint check says what, and what to do"
    if not report.findings:
        return "archlint check finds nothing; commit these files and run it in every pull request"
    return (
        f"the tree has {counted(len(report.findings), 'finding')} already; next:\n"
        "  archlint check       see them; mend what you can\n"
        "  archlint baseline    accept the rest for now; then commit these files and the baseline"
    )
