"""How much one file may cost. Each bound has a measured reason; each can be set in ``[limits]``."""

import msgspec


class Limits(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The bounds of a run. A file over one becomes a problem that names the bound."""

    read_bytes: int = 33_554_432
    """Bytes of a file that are read at all; searching text costs about 1 s a GB."""
    parse_bytes: int = 1_048_576
    """Bytes of a file that are parsed: 1 MB of minified code takes about 0.9 s and 120 MB."""
    file_seconds: float = 10.0
    """Seconds a worker may spend on one file: error recovery is quadratic on garbage (0.3 MB: 31 s)."""
    memory_bytes: int = 1_073_741_824
    """Resident memory of one worker: 50 MB on one line take over 6 GB."""
