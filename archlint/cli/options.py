"""The options that several commands share, so that they read and behave the same in each."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from archlint.errors import ConfigError, Mistake

Root = Annotated[Path | None, typer.Option(help="The tree. Default: where the config is.")]
ConfigFile = Annotated[Path | None, typer.Option(help="The archlint.toml to use. Default: search upwards.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", help="Worker processes. 0: one a core.", min=0)]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write there instead of to stdout.")]
Select = Annotated[list[str] | None, typer.Option(help="Only this rule. Repeatable, or a,b.")]


def processes(jobs: int) -> int:
    """How many worker processes ``--jobs`` asks for."""
    return jobs or os.cpu_count() or 1


def names(options: list[str] | None) -> tuple[str, ...]:
    """Comma-separated names. An empty option (an unset variable in CI) stays a name, and no rule is called so."""
    return tuple(name.strip() for option in options or () for name in option.split(","))


def check_format(name: str, formats: Iterable[str]) -> None:
    """Raise ``ConfigError`` unless ``name`` is among the formats."""
    if name not in formats:
        raise ConfigError((Mistake(f"unknown format '{name}'", f"known: {', '.join(formats)}"),))
