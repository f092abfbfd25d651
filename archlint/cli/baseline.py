"""``archlint baseline``: write down what is accepted for now, and take out what is mended."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.meant import processes
from archlint.cli.options import ConfigFile, Jobs, Root
from archlint.cli.output import write_file, write_out
from archlint.cli.progress import progress
from archlint.config.pages import BASELINE
from archlint.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from archlint.run import Outcome

EPILOG = """\b
Examples:
  archlint baseline            accept what is found today
  archlint baseline --update   take out what is mended
  archlint baseline --update --accept-new

\b
archlint check then tells what is new,
and what is mended and still in the file.
"""
_INCOMPLETE = 3


def baseline(
    update: Annotated[bool, typer.Option("--update", help="Take out what is mended. Adds nothing.")] = False,
    accept_new: Annotated[
        bool, typer.Option("--accept-new", help="With --update: also accept what is new.")
    ] = False,
    root: Root = None,
    config: ConfigFile = None,
    jobs: Jobs = 0,
) -> None:
    """Accept today's findings for now. The file only shrinks from then on."""

    def command() -> int:
        from archlint.run import Request, run

        if accept_new and not update:
            raise ConfigError((Mistake("--accept-new goes with --update", page=BASELINE),))
        request = Request(cwd=Path.cwd(), root=root, config=config, jobs=processes(jobs))
        with progress(quiet=False) as tell:
            outcome = run(request, tell)
        _check(outcome, update=update)
        _write(outcome, accepts=accept_new or not update)
        return 0 if outcome.report.complete else _INCOMPLETE

    guarded(command, "nothing was written")


def _check(outcome: "Outcome", *, update: bool) -> None:
    there, shown = outcome.config.baseline, outcome.config.baseline_path.name
    if there is None and update:
        raise ConfigError(
            (Mistake(f"there is no {shown} to update", "archlint baseline writes one", page=BASELINE),)
        )
    if there is not None and not update:
        raise ConfigError(
            (Mistake(f"{there.shown} is there already", "--update takes out what is mended", page=BASELINE),)
        )


def _write(outcome: "Outcome", *, accepts: bool) -> None:
    from archlint.baseline import text_of
    from archlint.reporters.escape import terminal
    from archlint.reporters.wording import problem_line

    tally, path = outcome.tally, outcome.config.baseline_path
    entries = (*tally.kept, *(tally.accepted if accepts else ()))
    write_file(path, text_of(entries))
    for problem in outcome.report.problems:
        typer.echo(problem_line(problem), err=True)
    is_first = outcome.config.baseline is None
    parts = [f"{len(entries):,} known"]
    parts += [] if is_first else [f"{len(tally.fixed):,} taken out"]
    added, left = (len(tally.new), 0) if accepts else (0, len(tally.new))
    parts += [f"{added:,} added"] if added and not is_first else []
    parts += [f"{left:,} new ones left out"] if left else []
    write_out(f"wrote {terminal(path.name)}: {', '.join(parts)}\n")
    if is_first:
        write_out("commit it: archlint check passes what is in it, and fails on what is new\n")
