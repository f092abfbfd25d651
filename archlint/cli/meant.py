"""What options mean, whoever read them."""

import os
from collections.abc import Iterable

from archlint.errors import ConfigError, Mistake


def processes(jobs: int) -> int:
    """How many worker processes ``--jobs`` asks for."""
    return jobs or os.cpu_count() or 1


def names(options: Iterable[str] | None) -> tuple[str, ...]:
    """Comma-separated names. An empty option (an unset variable in CI) stays a name, and no rule is called so."""
    return tuple(name.strip() for option in options or () for name in option.split(","))


def check_format(name: str, formats: Iterable[str]) -> None:
    """Raise ``ConfigError`` unless ``name`` is among the formats."""
    if name not in formats:
        raise ConfigError((Mistake(f"unknown format '{name}'", f"known: {', '.join(formats)}"),))
