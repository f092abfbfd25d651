"""Writes reports: to standard output, or to a file that is either old or new, never half."""

import os
import sys
from pathlib import Path

from archlint.cli.guard import OutputError


def write(text: str, path: Path | None) -> None:
    """Write to a file, or to standard output if there is none. Raises ``OutputError``."""
    if path is None:
        write_out(text)
    else:
        write_file(path, text)


def write_out(text: str) -> None:
    """Write to standard output as UTF-8, whatever the locale."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep the interpreter from complaining again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"the report cannot be written to standard output: {error.strerror}") from None


def write_file(path: Path, text: str) -> None:
    """Replace ``path`` by a file with this text, whole or not at all. Raises ``OutputError``.

    What is no regular file (``/dev/stderr``, a named pipe) is written to, not replaced.
    """
    from tempfile import NamedTemporaryFile

    try:
        if path.exists() and not path.is_file():
            path.write_bytes(text.encode("utf-8", "backslashreplace"))
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            temporary = Path(stream.name)
            try:
                stream.write(text.encode("utf-8", "backslashreplace"))
                stream.flush()
                os.fsync(stream.fileno())
                temporary.chmod(0o644)
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise OutputError(f"{path}: the report cannot be written: {error.strerror}") from None
