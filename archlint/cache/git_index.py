"""Which files git holds for unmodified, and under which object id: read off ``.git/index``. Runs no git.

As git does (Documentation/technical/racy-git.txt), a file counts as unmodified if its status is that in the index
and it was last written before the index was. The format: Documentation/gitformat-index.txt.
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from hashlib import sha1
from pathlib import Path
from struct import Struct, error

import msgspec

from archlint.cache.statuses import Told

_HEADER = Struct(">4sII")
_ENTRY = Struct(">IIIIIIIIII20sH")  # ctime, mtime (s, ns), dev, ino, mode, uid, gid, size, object id, flags
_LONGEST = 268_435_456
_CHECKSUM = 20
_SHORTENED = 4  # from this version on, a path leaves out what it shares with the one before
_EXTENDED, _ASSUME_VALID, _STAGE = 0x4000, 0x8000, 0x3000
_LINK = b"gitdir: "
_LONGEST_LINK = 4096
# gitattributes(5): what changes bytes on their way out. Line ends, `ident` and Git LFS change the size too.
_FILTER = re.compile(rb"\bfilter(?!=lfs\b)|\bworking-tree-encoding")


class Tracked(msgspec.Struct, frozen=True):
    """A file as the index has it."""

    oid: bytes
    mtime_ns: int
    ctime_ns: int
    inode: int
    size: int

    def is_unmodified(self, status: Told, written_ns: int) -> bool:
        """Whether the file on disk is the one that was added, given when the index was written."""
        return (
            self.mtime_ns == status.mtime_ns < written_ns
            and self.ctime_ns == status.ctime_ns
            and self.inode == status.inode & 0xFFFFFFFF
            and self.size == status.size & 0xFFFFFFFF
        )


class GitIndex(msgspec.Struct, frozen=True):
    """The tracked files below a root, by path, and when the index was written."""

    tracked: Mapping[str, Tracked]
    written_ns: int


NO_INDEX = GitIndex({}, 0)


def git_index(root: Path) -> GitIndex:
    """The index of the repository that ``root`` is in; an empty one if there is none that can be trusted."""
    try:
        top, folder = _repository(root.resolve())
        with (folder / "index").open("rb") as stream:
            status = os.fstat(stream.fileno())
            data = stream.read(_LONGEST)
        prefix = f"{root.resolve().relative_to(top).as_posix()}/" if root.resolve() != top else ""
        index = _parsed(data, status.st_mtime_ns)
        return NO_INDEX if _may_be_filtered(top, folder, index) else _below(prefix, index)
    except (OSError, ValueError, error):
        return NO_INDEX


def tracks(root: Path, prefix: str) -> bool:
    """Whether git may hold a file below ``root`` whose path begins so."""
    try:
        top, folder = _repository(root.resolve())
        data = (folder / "index").read_bytes()
        _, version, count = _HEADER.unpack_from(data)
        below = (root.resolve() / prefix).relative_to(top).as_posix()
        if version < _SHORTENED:
            return f"{below}/".encode() in data
        return any(path.startswith(f"{below}/") for path, _ in _entries(data, version, count))
    except (OSError, ValueError, error):
        return False


def _repository(root: Path) -> tuple[Path, Path]:
    """The top folder and the git folder of the repository. Raises ValueError if there is none."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_dir():
            return folder, git
        if git.is_file():
            with git.open("rb") as stream:
                link = stream.read(_LONGEST_LINK)
            if link.startswith(_LINK):
                return folder, folder / os.fsdecode(link.removeprefix(_LINK).rstrip(b"\r\n"))
    raise ValueError("no repository")


def _may_be_filtered(top: Path, folder: Path, index: GitIndex) -> bool:
    """Whether files may hold other bytes than the objects do, in a way that their size does not tell."""
    named = [path for path in index.tracked if path.rpartition("/")[2] == ".gitattributes"]
    for path in (folder / "info" / "attributes", top / ".gitattributes", *(top / name for name in named)):
        attributes = path.read_bytes() if path.is_file() else b""
        if _FILTER.search(attributes):
            return True
    return False


def _below(prefix: str, index: GitIndex) -> GitIndex:
    if not prefix:
        return index
    tracked = {
        path.removeprefix(prefix): entry for path, entry in index.tracked.items() if path.startswith(prefix)
    }
    return GitIndex(tracked, index.written_ns)


def _parsed(data: bytes, written_ns: int) -> GitIndex:
    signature, version, count = _HEADER.unpack_from(data)
    is_whole = sha1(data[:-_CHECKSUM], usedforsecurity=False).digest() == data[-_CHECKSUM:]
    if signature != b"DIRC" or version not in (2, 3, _SHORTENED) or not is_whole:
        return NO_INDEX
    entries = _entries(data, version, count)
    return GitIndex({path: entry for path, entry in entries if entry is not None}, written_ns)


def _entries(data: bytes, version: int, count: int) -> Iterator[tuple[str, Tracked | None]]:
    """Each path with its entry; None for what is no plain file as it was added."""
    at, name = _HEADER.size, b""
    for _ in range(count):
        ctime, ctime_ns, mtime, mtime_ns, _dev, inode, mode, _uid, _gid, size, oid, flags = (
            _ENTRY.unpack_from(data, at)
        )
        begin = at + _ENTRY.size + (2 if flags & _EXTENDED else 0)
        if version < _SHORTENED:
            end = data.index(b"\0", begin)
            name = data[begin:end]
            at += (end - at + 8) & ~7
        else:
            shared, begin = _varint(data, begin)
            end = data.index(b"\0", begin)
            name = name[: len(name) - shared] + data[begin:end]
            at = end + 1
        is_plain = stat.S_ISREG(mode) and not flags & (_EXTENDED | _ASSUME_VALID | _STAGE)
        times = mtime * 10**9 + mtime_ns, ctime * 10**9 + ctime_ns
        yield os.fsdecode(name), Tracked(oid, *times, inode, size) if is_plain else None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number as pack offsets are written (varint.c), and where it ends."""
    byte = data[at]
    value = byte & 127
    while byte & 128:
        at += 1
        byte = data[at]
        value = ((value + 1) << 7) | (byte & 127)
    return value, at + 1
