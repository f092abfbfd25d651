"""The digest of the bytes a file has now, mostly without reading them: by its status, or by what git holds."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from archlint.cache.git_index import GitIndex, git_index
from archlint.cache.shard import Content
from archlint.cache.statuses import Status, status_of, told
from archlint.source import Source, read


class Contents:
    """What the files below ``root`` hold now, as far as it was known at ``started_ns``.

    ``statuses`` are those that were looked up since then.
    """

    def __init__(self, root: Path, limit_bytes: int, started_ns: int, statuses: Mapping[str, Status]) -> None:
        self._root = root
        self._limit_bytes = limit_bytes
        self._started_ns = started_ns
        self._statuses = statuses
        self.read: list[str] = []
        """The files that had to be read, in order."""

    @cached_property
    def _index(self) -> GitIndex:
        return git_index(self._root)

    def status(self, path: str) -> Status | None:
        """The status of a regular file; None if there is none."""
        return self._statuses.get(path) or status_of(f"{self._root}/{path}")

    def now(self, path: str, status: Status, known: Content) -> Content | None:
        """What the file holds, by its status, by git, or read: ``known`` itself if that still proves it."""
        if known.status == status:
            return known
        oid = self._oid(path, status)
        if oid and (oid, told(status).size) == (known.oid, known.size):
            return self.seen(path, status, known.digest)
        self.read.append(path)
        source = read(self._root, path, self._limit_bytes)
        return self.seen(path, status, bytes.fromhex(source.digest)) if isinstance(source, Source) else None

    def seen(self, path: str, status: Status, digest: bytes) -> Content:
        """What is to be remembered of bytes that were read after the status was."""
        found = told(status)
        proof = status if found.is_old(self._started_ns) else b""
        return Content(digest, proof, found.size, self._oid(path, status))

    def _oid(self, path: str, status: Status) -> bytes:
        tracked = self._index.tracked.get(path)
        is_known = tracked is not None and tracked.is_unmodified(told(status), self._index.written_ns)
        return tracked.oid if tracked is not None and is_known else b""
