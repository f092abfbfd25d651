"""One worker process as its parent sees it: what it works on, since when, and how it ended."""

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from archlint.limits import Limits
from archlint.source import Tree
from archlint.workers.serve import Batch, Message, serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_LONGEST_MESSAGE = 268_435_456
_KILLED_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM)
_decode: Callable[[bytes], Message] = msgspec.msgpack.Decoder(Message).decode


class Worker(msgspec.Struct):
    """A worker process. The first of the files ``in_flight`` is the one it works on."""

    process: "BaseProcess"
    connection: "Connection"
    in_flight: deque[str] = msgspec.field(default_factory=deque)
    since: float = msgspec.field(default_factory=time.monotonic)
    """When it turned to that file, or was started."""
    is_ready: bool = False
    memory_at_start: int = 0
    """Bytes resident when it got ready: a fork has all that its parent had."""
    _unread: bytearray = msgspec.field(default_factory=bytearray)

    def assign(self, paths: Iterable[str], batch: Batch) -> None:
        """Hand files to an idle worker. Raises OSError if it is dead; then it works on none of them."""
        self.connection.send_bytes(msgspec.msgpack.encode(batch))
        self.in_flight.extend(paths)
        self.since = time.monotonic()

    def receive(self) -> Iterator[Message]:
        """What it has sent: waits only if that is nothing at all.

        Raises EOFError when there will be no more, and ``msgspec.MsgspecError`` if it makes no sense: a file
        may have overwritten the memory of the process that parsed it.
        """
        try:
            received = os.read(self.connection.fileno(), 1 << 16)
        except ConnectionError:
            received = b""
        if not received:
            raise EOFError
        self._unread += received
        return self._messages()

    def _messages(self) -> Iterator[Message]:
        while len(self._unread) >= 4:  # noqa: PLR2004 -- the length before each message
            end = 4 + int.from_bytes(self._unread[:4], "big")
            if end > _LONGEST_MESSAGE:
                raise msgspec.DecodeError("a message is longer than any can be")
            if len(self._unread) < end:
                return
            message = _understood(bytes(self._unread[4:end]))
            del self._unread[:end]
            self.since = time.monotonic()
            yield message

    def greet(self) -> None:
        """Take note that it is ready."""
        self.is_ready = True
        self.memory_at_start = self._resident()

    def memory(self) -> int:
        """The bytes it holds beyond those it started with; 0 where the system does not say."""
        return max(0, self._resident() - self.memory_at_start)

    def _resident(self) -> int:
        try:
            with open(f"/proc/{self.process.pid}/statm", "rb") as statm:  # noqa: PTH123 -- twice as fast
                return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0

    def kill(self) -> None:
        """End it at once. What it sent before can still be received."""
        self.process.kill()
        self.process.join()

    def close(self) -> None:
        """Kill it and give back what it holds."""
        self.kill()
        self.connection.close()
        self.process.close()

    @property
    def was_killed_from_outside(self) -> bool:
        """Whether a dead worker, which its parent did not kill, was ended by somebody else."""
        return -(self.process.exitcode or 0) in _KILLED_FROM_OUTSIDE

    @property
    def retired(self) -> bool:
        """Whether a dead worker went of its own accord, as one does that holds too much memory."""
        return self.process.exitcode == 0

    @property
    def end(self) -> str:
        """How a dead worker died: ``SIGSEGV``, ``exit code 3``."""
        code = self.process.exitcode or 0
        if code >= 0:
            return f"exit code {code}"
        names = {number.value: number.name for number in signal.Signals}
        return names.get(-code, f"signal {-code}")


def start(tree: Tree, limits: Limits, others: Iterable[Worker]) -> Worker:
    """A worker process for the files of ``tree``. ``others`` are those that live beside it."""
    import multiprocessing

    # A fork starts in 1 ms with everything imported. macOS forbids much between fork and exec.
    forks = sys.platform == "linux"
    context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    inherited = (ours, *(other.connection for other in others)) if forks else ()
    process = context.Process(target=serve, args=(tree, limits, theirs, inherited), daemon=True)
    with _signals_held():
        process.start()
    theirs.close()
    return Worker(process, ours)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Put off SIGINT and SIGTERM: a child that is not set up yet must not answer them, nor get lost."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _understood(message: bytes) -> Message:
    try:
        return _decode(message)
    except UnicodeDecodeError as error:  # a text that is not UTF-8
        raise msgspec.DecodeError(str(error)) from error
