"""``archlint fix``: mend what needs no person."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.changes import diff_of, put_below
from archlint.cli.guard import guarded
from archlint.cli.meant import processes
from archlint.cli.options import ConfigFile, Jobs, Root
from archlint.cli.output import write_out
from archlint.cli.progress import progress

if TYPE_CHECKING:
    from archlint.fix import Fixes

EPILOG = """\b
Examples:
  archlint fix --diff         show what would change
  archlint fix                take out needless comments
  archlint fix --unsafe src   also rewrite as rules say

\b
A comment is needless where it allows no finding.
Each change is judged first;
one that would bring a finding is left out.
"""


def fix(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Mend only these files and folders.", show_default=False),
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show the changes, make none; exit 1 if there are any.")
    ] = False,
    unsafe: Annotated[
        bool,
        typer.Option(
            "--unsafe",
            help="Also what changes the program: `rewrite` of rules, constants from their artifact.",
        ),
    ] = False,
    root: Root = None,
    config: ConfigFile = None,
    jobs: Jobs = 0,
) -> None:
    """Mend what needs no person: suppressions that allow nothing, and what rules say how to rewrite."""

    def command() -> int:
        from archlint.fix import fixes
        from archlint.run import Request, run

        request = Request(Path.cwd(), root, config, tuple(paths or ()), jobs=processes(jobs))
        with progress(quiet=False) as tell:
            found = fixes(request, lambda each: run(each, tell), unsafe=unsafe)
        folder = _folder(request.cwd, root, config)
        if diff:
            write_out("".join(map(diff_of, found.changes)))
            return 1 if found.changes else 0
        put_below(folder, found.changes)
        _tell(found)
        return 0

    guarded(command, "nothing was changed")


def _folder(cwd: Path, root: Path | None, config: Path | None) -> Path:
    from archlint.config import load

    return load(root, config, cwd).root


def _tell(found: "Fixes") -> None:
    from archlint.reporters.escape import terminal
    from archlint.reporters.summary import counted

    for path in found.refused:
        write_out(f"left {terminal(path)} as it is: the change would bring a finding\n")
    mended = len(found.before.findings) - len(found.after.findings)
    write_out(f"{counted(mended, 'finding')} mended, {len(found.after.findings):,} left\n")
