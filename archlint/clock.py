"""How long each stage takes, and which day it is. The only module that reads a clock for the report."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime


def today() -> date:
    """The day it is in UTC: the same at every desk and in CI."""
    return datetime.now(UTC).date()


class Clock:
    """Wall time by stage, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside as stage ``name``."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started
