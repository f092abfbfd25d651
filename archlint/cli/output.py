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

    A link is replaced, not followed. What is no regular file (``/dev/stderr``, a named pipe) is written to.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        if _is_device(path):
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data, 0o644)
    except OSError as error:
        raise OutputError(f"{path}: the report cannot be written: {error.strerror}") from None


def _is_device(path: Path) -> bool:
    """Whether a path names no file of the user's: ``/dev/stdout`` is none, even where a shell sends it to one."""
    is_stream = path.is_symlink() and path.is_absolute() and path.parts[1] in ("dev", "proc")
    return is_stream or (path.exists() and not path.is_file())


def replace_file(path: Path, data: bytes, mode: int) -> None:
    """Put bytes in a file's place: whatever happens, it is the old or the new one. Raises OSError."""
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:100]}.", delete=False) as stream:
        temporary = Path(stream.name)
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            temporary.chmod(mode)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
