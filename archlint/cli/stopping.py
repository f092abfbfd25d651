"""Signals that a run answers with what it found so far."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from archlint.cli.guard import INTERRUPTED, TERMINATED, heard, interrupt, say

_PATIENCE_S = 0.7


class Stop:
    """Whether a run was told to stop, and by which signal. The first lets it tell what it knows."""

    def __init__(self) -> None:
        self.signal = 0

    def is_asked(self) -> bool:
        """Whether there was a signal."""
        return self.signal != 0

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Take note of a signal; after another, or when the patience is at an end, end at once."""
        if self.signal:
            interrupt(self.signal, frame)
        self.signal = number
        _set_alarm(_PATIENCE_S)

    def exit_code(self, otherwise: int) -> int:
        """The code to leave with once all is told, which is said if the run was stopped."""
        if not self.signal:
            return otherwise
        told = "interrupted" if self.signal == signal.SIGINT else "terminated"
        say(f"{told}; the report holds what was found until then")
        return INTERRUPTED if self.signal == signal.SIGINT else TERMINATED


@contextmanager
def stoppable() -> Iterator[Stop]:
    """While a run goes on, what is to stop it. Afterwards a signal ends what is done at once."""
    stop = Stop()
    for each in heard():
        signal.signal(each, stop.hear)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, stop.hear)
    try:
        yield stop
    finally:
        _set_alarm(0)
        for each in heard():
            signal.signal(each, interrupt)


def _set_alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
