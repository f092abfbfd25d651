"""What of the configuration and of the tree a run is confined to."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archlint.errors import ConfigError, Mistake
from archlint.model import Finding, Listing, Rule


def chosen_rules(
    rules: tuple[Rule[Any], ...], select: Iterable[str], ignore: Iterable[str]
) -> tuple[Rule[Any], ...]:
    """The rules named by ``select`` (all if none is) without those named by ``ignore``.

    Raises ``ConfigError`` for a name that is no rule's, and if no rule is left.
    """
    select, ignore = tuple(select), tuple(ignore)
    known = [rule.id for rule in rules]
    mistakes = tuple(_unknown(name, known) for name in (*select, *ignore) if name not in known)
    if mistakes:
        raise ConfigError(mistakes)
    chosen = tuple(rule for rule in rules if (not select or rule.id in select) and rule.id not in ignore)
    if not chosen:
        raise ConfigError((Mistake("no rule is left to check after --select and --ignore"),))
    return chosen


def _unknown(name: str, known: list[str]) -> Mistake:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    return Mistake(
        f"no rule is called '{name}'", f"did you mean '{close[0]}'?" if close else "see: archlint rules"
    )


def chosen_files(listing: Listing, root: Path, cwd: Path, paths: Iterable[str]) -> frozenset[str] | None:
    """The listed files at or below the given paths; None if none is given, which means all.

    Raises ``ConfigError`` for a path that does not exist or lies outside the root.
    """
    paths = tuple(paths)
    if not paths:
        return None
    mistakes = tuple(mistake for path in paths if (mistake := _mistake(path, root, cwd)) is not None)
    if mistakes:
        raise ConfigError(mistakes)
    relative = [(cwd / path).resolve().relative_to(root.resolve()).as_posix() for path in paths]
    listed = (*listing.paths, *(exclusion.path for exclusion in listing.exclusions))
    return frozenset(path for path in listed if any(_is_below(path, folder) for folder in relative))


def _mistake(path: str, root: Path, cwd: Path) -> Mistake | None:
    if not (cwd / path).exists():
        return Mistake(f"{path}: no such file or directory")
    if not (cwd / path).resolve().is_relative_to(root.resolve()):
        return Mistake(f"{path}: outside the root {root}", "give --root, or paths below it")
    return None


def _is_below(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")


def confined(
    findings: tuple[Finding, ...], listing: Listing, chosen: frozenset[str] | None
) -> tuple[Finding, ...]:
    """The findings in the chosen files, and those that stand in no listed file (a rule's, a missing path's)."""
    if chosen is None:
        return findings
    elsewhere = frozenset(listing.paths) - chosen
    return tuple(finding for finding in findings if finding.place.path not in elsewhere)
