"""Which rules are tried: those written in the files and folders that the user names."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archlint.config import Config
from archlint.errors import ConfigError, Mistake
from archlint.model import Rule


def written_in(config: Config, cwd: Path, paths: Iterable[str]) -> tuple[Rule[Any], ...]:
    """The rules of ``config`` that are written at or below ``paths``; all if none is given.

    Raises ``ConfigError`` for a path that holds no rule in force.
    """
    chosen: dict[str, Rule[Any]] = {}
    mistakes: list[Mistake] = []
    for path in paths:
        found = [rule for rule in config.rules if _is_below(rule.origin.path, path, config.root, cwd)]
        chosen |= {rule.id: rule for rule in found}
        if not found:
            hint = "archlint rules shows where each rule is written"
            mistakes.append(Mistake(f"{path}: no rule that is in force is written there", hint))
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return tuple(rule for rule in config.rules if rule.id in chosen) if chosen else config.rules


def _is_below(shown: str, path: str, root: Path, cwd: Path) -> bool:
    """Whether a rule file, as messages name it, is ``path`` or below it."""
    asked = (cwd / path).resolve()
    return any((folder / shown).resolve().is_relative_to(asked) for folder in (root, cwd))
