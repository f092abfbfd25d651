"""What runs in a worker process. The parent supervises it and knows no more of it than its messages.

The parent sends batches of orders and gets an answer for each, in their order, as soon as it is known; files in
which nothing is that was asked for, most of them, are answered together.
"""

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archlint.facts import Demand, Facts
from archlint.installed import is_installed, read_installed
from archlint.limits import LIMITS, Limits
from archlint.model import WHOLE_FILE, Exclusion, Problem, Reason
from archlint.source import Source, Tree, read
from archlint.workers.analyse import analyse, is_parsed
from archlint.workers.gates import sieve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_LONGEST_SILENCE_S = 0.5
# What is inherited stays; what a file's tree is made of goes with the file, but for cycles.
_OBJECTS_BETWEEN_COLLECTIONS = 10_000


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """Files to be read: each the bytes of its path, and which of ``demands`` are put to it."""

    demands: tuple[tuple[Demand, ...], ...]
    orders: tuple[tuple[bytes, int], ...]
    planted: dict[bytes, bytes] = {}
    """The bytes of those files that are on no disk."""


class Ready(msgspec.Struct, frozen=True, array_like=True, tag=0):
    """The first message of a worker."""


class Analysed(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """A file's facts. A path that is not UTF-8 is escaped in them."""

    facts: Facts
    is_parsed: bool


class Bare(msgspec.Struct, frozen=True, array_like=True, tag=4):
    """The next files, in which nothing that was asked for is: the digest of each."""

    digests: tuple[str, ...]


class Skipped(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """A file that is deliberately not analysed."""

    reason: str
    digest: str


class Failed(msgspec.Struct, frozen=True, array_like=True, tag=3):
    """A mistake in archlint itself: the traceback."""

    traceback: str


Message = Ready | Analysed | Bare | Skipped | Failed


def serve(tree: Tree, limits: Limits, connection: "Connection", parents: "Iterable[Connection]") -> None:
    """Answer batches until the parent closes its end. ``parents`` are the parent's own ends, inherited."""
    for end in parents:
        end.close()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    _detach()
    LIMITS.set(limits)
    room = _resident_peak() + limits.memory_bytes // 4
    decoder = msgspec.msgpack.Decoder(Batch)
    _send(connection, msgspec.msgpack.encode(Ready()))
    while True:
        try:
            batch = decoder.decode(connection.recv_bytes())
        except (EOFError, OSError):
            os._exit(0)
        for message in _answers(tree, batch, limits):
            _send(connection, message)
            if _resident_peak() > room:
                os._exit(0)  # memory is seldom given back, and the next file must not answer for this one's


def _answers(tree: Tree, batch: Batch, limits: Limits) -> Iterator[bytes]:
    """The messages about the files, in their order. What precedes a file that is parsed is told before it is."""
    bare: list[str] = []
    told = time.monotonic()
    sieves = [sieve(demands) for demands in batch.demands]
    for path, number in batch.orders:
        name = os.fsdecode(path)
        file = _File(name, _opened(tree, name, batch.planted.get(path), limits), batch.demands[number])
        is_bare = _is_bare(file, sieves[number])
        if bare and not (is_bare and time.monotonic() - told < _LONGEST_SILENCE_S):
            yield msgspec.msgpack.encode(Bare(tuple(bare)))
            told = time.monotonic()
            bare.clear()
        if is_bare:
            assert isinstance(file.source, Source)
            bare.append(file.source.digest)
        else:
            yield _message(file, limits)
    if bare:
        yield msgspec.msgpack.encode(Bare(tuple(bare)))


class _File(msgspec.Struct, frozen=True):
    path: str
    source: Source | Problem | None
    demands: tuple[Demand, ...]


def _opened(tree: Tree, path: str, planted: bytes | None, limits: Limits) -> Source | Problem | None:
    """The file; None for a manifest of a package that is not installed."""
    if planted is not None:
        return Source(path, planted)
    if is_installed(path):
        return read_installed(tree, path, limits.read_bytes) if isinstance(tree, Path) else None
    return read(tree, path, limits.read_bytes)


def _is_bare(file: _File, holds_nothing: Callable[[Source], bool]) -> bool:
    try:
        return isinstance(file.source, Source) and holds_nothing(file.source)
    except Exception:  # noqa: BLE001 -- the full analysis meets it again, and tells of it
        return False


def _message(file: _File, limits: Limits) -> bytes:
    """The message about a file."""
    name = _printable(file.path)
    message: Message
    try:
        found = _found(name, file, limits)
        message = (
            Skipped(found.reason, found.digest)
            if isinstance(found, Exclusion)
            else Analysed(found, is_parsed(name, file.demands))
        )
        return msgspec.msgpack.encode(message)
    except MemoryError:
        message = _unread(name, Reason.MEMORY, "the file needs more memory than there is")
    except RecursionError:
        message = _unread(name, Reason.DEPTH_LIMIT, "the file is nested too deep")
    except UnicodeEncodeError:  # it can be written with escapes, in a file that is itself right UTF-8
        message = _unread(name, Reason.ENCODING, "a string of the file holds half of a surrogate pair")
    except Exception:  # noqa: BLE001 -- told to the parent, which raises it with the file's name
        message = Failed(_printable(traceback.format_exc()))
    return msgspec.msgpack.encode(message)


def _found(name: str, file: _File, limits: Limits) -> Facts | Exclusion:
    if file.source is None:
        return Facts(name, "")
    if isinstance(file.source, Problem):
        return Facts(name, "", problems=(msgspec.structs.replace(file.source, path=name),))
    return analyse(Source(name, file.source.data), file.demands, limits)


def _unread(name: str, reason: Reason, message: str) -> Analysed:
    return Analysed(unread(name, reason, message), is_parsed=True)


def unread(path: str, reason: Reason, message: str) -> Facts:
    """What is known of a file that nothing is known of."""
    return Facts(path, "", problems=(Problem(path, WHOLE_FILE, reason, message),))


def _printable(path: str) -> str:
    """``path`` with the bytes that are not UTF-8 escaped: MessagePack strings hold no lone surrogates."""
    return path.encode("utf-8", "backslashreplace").decode()


def _send(connection: "Connection", message: bytes) -> None:
    """Write a message after its length. The parent reads what is there and never waits for the rest."""
    unsent = memoryview(len(message).to_bytes(4, "big") + message)
    try:
        while unsent:
            unsent = unsent[os.write(connection.fileno(), unsent) :]
    except OSError:
        os._exit(0)  # nobody is there to listen


def _resident_peak() -> int:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _detach() -> None:
    """Leave signals and the terminal to the parent, leave no core behind, and do not outlive the parent."""
    import faulthandler
    import resource

    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        _die_with_parent()


def _die_with_parent() -> None:
    import ctypes
    import multiprocessing

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # prctl(2): PR_SET_PDEATHSIG is 1
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid != os.getppid():  # it died before the call
        os._exit(0)
