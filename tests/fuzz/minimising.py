"""Makes a find as small as it gets: whatever can be left out of it without losing the fault is left out."""

import time
from collections.abc import Callable

_SECONDS = 20.0


def minimised(data: bytes, is_same: Callable[[bytes], bool]) -> bytes:
    """The smallest input found within some seconds that shows the same: first by lines, then by bytes."""
    end = time.monotonic() + _SECONDS
    for split in (
        lambda text: text.splitlines(keepends=True),
        lambda text: [text[i : i + 1] for i in range(len(text))],
    ):
        pieces: list[bytes] = split(data)
        size = max(len(pieces) // 2, 1)
        while size and time.monotonic() < end:
            pieces, shrank = _without_runs(pieces, size, lambda kept: is_same(b"".join(kept)), end)
            if not shrank:
                size //= 2
            size = min(size, len(pieces))
        data = b"".join(pieces)
    return data


def _without_runs(
    pieces: list[bytes], size: int, is_same: Callable[[list[bytes]], bool], end: float
) -> tuple[list[bytes], bool]:
    shrank, at = False, 0
    while at < len(pieces) and time.monotonic() < end:
        kept = pieces[:at] + pieces[at + size :]
        if is_same(kept):
            pieces, shrank = kept, True
        else:
            at += size
    return pieces, shrank
