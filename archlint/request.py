"""What the user asks of a run."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from archlint.model import Severity


class Request(msgspec.Struct, frozen=True):
    """What the user asks for. Paths are as given, relative to ``cwd``."""

    cwd: Path
    root: Path | None = None
    config: Path | None = None
    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.ERROR
    incomplete_passes: bool = False
    shows_suppressed: bool = False
    today: date | None = None
    """The day by which suppressions run out; None for the day it is."""
    jobs: int = 1
    cache: bool = False
    """Whether to use what earlier runs found out about files on disk, and keep what this one does."""
    staged: bool = False
    """Whether git's index is checked, not the files on disk."""
    since: str | None = None
    """The ref of which only what came after it is told; None for everything."""
    ast_grep_rules: Path | None = None
    """The folder of ast-grep rules that are judged by, in place of the configuration's own."""
    gate: str | None = None
    """The ref by whose configuration and rules the tree is judged; None for its own."""
    overlay: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    """What to judge in place of what files on disk hold, by path."""
    stopping: Callable[[], bool] = lambda: False
    """Whether the run is to come to an end with what it knows; asked while files are read."""
