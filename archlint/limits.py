"""How much one file may cost. Each bound has a measured reason; each can be set in ``[limits]``."""

from contextvars import ContextVar

import msgspec


class Limits(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The bounds of a run. A file over one becomes a problem that names the bound."""

    read_bytes: int = 33_554_432
    """Bytes of a file that are read at all; searching text costs about 1 s a GB."""
    parse_bytes: int = 1_048_576
    """Bytes of a file that are parsed: 1 MB of minified code takes about 0.9 s and 120 MB."""
    file_seconds: float = 10.0
    """Seconds a worker may spend on one file: error recovery is quadratic on garbage (0.3 MB: 31 s)."""
    memory_bytes: int = 805_306_368
    """Resident memory of one worker beyond what it starts with: 50 MB on one line take over 6 GB."""
    depth: int = 1_000
    """Values in values, or nodes of a syntax tree, that are followed: of 1,152 files of scripts the deepest had 53."""
    pattern_steps: int = 1_000_000
    """Steps of about 1 µs that a code pattern may take in a file, beside 8 a byte: some would take hours."""
    pattern_matches: int = 10_000
    """Places in one file that a code pattern may mean; nobody reads more."""


LIMITS: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039 -- a frozen value
"""The bounds in force in a worker process, which sets them once, before it reads anything."""


def max_depth() -> int:
    """The nesting that is followed."""
    return LIMITS.get().depth


def too_deep() -> str:
    """What is said of what is nested deeper."""
    return f"nested deeper than {max_depth():,}; what is below was not judged, see [limits] depth"
