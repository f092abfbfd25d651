"""``archlint fix``: mend what needs no person."""

from difflib import unified_diff
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.guard import OutputError, guarded
from archlint.cli.meant import processes
from archlint.cli.options import ConfigFile, Jobs, Root
from archlint.cli.output import replace_file, write_out
from archlint.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.fix import Change, Fixes

EPILOG = """\b
Examples:
  archlint fix --diff          show what would change, and change nothing
  archlint fix                 take back suppressions that allow nothing, or ran out
  archlint fix --unsafe src    also rewrite constants where a rule says by what

\b
Each change is judged before a file is written: what would bring a finding is left out.
"""


def fix(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Mend only these files and folders.", show_default=False)
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show the changes, make none; exit 1 if there are any.")
    ] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Also what changes the program: `rewrite` of rules.")
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
            write_out("".join(map(_diff, found.changes)))
            return 1 if found.changes else 0
        _write(folder, found.changes)
        _tell(found)
        return 0

    guarded(command)


def _folder(cwd: Path, root: Path | None, config: Path | None) -> Path:
    from archlint.config import load

    return load(root, config, cwd).root


def _diff(change: "Change") -> str:
    from archlint.reporters.escape import lines, terminal

    before, after = (
        data.decode("utf-8", "surrogateescape").splitlines() for data in (change.before, change.after)
    )
    told = unified_diff(before, after, f"a/{change.path}", f"b/{change.path}", lineterm="")
    return lines(terminal(line) for line in told)


def _write(folder: Path, changes: "Iterable[Change]") -> None:
    """Make the changes, each whole or not at all, and say which. Raises ``OutputError`` after the last if any failed."""
    from archlint.reporters.escape import terminal

    failed: list[str] = []
    for change in changes:
        try:
            _replace(folder, change)
        except OSError as error:
            failed.append(f"{terminal(change.path)}: the file cannot be written: {error.strerror}")
        except OutputError as error:
            failed.append(f"{terminal(change.path)}: {error}")
        else:
            write_out(f"fixed {terminal(change.path)}\n")
    if failed:
        raise OutputError("\narchlint: ".join(failed))


def _replace(folder: Path, change: "Change") -> None:
    """Put the new bytes in the file's place, with its mode, if it is still the file that was judged."""
    path = folder / change.path
    within = path.parent.resolve() == folder.resolve() / PurePath(change.path).parent
    if not within or path.is_symlink() or not path.is_file() or path.read_bytes() != change.before:
        raise OutputError("the file changed while archlint ran; it is left as it is, run archlint fix again")
    status = path.stat()
    if status.st_nlink > 1:
        raise OutputError(
            "the file has other names (hard links), which would keep what it holds; edit it by hand"
        )
    replace_file(path, change.after, status.st_mode & 0o7777)


def _tell(found: "Fixes") -> None:
    from archlint.reporters.escape import terminal
    from archlint.reporters.summary import counted

    for path in found.refused:
        write_out(f"left {terminal(path)} as it is: the change would bring a finding\n")
    mended = len(found.before.findings) - len(found.after.findings)
    write_out(f"{counted(mended, 'finding')} mended, {len(found.after.findings):,} left\n")
