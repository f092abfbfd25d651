"""What is fuzzed: an input is always bytes, so that each find is a file that can be read, kept and tried again."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
_PART = b"=== "


class RejectedError(Exception):
    """An input of which nothing can be said: the oracle refuses it, or it has not the form of the target."""


@dataclass(frozen=True, slots=True)
class Target:
    """A part of archlint with what must be true of it."""

    name: str
    check: Callable[[bytes], Iterable[str]]
    """Raises what it finds. What it returns describes the outcome: an input with a new description is kept as a
    seed for others, which stands in for coverage."""
    seeds: str = ""
    """The folder of its seeds in ``corpus/``, if it has not the target's name."""
    tokens: tuple[bytes, ...] = ()
    """Words of its language, beside those that stand in the seeds."""
    seconds: float = 1.0
    """CPU seconds that an input may take, and one more for each 5,000 bytes."""

    def corpus(self) -> tuple[bytes, ...]:
        """The seeds, by name."""
        folder = CORPUS / (self.seeds or self.name)
        return tuple(path.read_bytes() for path in sorted(folder.iterdir()))


def scratch() -> Path:
    """A folder that is there as long as the process."""
    folder = Path(tempfile.mkdtemp(prefix="archlint-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """An input that is several: each begins with a line ``=== name``. What stands before the first is left out."""
    for part in (b"\n" + data).split(b"\n" + _PART)[1:]:
        name, _, text = part.partition(b"\n")
        yield name.decode("utf-8", "replace"), text


def two(data: bytes) -> tuple[bytes, bytes]:
    """An input that is two, at its first line ``===``."""
    first, mark, second = data.partition(b"\n===\n")
    if not mark:
        raise RejectedError
    return first, second
