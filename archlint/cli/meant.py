"""What options mean, whoever read them."""

import os
from collections.abc import Iterable

from archlint.errors import ConfigError, Mistake


def processes(jobs: int) -> int:
    """How many worker processes ``--jobs`` asks for. Raises ``ConfigError``."""
    if jobs < 0:
        raise ConfigError((Mistake("--jobs: expected a whole number, 0 or more"),))
    return jobs or os.cpu_count() or 1


def names(options: Iterable[str] | None) -> tuple[str, ...]:
    """Comma-separated names. An empty option (an unset variable in CI) stays a name, and no rule is called so."""
    return tuple(name.strip() for option in options or () for name in option.split(","))


def check_format(name: str, formats: Iterable[str]) -> None:
    """Raise ``ConfigError`` unless ``name`` is among the formats."""
    if mistakes := format_mistakes(name, formats):
        raise ConfigError(mistakes)


def format_mistakes(name: str, formats: Iterable[str], page: str = "") -> tuple[Mistake, ...]:
    """The mistake of a format that is not there."""
    known = tuple(formats)
    if name in known:
        return ()
    from archlint.config.words import did_you_mean

    hint = did_you_mean(name, known).replace('"', "'") or f"known: {', '.join(known)}"
    return (Mistake(f"unknown format '{name}'", hint, page=page),)
