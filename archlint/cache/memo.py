"""Small files of what was made of other files, by their digests. Any doubt is a miss.

A failure is silent: it only costs time.
"""

import os
from hashlib import blake2b
from pathlib import Path

import msgspec

from archlint.cache.folder import FOLDER, open_folder

RULES = "rules.msgpack"
"""Rule files, whose YAML takes longest to read."""
OUTCOMES = "outcomes.msgpack"
"""What runs said, by what they judged."""
_DIGEST_BYTES = 16
_LARGEST = 16_777_216
_MOST_UNUSED = 256
_decode = msgspec.msgpack.Decoder(dict[bytes, bytes]).decode


class Memo:
    """What is kept below ``root`` in a file of that name; what was not used is let go of, but for the newest.

    ``state`` names what made it: entries of another archlint, or another library, are none of its own.
    """

    def __init__(self, root: Path, name: str, state: bytes, most_unused: int = _MOST_UNUSED) -> None:
        self._root = root
        self._name = name
        self._state = state
        self._most_unused = most_unused
        self._known = _read(root, name)
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
        kept = dict(list(unused.items())[-self._most_unused :]) | self._used
        content = msgspec.msgpack.encode(kept)
        if len(content) + _DIGEST_BYTES > _LARGEST:
            return
        try:
            path = open_folder(self._root) / self._name
            new = path.with_name(f"{self._name}.{os.getpid()}")
            new.write_bytes(_digest(content) + content)
            new.replace(path)
        except OSError:
            return


def _read(root: Path, name: str) -> dict[bytes, bytes]:
    if not (root / FOLDER / name).is_file():
        return {}
    try:
        with (open_folder(root) / name).open("rb") as stream:
            data = stream.read(_LARGEST)
        content = data[_DIGEST_BYTES:]
        return _decode(content) if _digest(content) == data[:_DIGEST_BYTES] else {}
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST_BYTES).digest()
