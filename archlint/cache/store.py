"""Segments of what is known, in an SQLite file. Knows no facts. Every failure is one of ``FAILURES``.

Runs side by side only add segments, and take away those that they have put together into one.
"""

import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from archlint.cache.folder import FOLDER, open_folder
from archlint.cache.memo import OUTCOMES, RULES

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
# sqlite3 decodes messages of its own that quote what a broken file holds.
FAILURES = (sqlite3.Error, OSError, UnicodeError)
Segment = tuple[int, bytes]
"""Its number, and what it holds."""


class Change(msgspec.Struct, frozen=True):
    """A segment to be added to a shard, and those whose content it takes over."""

    shard: int
    payload: bytes
    replaces: tuple[int, ...] = ()


class Usage(msgspec.Struct, frozen=True):
    """Where a cache is, and how large."""

    path: Path
    bytes: int


class Store:
    """The segments of one book: of what one version of archlint reads, under the same limits."""

    def __init__(self, root: Path, book: bytes) -> None:
        folder = open_folder(root)
        path = folder / _FILE
        self._book = book
        self._path = path
        self._connection = _open(path)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def abandon(self, error: Exception) -> None:
        """Give up after a failure; a broken file is removed, so that the next run begins anew."""
        with suppress(*FAILURES):
            self._connection.close()
            if is_broken(error):
                _remove(self._path)

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
    """How large the cache of a tree is; None if there is none."""
    folder = root / FOLDER
    if not (folder / _FILE).is_file():
        return None
    return Usage(folder, sum(each.stat().st_size for each in folder.iterdir() if each.is_file()))


def clear(root: Path) -> bool:
    """Remove the cache of a tree, and say whether there was one. Raises OSError."""
    folder = root / FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return False
    # Only what archlint puts there: the folder may hold what somebody else keeps in it.
    _remove(folder / _FILE)
    for name in (RULES, OUTCOMES, ".gitignore"):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
    return True


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connected(path)
    except FAILURES as error:  # no database, a broken one, or one of another layout: begin anew
        if not is_broken(error):
            raise
        _remove(path)
        return _connected(path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def is_broken(error: Exception) -> bool:
    """Whether a failure lies in the file itself: not in a lock, a full disk or a missing permission."""
    if isinstance(error, sqlite3.OperationalError):
        # "Generic error" (sqlite.org/rescode.html): a table or column is not there that always is.
        return error.sqlite_errorcode == sqlite3.SQLITE_ERROR
    return isinstance(error, sqlite3.DatabaseError | UnicodeError)


def _connected(path: Path) -> sqlite3.Connection:
    if not path.exists():
        _create(path)
    connection = sqlite3.connect(path, timeout=_LONGEST_WAIT_S, isolation_level=None)
    try:
        connection.text_factory = bytes
        # After `kill -9` all is there; after a power failure the last runs may be missing (sqlite.org/pragma.html).
        connection.execute("PRAGMA synchronous = NORMAL")
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        _check(layout)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(layout: int) -> None:
    if layout != _LAYOUT:
        raise sqlite3.DatabaseError(f"layout {layout}")


def _create(path: Path) -> None:
    """Put an empty database there, whole: several runs that change a journal's mode do not wait for each other."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(dir=path.parent) as folder:
        new = Path(folder) / path.name
        connection = sqlite3.connect(new, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(f"{_SCHEMA} PRAGMA user_version = {_LAYOUT};")
        finally:
            connection.close()
        with suppress(FileExistsError):  # another run was faster
            os.link(new, path)


def _digest(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=16).digest()
