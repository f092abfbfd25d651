"""Segments of what is known, in an SQLite file. Knows no facts. Every failure is an error of sqlite3, or an OSError.

Runs side by side only add segments, and take away those that they have put together into one.
"""

import sqlite3
import stat
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

FOLDER = ".archlint_cache"
_FILE = "facts.sqlite"
_LAYOUT = 1
_LONGEST_WAIT_S = 5.0
_LARGEST = 268_435_456
_KEPT_DAYS = 30
_DAY_S = 86_400
_SCHEMA = """
CREATE TABLE IF NOT EXISTS segments (
  id INTEGER PRIMARY KEY, book BLOB NOT NULL, shard INTEGER NOT NULL, day INTEGER NOT NULL,
  payload BLOB NOT NULL, digest BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS segments_of_book ON segments (book, shard);
"""
Segment = tuple[int, bytes]
"""Its number, and what it holds."""


@dataclass(frozen=True, slots=True)
class Change:
    """A segment to be added to a shard, and those whose content it takes over."""

    shard: int
    payload: bytes
    replaces: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What lies in a cache folder."""

    path: Path
    bytes: int
    segments: int


class Store:
    """The segments of one book: of what one version of archlint reads, under the same limits."""

    def __init__(self, root: Path, book: bytes) -> None:
        folder = _folder(root)
        path = folder / _FILE
        self._book = book
        self._connection = _open(path)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def read(self, shard: int) -> tuple[Segment, ...]:
        """The segments of a shard that are whole, oldest first."""
        rows = self._connection.execute(
            "SELECT id, payload, digest FROM segments WHERE book = ? AND shard = ? ORDER BY id",
            (self._book, shard),
        )
        return tuple((number, payload) for number, payload, digest in rows if _digest(payload) == digest)

    def write(self, changes: Iterable[Change]) -> None:
        """Add segments, all or none, and let go of what is too old or too much."""
        today = int(time.time()) // _DAY_S
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for change in changes:
                self._connection.executemany(
                    "DELETE FROM segments WHERE id = ?", ((number,) for number in change.replaces)
                )
                self._connection.execute(
                    "INSERT INTO segments (book, shard, day, payload, digest) VALUES (?, ?, ?, ?, ?)",
                    (self._book, change.shard, today, change.payload, _digest(change.payload)),
                )
            self._evict(today)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _evict(self, today: int) -> None:
        self._connection.execute(
            "DELETE FROM segments WHERE book <> ? AND day < ?", (self._book, today - _KEPT_DAYS)
        )
        rows = self._connection.execute(
            "SELECT id, length(payload) FROM segments ORDER BY id DESC"
        ).fetchall()
        total = 0
        for number, size in rows:
            total += size
            if total > _LARGEST:
                self._connection.execute("DELETE FROM segments WHERE id = ?", (number,))


def usage(root: Path) -> Usage | None:
    """What lies in the cache of a tree; None if there is none. Raises as the module says."""
    path = root / FOLDER / _FILE
    if not path.is_file():
        return None
    size = sum(each.stat().st_size for each in path.parent.iterdir() if each.is_file())
    with closing(_open(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM segments").fetchone()
    return Usage(path.parent, size, count)


def clear(root: Path) -> bool:
    """Remove the cache of a tree, and say whether there was one. Raises OSError."""
    folder = root / FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return False
    # Only what archlint puts there: the folder may hold what somebody else keeps in it.
    for name in (_FILE, f"{_FILE}-wal", f"{_FILE}-shm", ".gitignore"):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
    return True


def _folder(root: Path) -> Path:
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise NotADirectoryError(0, f"{FOLDER} is a link")
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")
    return folder


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connected(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # no database, or a broken one: begin anew
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_LONGEST_WAIT_S, isolation_level=None)
    try:
        # After `kill -9` all is there; after a power failure the last runs may be missing (sqlite.org/pragma.html).
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        if layout != _LAYOUT:
            connection.executescript(
                f"DROP TABLE IF EXISTS segments; {_SCHEMA} PRAGMA user_version = {_LAYOUT};"
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _digest(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=16).digest()
