"""Names one configuration file, reads it as text, and says where in it an offset is. Parses nothing."""

import os
import re
import stat
from bisect import bisect_right
from functools import cached_property
from pathlib import Path

import msgspec

from archlint.config.checked import Checked
from archlint.errors import Mistake
from archlint.model import Origin
from archlint.position import utf16_length

_LINE_END = re.compile(r"\r\n|\n|\r")


class Text(msgspec.Struct, frozen=True, dict=True):
    """The characters of a file, without a byte order mark. ``shown`` is how messages name the file."""

    shown: str
    content: str

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in _LINE_END.finditer(self.content)))

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        return tuple(_LINE_END.split(self.content))

    def origin(self, offset: int) -> Origin:
        """Where the character at ``offset`` is. The column counts UTF-16 code units, as spans do."""
        line = bisect_right(self._starts, offset)
        before = self.content[self._starts[line - 1] : offset]
        return Origin(self.shown, line, utf16_length(before) + 1, self._lines[line - 1])

    def mistake(self, offset: int, message: str, hint: str = "") -> Mistake:
        """A mistake at ``offset``."""
        return Mistake(message, hint, self.origin(offset))


class Naming(msgspec.Struct, frozen=True):
    """How messages name a file: never by an absolute path, which differs from machine to machine."""

    root: Path
    cwd: Path
    packs: Path

    def shown(self, path: Path) -> str:
        """Relative to the root; ``rules/PACK/FILE`` for a shipped pack; relative to cwd; or the bare name."""
        for folder, prefix in ((self.root, ""), (self.packs, "rules/"), (self.cwd, "")):
            relative = _relative(path, folder)
            if relative is not None:
                return prefix + relative
        return path.name


def read_text(path: Path, shown: str, limit: int) -> Checked[Text | None]:
    """The text of the regular file at ``path``, of at most ``limit`` bytes."""
    try:
        data = _read(path, limit)
    except OSError as error:
        yield Mistake(f"{shown}: {_why(error)}")
        return None
    if data is None:
        yield Mistake(f"{shown}: not a regular file")
        return None
    if len(data) > limit:
        yield Text(shown, "").mistake(0, f"the file has more than {limit:,} bytes, the most it may have")
        return None
    return (yield from _decode(data.removeprefix(b"\xef\xbb\xbf"), shown))


def _read(path: Path, limit: int) -> bytes | None:
    # O_NONBLOCK: opening a FIFO would wait for its writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as stream:  # noqa: PTH123 -- a descriptor, not a path
        return stream.read(limit + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, IsADirectoryError):
        return "a directory, not a file"
    return f"the file cannot be read: {error.strerror}"


def _decode(data: bytes, shown: str) -> Checked[Text | None]:
    try:
        return Text(shown, data.decode())
    except UnicodeDecodeError as error:
        readable = Text(shown, data.decode(errors="replace"))
        offset = len(data[: error.start].decode())
        is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        hint = f"{'it is UTF-16; ' if is_utf16 else ''}save the file as UTF-8"
        yield readable.mistake(offset, f"byte 0x{data[error.start]:02x} is not UTF-8", hint)
        return None


def _relative(path: Path, folder: Path) -> str | None:
    for name in (os.path.normpath, os.path.realpath):
        if Path(name(path)).is_relative_to(name(folder)):
            return Path(name(path)).relative_to(name(folder)).as_posix()
    return None
