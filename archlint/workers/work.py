"""What is left to do of the files that workers were asked about. Starts no process."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from archlint.facts import Demand, Facts
from archlint.model import Exclusion, Extent
from archlint.searches import TextDemand
from archlint.workers.process import Worker
from archlint.workers.serve import Batch

_LARGEST_BATCH = 128
_MOST_DEATHS = 20

Demands = Mapping[str, tuple[Demand, ...]]
Found = tuple[str, Facts | Exclusion]


class WorkerError(RuntimeError):
    """A mistake in archlint, or a machine that lets no worker live. Never a file's fault."""


class Work(msgspec.Struct):
    """What is left to do of one call, and what went wrong so far."""

    demands_by_path: Demands
    queue: deque[str]
    most_workers: int
    planted: Mapping[str, bytes]
    retried: set[str] = msgspec.field(default_factory=set)
    parsed: set[str] = msgspec.field(default_factory=set)
    given_up: dict[str, Facts] = msgspec.field(default_factory=dict)
    """The files that cost too much, with what is said of each; only their text is still searched."""
    deaths: int = 0
    """Of workers since the last answer, as far as no file is to blame."""

    def next_batch(self) -> tuple[list[str], Batch]:
        """The next files: fewer towards the end, so that all workers end at about the same time."""
        share = len(self.queue) // (4 * self.most_workers)
        paths = [self.queue.popleft() for _ in range(max(1, min(share, _LARGEST_BATCH)))]
        # Files of one scope share their demands: each list of them is sent once a batch.
        numbers: dict[tuple[int, ...], int] = {}
        lists: list[tuple[Demand, ...]] = []
        orders: list[tuple[bytes, int]] = []
        for path in paths:
            demands = self._demands(path)
            number = numbers.setdefault(tuple(map(id, demands)), len(lists))
            if number == len(lists):
                lists.append(demands)
            orders.append((os.fsencode(path), number))
        planted = {os.fsencode(path): self.planted[path] for path in paths if path in self.planted}
        return paths, Batch(tuple(lists), tuple(orders), planted)

    def _demands(self, path: str) -> tuple[Demand, ...]:
        asked = self.demands_by_path[path]
        return _of_text(asked) if path in self.given_up else asked

    def give_up(self, path: str, cause: Facts) -> Iterator[Found]:
        """Put a file down as unread, after its text was searched if that is asked for."""
        if path in self.given_up or not _of_text(self.demands_by_path[path]):
            yield path, self.given_up.get(path, cause)
        else:
            self.given_up[path] = cause
            self.queue.appendleft(path)

    def completed(self, found: Found) -> Found:
        """An answer, with what it leaves open if the file was given up: no cache is to keep that."""
        path, answer = found
        cause = self.given_up.get(path)
        if cause is None or answer is cause or isinstance(answer, Exclusion):
            return found
        open_ = (msgspec.structs.replace(each, extent=Extent.PART) for each in cause.problems)
        return path, msgspec.structs.replace(answer, digest="", problems=(*open_, *answer.problems))

    def put_back(self, paths: Iterable[str]) -> None:
        """Files to be handed out next, in their order."""
        self.queue.extendleft(reversed(tuple(paths)))

    def mourn(self, worker: Worker) -> None:
        """Count a death that no file is to blame for. Raises ``WorkerError`` when it is one too many."""
        self.deaths += 1
        if self.deaths > _MOST_DEATHS:
            raise WorkerError(f"{self.deaths} workers in a row died without reading a file ({worker.end})")


def _of_text(demands: tuple[Demand, ...]) -> tuple[Demand, ...]:
    """Those of the demands for which no file is parsed."""
    return tuple(demand for demand in demands if isinstance(demand, TextDemand))
