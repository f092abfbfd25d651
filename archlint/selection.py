"""What of the configuration and of the tree a run is confined to."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archlint.config.settings import Config
from archlint.errors import ConfigError, Mistake
from archlint.git.stored import PASSED_OVER
from archlint.model import Finding, Listing, Rule
from archlint.project import Project
from archlint.request import Request
from archlint.source import Tree


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

    if not name:
        return Mistake("--select or --ignore names no rule: it is empty", "leave the option out")
    close = get_close_matches(name, known, n=1)
    return Mistake(
        f"no rule is called '{name}'", f"did you mean '{close[0]}'?" if close else "see: archlint rules"
    )


def project_of(listing: Listing, config: Config) -> Project:
    """The files listed, under the names that the configuration has for them. Nothing of them is known yet."""
    return Project(listing.paths, config.zones, left_out=listing.left_out, aliases=config.aliases)


def heard(rules: tuple[Rule[Any], ...], findings: tuple[Finding, ...]) -> tuple[Rule[Any], ...]:
    """The rules that have something to say: those of ``findings``, or all if one speaks of the rules themselves."""
    speaking = {finding.rule for finding in findings}
    named = tuple(rule for rule in rules if rule.id in speaking)
    return named if len(named) == len(speaking) else rules


def chosen_files(listing: Listing, tree: Tree, root: Path, request: Request) -> frozenset[str] | None:
    """The listed files at or below the given paths; None if none is given, which means all.

    ``root`` is the folder that ``tree`` is, or is a version of. Raises ``ConfigError`` for a path that does not exist
    or lies outside the root.
    """
    if not request.paths:
        return None
    listed = (*listing.paths, *(exclusion.path for exclusion in listing.exclusions))
    found = [_at(request.cwd / path, path, listed, tree, root.resolve()) for path in request.paths]
    mistakes = tuple(each for each in found if isinstance(each, Mistake))
    if mistakes:
        raise ConfigError(mistakes)
    return frozenset[str]().union(*(each for each in found if not isinstance(each, Mistake)))


def _at(place: Path, given: str, listed: tuple[str, ...], tree: Tree, root: Path) -> set[str] | Mistake:
    """What of ``listed`` stands at ``place`` or below."""
    on_disk = isinstance(tree, Path)
    if on_disk and not place.exists():
        return Mistake(f"{given}: no such file or directory", _meant(place, given, root))
    if not place.resolve().is_relative_to(root):
        return Mistake(f"{given}: outside the root {root}", "give --root, or paths below it")
    folder = place.resolve().relative_to(root).as_posix()
    found = {each for each in listed if _is_below(each, folder)}
    passed_over = not PASSED_OVER.isdisjoint(folder.split("/"))
    return found if found or on_disk or passed_over else Mistake(f"{given}: not in git's index", "git add it")


def _meant(place: Path, given: str, root: Path) -> str:
    """What may be meant by a path at which nothing is."""
    from archlint.config.files import near

    if (root / given).exists() and not Path(given).is_absolute():
        return f"paths are from the working directory: {os.path.relpath(root / given, place.cwd())}"
    if set(given) & set("*?[{"):
        return "name files and folders; a glob is for the shell to expand, or for `files` of a rule"
    folder = os.path.dirname(given)  # noqa: PTH120 -- as it is given
    return near(place).replace('"', f'"{folder}/', 1) if folder else near(place)


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
