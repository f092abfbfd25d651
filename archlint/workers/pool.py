"""Supervised worker processes: each is killed when it overruns, and replaced when it dies.

What happens to a worker costs at most the file it works on; the rest of its batch is handed out again.
"""

import selectors
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

import msgspec

from archlint.facts import Facts
from archlint.limits import Limits
from archlint.model import Exclusion, Reason
from archlint.source import Tree
from archlint.workers.process import Worker, start
from archlint.workers.serve import Analysed, Bare, Failed, Message, Ready, unread
from archlint.workers.work import Demands, Found, Work, WorkerError

if TYPE_CHECKING:
    from archlint.cache.cache import Cache

# A worker costs 70 ms until it has its grammars; a file that is parsed takes 1 to 6 ms (two public monorepos).
_WORTH_A_WORKER = 24
_LONGEST_START_S = 60.0
_BETWEEN_CHECKS_S = 0.05
_STOPPED_S = 2.0


class Workers:
    """At most ``jobs`` worker processes for the files of ``tree``, started when there is work for them.

    A context manager: when it is left, for whatever reason, none of them lives.
    """

    def __init__(
        self,
        tree: Tree,
        limits: Limits,
        jobs: int,
        cache: "Cache | None" = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._cache = cache
        self._stopping = stopping
        self.is_stopped = False
        """Whether files were left unread because the run was to come to an end."""
        self._tree = tree
        self._limits = limits
        self._jobs = jobs
        self.read: set[str] = set()
        """The files that were handed out."""
        self.rounds: list[tuple[float, float, int]] = []
        """When work began and ended, by ``time.perf_counter``, and on how many files."""
        self.parsed: set[str] = set()
        """The files that were parsed, not only searched."""
        self._workers: list[Worker] = []
        self._planted: Mapping[str, bytes] = {}
        self._selector = selectors.PollSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in tuple(self._workers):
            self._dismiss(worker)
        self._selector.close()

    @contextmanager
    def planting(self, files: Mapping[str, bytes]) -> Iterator[None]:
        """For a while these files, by path, are read instead of what is on the disk. The disk is not touched."""
        self._planted = files
        try:
            yield
        finally:
            self._planted = {}

    @property
    def cache(self) -> "Cache | None":
        """What is known from earlier runs of files as they are: to be asked first, and told what is new."""
        return None if self._planted else self._cache

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers that live."""
        return tuple(worker.process.pid or 0 for worker in self._workers)

    def answers(self, demands_by_path: Demands) -> Iterator[Found]:
        """What each file holds, in the order in which the workers are done. Raises ``WorkerError``."""
        self.read.update(demands_by_path)
        began = time.perf_counter()
        most_workers = max(1, min(self._jobs, len(demands_by_path) // _WORTH_A_WORKER))
        work = Work(
            demands_by_path, deque(sorted(demands_by_path)), most_workers, self._planted, parsed=self.parsed
        )
        checked = time.monotonic()
        try:
            while work.queue or self._busy():
                self._hand_out(work)
                for key, _ in self._selector.select(_BETWEEN_CHECKS_S):
                    yield from map(work.completed, self._listen(key.data, work))
                elapsed = time.monotonic() - checked
                if elapsed >= _BETWEEN_CHECKS_S:
                    checked += elapsed
                    self._forgive(elapsed)
                    yield from map(work.completed, self._check(work))
                if self._stopping():
                    yield from self._stop(work)
        finally:
            if demands_by_path:
                self.rounds.append((began, time.perf_counter(), len(demands_by_path)))
            for worker in self._busy():
                self._dismiss(worker)

    def _stop(self, work: Work) -> Iterator[Found]:
        """Let go of all that is not done."""
        self.is_stopped = True
        busy = self._busy()
        left = [*(path for worker in busy for path in worker.in_flight), *work.queue]
        work.queue.clear()
        for worker in busy:
            self._dismiss(worker)
        for path in left:
            yield (
                path,
                unread(path, Reason.INTERRUPTED, "archlint was interrupted before it had read the file"),
            )

    def _busy(self) -> list[Worker]:
        return [worker for worker in self._workers if worker.in_flight]

    def _hand_out(self, work: Work) -> None:
        for worker in self._workers:
            if work.queue and not worker.in_flight:
                _assign(worker, work)
        while work.queue and len(self._workers) < work.most_workers:
            worker = start(self._tree, self._limits, self._workers)
            self._workers.append(worker)
            self._selector.register(worker.connection, selectors.EVENT_READ, worker)
            _assign(worker, work)

    def _listen(self, worker: Worker, work: Work) -> Iterator[Found]:
        try:
            for message in worker.receive():
                yield from _settle(worker, message, work)
        except (EOFError, msgspec.MsgspecError):
            yield from self._bury(worker, work)

    def _forgive(self, elapsed: float) -> None:
        """Not count the time for which nobody looked: a run that was stopped had its workers stopped too."""
        if elapsed > _STOPPED_S:
            for worker in self._workers:
                worker.since += elapsed

    def _check(self, work: Work) -> Iterator[Found]:
        """Kill the workers that overrun."""
        for worker in tuple(self._workers):
            elapsed = time.monotonic() - worker.since
            if not worker.is_ready:
                if elapsed > _LONGEST_START_S:
                    yield from self._bury(worker, work)
            elif worker.in_flight and (cause := self._overrun(worker, elapsed)):
                yield from self._bury(worker, work, cause)

    def _overrun(self, worker: Worker, elapsed: float) -> Facts | None:
        """What a file that costs too much is put down as."""
        path, limits = worker.in_flight[0], self._limits
        if elapsed > limits.file_seconds:
            message = f"not done after {limits.file_seconds:g} s; see [limits] file-seconds"
            return unread(path, Reason.TIMEOUT, message)
        if worker.memory() > limits.memory_bytes:
            message = f"takes more than {limits.memory_bytes:,} bytes of memory; see [limits] memory-bytes"
            return unread(path, Reason.MEMORY, message)
        return None

    def _bury(self, worker: Worker, work: Work, cause: Facts | None = None) -> Iterator[Found]:
        """End a worker and settle what it leaves. ``cause`` is the file for which it is killed, if it is."""
        worker.kill()
        try:
            while True:  # to what it still managed to send
                for message in worker.receive():
                    yield from _settle(worker, message, work)
        except (EOFError, msgspec.MsgspecError):
            pass
        if worker.in_flight and cause and cause.path == worker.in_flight[0]:
            yield from work.give_up(worker.in_flight.popleft(), cause)
        elif cause is None:
            yield from _autopsy(worker, work)
        work.put_back(worker.in_flight)
        worker.in_flight.clear()
        self._dismiss(worker)

    def _dismiss(self, worker: Worker) -> None:
        self._workers.remove(worker)
        self._selector.unregister(worker.connection)
        worker.close()


def _assign(worker: Worker, work: Work) -> None:
    paths, batch = work.next_batch()
    try:
        worker.assign(paths, batch)
    except OSError:  # it is dead, which the next look at its connection tells
        work.put_back(paths)


def _settle(worker: Worker, message: Message, work: Work) -> Iterator[Found]:
    """The answer in a message. Raises EOFError at one that nobody asked for."""
    if isinstance(message, Ready):
        worker.greet()
        return
    if len(worker.in_flight) < (len(message.digests) if isinstance(message, Bare) else 1):
        raise EOFError
    work.deaths = 0
    if isinstance(message, Bare):
        yield from (
            (path, Facts(path, digest))
            for path, digest in [(worker.in_flight.popleft(), digest) for digest in message.digests]
        )
        return
    path = worker.in_flight.popleft()
    if isinstance(message, Failed):
        error = WorkerError(f"{path}: archlint failed on this file")
        error.add_note(message.traceback)
        raise error
    if isinstance(message, Analysed):
        if message.is_parsed:
            work.parsed.add(path)
        yield path, _named(path, message.facts)
    else:
        yield path, Exclusion(path, message.reason, message.digest)


def _named(path: str, facts: Facts) -> Facts:
    """The facts under the path as it was asked for; a worker escapes what is not UTF-8."""
    if facts.path == path:
        msgspec.structs.force_setattr(facts, "path", path)  # one text in place of two
        return facts
    problems = tuple(msgspec.structs.replace(problem, path=path) for problem in facts.problems)
    return msgspec.structs.replace(facts, path=path, problems=problems)


def _autopsy(worker: Worker, work: Work) -> Iterator[Found]:
    """What the death of a worker means for its file; left in flight, the file is handed out again."""
    if not worker.in_flight:
        return
    path = worker.in_flight[0]
    if not worker.is_ready or worker.retired:
        work.mourn(worker)
    elif worker.was_killed_from_outside and path not in work.retried:
        work.retried.add(path)
        work.mourn(worker)
    else:
        worker.in_flight.popleft()
        cause = unread(path, Reason.CRASH, f"the process that read it died ({worker.end})")
        yield from work.give_up(path, cause)
