"""Opens the manifest of an installed package, below a ``node_modules`` that is not listed. Parses nothing.

Package managers link: pnpm and bun from ``node_modules/x`` to a store beside it, all of them to packages of a workspace.
So links are taken, one at a time and only within the root; the system is never asked to follow one.
"""

import os
import stat
from contextlib import ExitStack
from pathlib import Path

from archlint.source import Source

FOLDER = "node_modules"
_MANIFEST = "package.json"
_MOST_LINKS = 16
_MOST_PARTS = 200
_OPENING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def is_installed(path: str) -> bool:
    """Whether a path is one of a manifest that is read here: no path that is listed is."""
    return path.endswith(f"/{_MANIFEST}") and FOLDER in path.split("/")


def read_installed(root: Path, path: str, limit: int) -> Source | None:
    """The manifest under the path it was asked for; None if there is none that is a regular file below ``root``."""
    parts: list[str] | None = path.split("/")
    for _ in range(_MOST_LINKS):
        if not parts or len(parts) > _MOST_PARTS or parts[-1] != _MANIFEST:
            return None
        try:
            found = _open(root, parts, limit)
        except (OSError, ValueError):  # it is not there, or its name cannot be one
            return None
        if not isinstance(found, list):
            return Source(path, found) if found is not None else None
        parts = found
    return None


def _open(root: Path, parts: list[str], limit: int) -> bytes | list[str] | None:
    """The bytes of a file, or the path that a link on the way makes of it; None if it is neither."""
    with ExitStack() as stack:
        folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        stack.callback(os.close, folder)
        for number, part in enumerate(parts):
            status = os.stat(part, dir_fd=folder, follow_symlinks=False)
            if stat.S_ISLNK(status.st_mode):
                return _inside(parts[:number], os.readlink(part, dir_fd=folder), parts[number + 1 :])
            folder = os.open(part, _OPENING, dir_fd=folder)
            stack.callback(os.close, folder)
        return _bytes(folder, limit)


def _inside(folder: list[str], link: str, rest: list[str]) -> list[str] | None:
    """Where a link in a folder leads, as parts from the root; None if that is not below the root."""
    if link.startswith("/"):
        return None
    found = list(folder)
    for part in (*link.split("/"), *rest):
        if part == "..":
            if not found:
                return None
            found.pop()
        elif part not in ("", "."):
            found.append(part)
    return found


def _bytes(descriptor: int, limit: int) -> bytes | None:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
        return None
    with open(descriptor, "rb", buffering=0, closefd=False) as stream:
        data = stream.read(status.st_size + 1)
    return data if len(data) == status.st_size else None
