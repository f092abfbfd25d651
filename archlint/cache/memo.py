"""A small file of what was made of other files, by their digests: for rule files, whose YAML takes longest to read.

Any doubt is a miss, and a failure is silent: it only costs time.
"""

import os
from hashlib import blake2b
from pathlib import Path

import msgspec

from archlint.cache.folder import FOLDER, open_folder
from archlint.cache.keys import yaml_state

_FILE = "rules.msgpack"
_DIGEST_BYTES = 16
_LARGEST = 16_777_216
_MOST_UNUSED = 256
_decode = msgspec.msgpack.Decoder(dict[bytes, bytes]).decode


class Memo:
    """What is kept below ``root``. Entries of another archlint or another YAML library are none of its own."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._state = yaml_state()
        self._known = _read(root)
        self._used: dict[bytes, bytes] = {}
        self._has_news = False

    def get(self, key: bytes) -> bytes | None:
        """What was kept under the key; None if nothing was."""
        found = self._known.get(self._state + key)
        if found is not None:
            self._used[self._state + key] = found
        return found

    def keep(self, key: bytes, value: bytes) -> None:
        """Keep something under the key."""
        self._used[self._state + key] = value
        self._has_news = True

    def close(self) -> None:
        """Write what is new: the file is the old or the new one, whole."""
        if not self._has_news:
            return
        unused = {key: value for key, value in self._known.items() if key not in self._used}
        kept = dict(list(unused.items())[-_MOST_UNUSED:]) | self._used
        content = msgspec.msgpack.encode(kept)
        try:
            path = open_folder(self._root) / _FILE
            new = path.with_name(f"{_FILE}.{os.getpid()}")
            new.write_bytes(_digest(content) + content)
            new.replace(path)
        except OSError:
            return


def _read(root: Path) -> dict[bytes, bytes]:
    if not (root / FOLDER / _FILE).is_file():
        return {}
    try:
        with (open_folder(root) / _FILE).open("rb") as stream:
            data = stream.read(_LARGEST)
        content = data[_DIGEST_BYTES:]
        return _decode(content) if _digest(content) == data[:_DIGEST_BYTES] else {}
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST_BYTES).digest()
