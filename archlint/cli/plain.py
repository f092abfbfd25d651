"""The usual command lines of ``archlint check``, read at once: typer takes as long to load as all the rest.

Reads what can mean one thing only, and leaves everything else to typer, mistakes and help among it.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from archlint.cli.checking import Asked

_FLAGS = {
    "--staged": "staged",
    "--no-cache": "no_cache",
    "--show-suppressed": "show_suppressed",
    "--statistics": "statistics",
    "--quiet": "quiet",
    "-q": "quiet",
    "--verbose": "verbose",
    "-v": "verbose",
}
_PATHS = {
    "--root": "root",
    "--config": "config",
    "--output": "output",
    "-o": "output",
    "--profile": "profile",
}
_TEXTS = {"--format": "format", "-f": "format", "--since": "since", "--gate": "gate"}
_LISTS = {"--select": "select", "--ignore": "ignore", "--report": "report"}


def read(arguments: list[str], environment: Mapping[str, str] = os.environ) -> Asked | None:
    """What the arguments of ``archlint`` ask; None if typer should look at them."""
    # The shell asks for completions with a variable; on Windows typer expands globs.
    if arguments[:1] != ["check"] or "_ARCHLINT_COMPLETE" in environment or os.name != "posix":
        return None
    once: dict[str, str | bool | Path] = {}
    lists: dict[str, list[str]] = {name: [] for name in ("paths", *_LISTS.values())}
    rest = iter(arguments[1:])
    for argument in rest:
        name = _FLAGS.get(argument)
        if name:
            once[name] = True
        elif not argument.startswith("-"):
            lists["paths"].append(argument)
        elif not _takes(argument, next(rest, "-"), once, lists):
            return None
    return Asked(**once, **{name: tuple(values) for name, values in lists.items()})  # type: ignore[arg-type]


def _takes(option: str, value: str, once: dict[str, str | bool | Path], lists: dict[str, list[str]]) -> bool:
    """Take note of an option with its value, unless it is none that is known, or not plain."""
    if not value or value.startswith("-"):
        return False
    if option in _LISTS:
        lists[_LISTS[option]].append(value)
    elif option in _TEXTS:
        once[_TEXTS[option]] = value
    elif option in _PATHS:
        once[_PATHS[option]] = Path(value)
    return option in _LISTS or option in _TEXTS or option in _PATHS
