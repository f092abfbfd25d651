"""The files that git's index or a commit holds: which they are, and their bytes. Nothing is checked out."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import msgspec

from archlint.git.command import Git
from archlint.model import WHOLE_FILE, Exclusion, Listing, Problem, Reason
from archlint.source import Source, too_large

if TYPE_CHECKING:
    import subprocess

_FILE_MODES = (b"100644", b"100755", b"100664")
LINK = "symlink"
"""Why a symbolic link is left out."""
_REASON_OF = {b"120000": LINK, b"160000": "submodule"}
PASSED_OVER = frozenset({".git", ".hg", ".svn", "node_modules", ".archlint_cache"})
"""Folders that no run looks into, and that no report mentions."""
_UNMERGED = "the file has conflicts in the index; resolve them and git add it"


class Entry(msgspec.Struct, frozen=True):
    """A path of the index or of a tree. ``stage`` is 0 but for one that is not merged."""

    mode: bytes
    blob: str
    stage: bytes
    path: str


class Blobs(msgspec.Struct):
    """``git cat-file``, started by the process that reads first, and by each that was forked since.

    Who has it made stops it.
    """

    git: Git
    process: "subprocess.Popen[bytes] | None" = None
    owner: int = 0

    def __getstate__(self) -> Git:
        return self.git

    def __setstate__(self, git: Git) -> None:
        self.git, self.process, self.owner = git, None, 0

    def ask(self, blob: str) -> IO[bytes]:
        """Where the answer about a blob can be read. Raises OSError."""
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            self.process, self.owner = self.git.start("cat-file", "--batch"), os.getpid()
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None, "both ends are pipes"
        assert stdout is not None, "both ends are pipes"
        stdin.write(f"{blob}\n".encode())
        stdin.flush()
        return stdout

    def stop(self) -> None:
        """End it, so that what it was about to say is never taken for another answer."""
        if self.process is not None and self.owner == os.getpid():
            self.process.kill()
            self.process.communicate()
        self.process = None


@dataclass(frozen=True, slots=True)
class StoredFiles:
    """Files that stand in the index or in a commit, by path, each with the name of its blob."""

    reader: Blobs
    blobs: Mapping[str, str]
    exclusions: tuple[Exclusion, ...] = ()
    problems: tuple[Problem, ...] = ()

    def listing(self) -> Listing:
        """Its files; symbolic links and submodules are left out."""
        return Listing(tuple(sorted(self.blobs)), self.exclusions, self.problems)

    def read(self, path: str, limit: int) -> Source | Problem:
        """The bytes of a file, as they are stored: no filter has touched them."""
        blob = self.blobs.get(path)
        if blob is None:
            return Problem(path, WHOLE_FILE, Reason.VANISHED, "there is no such file")
        try:
            found = self._read(path, blob, limit)
        except OSError as error:
            found = _unreadable(path, f"git cannot be asked for the file: {error.strerror}")
        if isinstance(found, Problem):
            self.reader.stop()
        return found

    def _read(self, path: str, blob: str, limit: int) -> Source | Problem:
        answer = self.reader.ask(blob)
        # gitformat: `<name> blob <size>`, the bytes, a line feed; or `<name> missing`.
        head = answer.readline().split()
        if len(head) != len(("name", "type", "size")) or head[1] != b"blob":
            return _unreadable(path, "the file's contents are not in this clone; fetch them")
        size = int(head[2])
        if size > limit:
            return too_large(path, size, limit)
        data = answer.read(size)
        if len(data) != size or answer.read(1) != b"\n":
            return _unreadable(path, "git stopped before the end of the file")
        return Source(path, data)

    def below(self, folder: str) -> "StoredFiles":
        """Those below a folder ('' or a path that ends in '/'), with paths relative to it."""
        start = len(folder)
        return StoredFiles(
            self.reader,
            {path[start:]: blob for path, blob in self.blobs.items() if path.startswith(folder)},
            tuple(
                Exclusion(each.path[start:], each.reason)
                for each in self.exclusions
                if each.path.startswith(folder)
            ),
            tuple(
                Problem(each.path[start:], each.span, each.reason, each.message, each.extent)
                for each in self.problems
                if each.path.startswith(folder)
            ),
        )


def stored(reader: Blobs, entries: Iterable[Entry], left_out: frozenset[str] = frozenset()) -> StoredFiles:
    """The files that ``entries`` name, without those ``left_out``."""
    blobs: dict[str, str] = {}
    exclusions: list[Exclusion] = []
    problems: dict[str, Problem] = {}
    for entry in entries:
        parts = entry.path.split("/")
        if entry.path in left_out or not PASSED_OVER.isdisjoint(parts):
            continue
        if {"", ".", ".."} & set(parts):
            problems[entry.path] = _unreadable(entry.path, "no system checks such a path out")
        elif entry.stage != b"0":
            problems[entry.path] = _unreadable(entry.path, _UNMERGED)
        elif entry.mode in _FILE_MODES:
            blobs[entry.path] = entry.blob
        else:
            exclusions.append(Exclusion(entry.path, _REASON_OF.get(entry.mode, "special file")))
    return StoredFiles(
        reader, blobs, tuple(sorted(exclusions)), tuple(problems[path] for path in sorted(problems))
    )


def entries_of_index(output: bytes) -> Iterator[Entry]:
    """What ``git ls-files --stage -z`` lists."""
    for record in output.split(b"\0")[:-1]:
        head, _, path = record.partition(b"\t")
        mode, blob, stage = head.split()
        yield Entry(mode, blob.decode(), stage, os.fsdecode(path))


def entries_of_commit(output: bytes) -> Iterator[Entry]:
    """What ``git ls-tree -r -z`` lists."""
    for record in output.split(b"\0")[:-1]:
        head, _, path = record.partition(b"\t")
        mode, _, blob = head.split()
        yield Entry(mode, blob.decode(), b"0", os.fsdecode(path))


def _unreadable(path: str, message: str) -> Problem:
    return Problem(path, WHOLE_FILE, Reason.UNREADABLE, message)
