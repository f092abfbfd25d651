"""The digest of the bytes a file has now, mostly without reading them.

A file's size, times and inode prove that its bytes are those of an earlier run if they are the same and were
already old when that run began: whoever writes to a file changes its ctime, which no program can set. It is what
git goes by, which calls a file that is too young *racily clean*. A clock that stands still or goes back could
deceive both.
"""

import os
import stat
from functools import cached_property
from pathlib import Path

from archlint.cache.git_index import GitIndex, git_index
from archlint.cache.shard import Content
from archlint.source import Source, read

# Coarser than the clock of any file system (FAT: 2 s), so that what is older cannot change and look the same.
_YOUNG_NS = 3 * 10**9


class Contents:
    """What the files below ``root`` hold now, as far as it was known at ``started_ns``."""

    def __init__(self, root: Path, limit_bytes: int, started_ns: int) -> None:
        self._root = root
        self._limit_bytes = limit_bytes
        self.read: list[str] = []
        """The files that had to be read, in order."""
        self._old_ns = started_ns - _YOUNG_NS

    @cached_property
    def _index(self) -> GitIndex:
        return git_index(self._root)

    def status(self, path: str) -> os.stat_result | None:
        """The status of a regular file; None if there is none."""
        try:
            status = os.lstat(f"{self._root}/{path}")
        except (OSError, ValueError):
            return None
        return status if stat.S_ISREG(status.st_mode) else None

    def now(self, path: str, status: os.stat_result, known: Content) -> Content | None:
        """What the file holds, by its status, by git, or read: ``known`` itself if that still proves it."""
        if known.status == _told(status):
            return known
        oid = self._oid(path, status)
        if oid and (oid, status.st_size) == (known.oid, known.size):
            return self.seen(path, status, known.digest)
        self.read.append(path)
        source = read(self._root, path, self._limit_bytes)
        return self.seen(path, status, bytes.fromhex(source.digest)) if isinstance(source, Source) else None

    def seen(self, path: str, status: os.stat_result, digest: bytes) -> Content:
        """What is to be remembered of bytes that were read after the status was."""
        is_old = max(status.st_mtime_ns, status.st_ctime_ns) < self._old_ns
        return Content(digest, _told(status) if is_old else (), status.st_size, self._oid(path, status))

    def _oid(self, path: str, status: os.stat_result) -> bytes:
        tracked = self._index.tracked.get(path)
        is_known = tracked is not None and tracked.is_unmodified(status, self._index.written_ns)
        return tracked.oid if tracked is not None and is_known else b""


def _told(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
