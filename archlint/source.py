"""One file and its bytes, from wherever the tree is. Opens regular files only; lists nothing, parses nothing."""

import os
import re
import stat
import sys
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import msgspec

from archlint.model import WHOLE_FILE, Listing, Problem, Reason
from archlint.position import LineIndex

# https://tc39.es/ecma262/#prod-EscapeSequence; JSON and YAML share most, YAML 1.2 §5.7 has \\U with eight digits.
_HEX = "[0-9A-Fa-f]"
_ESCAPE = re.compile(
    rf"\\(?:x({_HEX}{{2}})|u([dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}})|u({_HEX}{{4}})"
    rf"|u\{{0*({_HEX}{{1,6}})\}}|U00({_HEX}{{6}}))".encode()
)
_ESCAPED = re.compile(rb"\\[xuU]").search  # how they begin, found in a tenth of the time
# Characters that some language writes in more than one way (``it\\'s``, ``it''s``, ``a\\/b``, ``&amp;``, a folded line),
# and how: with these left out, a text and what spells it are the same.
_ODD = re.compile(rb"[\0-\x20\\'\"`/&<>]")
_LOOSE = b" \t\n\r\f\v\0\b\\'\"`&<>"
_SPELLED = re.compile(rb"\\[\\0bfnrtv]|&(?:amp|apos|gt|lt|nbsp|quot|#\w{1,6});")


def is_odd(text: bytes) -> bool:
    """Whether there are other ways to write a text than as it is, beside those that ``Source.readings`` knows."""
    return _ODD.search(text) is not None


class Source(msgspec.Struct, frozen=True, dict=True):
    """A file's path and bytes."""

    path: str
    data: bytes

    @cached_property
    def lines(self) -> LineIndex:
        """Where its lines begin."""
        return LineIndex(self.data)

    def lines_to(self, end: int) -> LineIndex:
        """Where its lines begin, as far as an offset that ends none."""
        return LineIndex(self.data[:end])

    @cached_property
    def text(self) -> str:
        """The bytes as text; what is not UTF-8 is replaced."""
        return self.data.decode("utf-8", "replace")

    @cached_property
    def readings(self) -> tuple[bytes, ...]:
        r"""The bytes, and if there are any backslashes, as if these meant nothing, as in ``\a`` and at a line's end.

        Escapes such as ``\x61`` and ``\u0061`` are read as what they mean in the second.
        """
        if b"\\" not in self.data:
            return (self.data,)
        joined = self._spelled.replace(b"\\\r\n", b"").replace(b"\\\n", b"")
        return self.data, joined.replace(b"\\", b"")

    @cached_property
    def _spelled(self) -> bytes:
        is_escaped = b"\\" in self.data and _ESCAPED(self.data)
        return _ESCAPE.sub(_character, self.data) if is_escaped else self.data

    def hides(self, text: bytes) -> bool:
        """Whether the text stands somewhere written with escapes, so that the bytes do not show it."""
        if is_odd(text) and self._loose.count(text.translate(None, _LOOSE)) > self.data.count(text):
            return True
        return any(reading.count(text) > self.data.count(text) for reading in self.readings[1:])

    def may_spell(self, text: bytes) -> bool:
        """Whether the bytes hold an odd text, however that is written, or something like it."""
        if b"\\/" not in self.data and not is_odd(text.replace(b"/", b"")):
            return False
        return text.translate(None, _LOOSE) in self._loose

    @cached_property
    def _loose(self) -> bytes:
        data = self._spelled
        spelled = _SPELLED.sub(b"", data) if b"\\" in data or b"&" in data else data
        return spelled.translate(None, _LOOSE)

    def holds(self, _start: int, _end: int) -> bool:
        """Whether what stands there is of the file, and not put in so that the rest can be read."""
        return True

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return sha256(self.data).hexdigest()


def _character(escape: re.Match[bytes]) -> bytes:
    high, _, low = escape[escape.lastindex or 0].partition(rb"\u")
    code = int(high, 16)
    if low:
        code = 0x10000 + ((code - 0xD800) << 10) + (int(low, 16) - 0xDC00)
    return chr(code).encode("utf-8", "replace") if code <= sys.maxunicode else escape[0]


class Stored(Protocol):
    """Files that stand in no folder: those of git's index, or of a commit."""

    def listing(self) -> Listing:
        """What there is, before the configuration excludes any of it."""

    def read(self, path: str, limit: int) -> Source | Problem:
        """One of its files, or why it cannot be had."""


Tree = Path | Stored
"""Where the files of a run are. Paths are relative to it."""


def read(tree: Tree, path: str, limit: int) -> Source | Problem:
    """The file at ``path`` in ``tree``, of at most ``limit`` bytes, or why it cannot be had."""
    return _in_folder(tree, path, limit) if isinstance(tree, Path) else tree.read(path, limit)


def _in_folder(root: Path, path: str, limit: int) -> Source | Problem:
    """The file at ``path`` below ``root``. Follows no link, waits for no pipe."""
    try:
        # O_NONBLOCK: a FIFO put in a file's place after listing would otherwise hang the open.
        name = path if path.startswith("/") else f"{root}/{path}"  # in a quarter of the time of a join
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return _problem(path, Reason.VANISHED, "the file was removed while archlint ran; run it again")
    except OSError as error:
        return _problem(path, Reason.UNREADABLE, f"the file cannot be opened: {error.strerror}")
    try:
        return _read(path, descriptor, limit)
    except OSError as error:
        return _problem(path, Reason.UNREADABLE, f"the file cannot be read: {error.strerror}")
    finally:
        os.close(descriptor)


def _read(path: str, descriptor: int, limit: int) -> Source | Problem:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return _problem(path, Reason.UNREADABLE, "not a regular file any more")
    if status.st_size > limit:
        return too_large(path, status.st_size, limit)
    data = os.read(descriptor, status.st_size + 1)
    if len(data) != status.st_size:
        return _problem(path, Reason.CHANGED, "the file changed size while it was read; run archlint again")
    return Source(path, data)


def too_large(path: str, size: int, limit: int) -> Problem:
    """What is said of a file of more bytes than are read."""
    message = f"{size:,} bytes are over the limit of {limit:,} that archlint reads; see [limits] read-bytes"
    return _problem(path, Reason.TOO_LARGE, message)


def _problem(path: str, reason: Reason, message: str) -> Problem:
    return Problem(path, WHOLE_FILE, reason, message)
