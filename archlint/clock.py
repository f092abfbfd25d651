"""How long everything takes, and which day it is. The only module that reads a clock for the report."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime

from archlint.laps import Lap, Part


def today() -> date:
    """The day it is in UTC: the same at every desk and in CI."""
    return datetime.now(UTC).date()


class Clock:
    """The laps of a run, in the order in which they ended. It starts when it is made."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.laps: list[Lap] = []

    @contextmanager
    def lap(self, part: Part, name: str) -> Iterator[None]:
        """Time what runs inside."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.laps.append(Lap(part, name, began - self.began, time.perf_counter() - began))

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Time what runs inside as a stage of the run."""
        return self.lap(Part.STAGE, name)

    def rule(self, name: str) -> AbstractContextManager[None]:
        """Time what runs inside as the judgement of a rule."""
        return self.lap(Part.RULE, name)
