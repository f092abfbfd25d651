"""Progress on a terminal, for runs that take over a second."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]
_PATIENCE_S = 1.0


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """A function to tell ``(done, total)`` to; it shows a bar on standard error once a second has passed."""
    # A dumb terminal cannot take back what it shows.
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _done, _total: None
        return
    bar = _Bar(time.monotonic() + _PATIENCE_S)
    try:
        yield bar.tell
    finally:
        bar.close()


class _Bar:
    def __init__(self, not_before: float) -> None:
        self._not_before = not_before
        self._close: Callable[[], None] = lambda: None
        self._update: Progress | None = None

    def tell(self, done: int, total: int) -> None:
        if self._update is None and time.monotonic() >= self._not_before:
            self._open(total)
        if self._update is not None:
            self._update(done, total)

    def close(self) -> None:
        self._close()

    def _open(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress as RichProgress

        shown = RichProgress(console=Console(stderr=True), transient=True)
        task = shown.add_task("reading files", total=total)
        shown.start()
        self._close = shown.stop
        self._update = lambda done, total: shown.update(task, completed=done, total=total)
