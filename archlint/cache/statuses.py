"""What the status of files tells: whether somebody wrote to them. Opens none.

A file's size, times and inode prove that its bytes are those of an earlier run if they are the same and were
already old when that run began: whoever writes to a file changes its ctime, which no program can set. It is what
git goes by, which calls a file that is too young *racily clean*. A clock that stands still or goes back could
deceive both.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from struct import Struct, error

import msgspec

_PACKED = Struct("<qqqQ")
# Coarser than the clock of any file system (FAT: 2 s), so that what is older cannot change and look the same.
_YOUNG_NS = 3 * 10**9
Status = bytes
"""Size, mtime and ctime in ns, and inode, packed."""


class Told(msgspec.Struct, frozen=True):
    """A status taken apart."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    def is_old(self, started_ns: int) -> bool:
        """Whether nobody can have written to the file since that run started, and left it this status."""
        return max(self.mtime_ns, self.ctime_ns) < started_ns - _YOUNG_NS


def told(status: Status) -> Told:
    """What a status says."""
    return Told(*_PACKED.unpack(status))


def status_of(path: str) -> Status | None:
    """The status of a regular file; None if there is none, or times are told that no clock shows."""
    return next(_found((path,)), None)


class Statuses(msgspec.Struct, frozen=True):
    """The statuses of files as they were found together."""

    of: dict[str, Status]
    digest: bytes
    """Names all of them, in the order in which they were asked for."""
    started_ns: int

    @property
    def are_old(self) -> bool:
        """Whether they prove, as long as they stay the same, that nobody wrote to any of the files."""
        return all(told(each).is_old(self.started_ns) for each in self.of.values())


def statuses(root: Path, paths: Iterable[str], started_ns: int) -> Statuses | None:
    """The statuses of files below ``root``; None unless each of them is a regular file."""
    paths = tuple(paths)
    found = tuple(_found([f"{root}/{path}" for path in paths]))
    if len(found) < len(paths):
        return None
    digest = blake2b(b"".join(found), digest_size=16).digest()
    return Statuses(dict(zip(paths, found, strict=True)), digest, started_ns)


def _found(paths: Iterable[str]) -> Iterator[Status]:
    """The statuses of files, as far as the first that is no regular file or has no such times."""
    lstat, pack, is_regular = os.lstat, _PACKED.pack, stat.S_ISREG
    try:
        for path in paths:  # a hundred thousand are told in a third of a second
            found = lstat(path)
            if not is_regular(found.st_mode):
                return
            yield pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    except (OSError, ValueError, error):
        return
