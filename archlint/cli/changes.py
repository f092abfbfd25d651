"""Shows changes to files, and makes them: each file is either old or new, never half."""

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from archlint.cli.guard import OutputError
from archlint.cli.output import replace_file, write_file, write_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.edits import Change


def diff_of(change: "Change") -> str:
    """The change as a unified diff, for a terminal."""
    from difflib import unified_diff

    from archlint.reporters.escape import lines, terminal

    before, after = (
        data.decode("utf-8", "surrogateescape").splitlines() for data in (change.before, change.after)
    )
    told = unified_diff(before, after, f"a/{change.path}", f"b/{change.path}", lineterm="")
    return lines(terminal(line) for line in told)


def put(path: Path, change: "Change") -> None:
    """Put the new bytes in the file's place, with its mode; it is either old or new. Raises ``OutputError``."""
    if not change.before and not os.path.lexists(path):
        write_file(path, change.after.decode())
        return
    try:
        if path.is_symlink() or not path.is_file() or path.read_bytes() != change.before:
            raise OutputError(f"{change.path}: the file changed while archlint ran; run it again")
        status = path.stat()
        if status.st_nlink > 1:
            reason = "the file has other names (hard links), which would keep what it holds; edit it by hand"
            raise OutputError(f"{change.path}: {reason}")
        replace_file(path, change.after, status.st_mode & 0o7777)
    except OSError as error:
        raise OutputError(f"{change.path}: the file cannot be written: {error.strerror}") from None


def put_below(folder: Path, changes: "Iterable[Change]") -> None:
    """Make changes to files of a tree, and say which. Raises ``OutputError`` after the last if any failed.

    A file is left alone if one of its folders has become a link to elsewhere.
    """
    from archlint.reporters.escape import terminal

    failed: list[str] = []
    for change in changes:
        try:
            put(_inside(folder, change), change)
        except OutputError as error:
            failed.append(terminal(str(error)))
        else:
            write_out(f"fixed {terminal(change.path)}\n")
    if failed:
        raise OutputError(*failed)


def _inside(folder: Path, change: "Change") -> Path:
    path = folder / change.path
    if path.parent.resolve() != folder.resolve() / PurePath(change.path).parent:
        raise OutputError(f"{change.path}: the file changed while archlint ran; run it again")
    return path
