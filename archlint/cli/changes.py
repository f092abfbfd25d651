"""Shows changes to files, and makes them: each file is either old or new, never half."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from archlint.cli.guard import OutputError
from archlint.cli.output import write_file

if TYPE_CHECKING:
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
    """Put the new bytes in the file's place, with its mode; it is either old or new."""
    if not change.before and not os.path.lexists(path):
        write_file(path, change.after.decode())
        return
    try:
        if path.is_symlink() or path.read_bytes() != change.before:
            raise OutputError(f"{change.path}: the file changed while archlint ran; run it again")
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:100]}.", delete=False) as stream:
            temporary = Path(stream.name)
            try:
                stream.write(change.after)
                stream.flush()
                os.fsync(stream.fileno())
                temporary.chmod(path.stat().st_mode & 0o7777)
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise OutputError(f"{change.path}: the file cannot be written: {error.strerror}") from None
