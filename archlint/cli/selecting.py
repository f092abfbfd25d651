"""Which files of a surveyed tree the arguments of ``graph`` and ``why`` mean."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from archlint.cli.meant import processes
from archlint.cli.progress import progress
from archlint.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from archlint.survey import Survey


def surveyed(root: Path | None, config: Path | None, jobs: int) -> "Survey":
    """The graph of the tree around the working directory. What was not read whole is told on standard error."""
    from archlint.reporters.wording import problem_line
    from archlint.run import Request
    from archlint.survey import survey

    request = Request(cwd=Path.cwd(), root=root, config=config, jobs=processes(jobs))
    with progress(quiet=False) as tell:
        found = survey(request, tell)
    for problem in found.problems:
        typer.echo(problem_line(problem), err=True)
    return found


def selected(found: "Survey", selector: str) -> frozenset[str]:
    """The files that a path, a glob or ``zone:NAME`` means. Raises ``ConfigError`` if there is none.

    A path or glob is looked for from the working directory; if nothing is there, from the root, as reports write paths.
    """
    from archlint.config.words import did_you_mean, suggest
    from archlint.project.project import ZONE
    from archlint.scope import BadGlobError, check_glob

    if selector.startswith(ZONE):
        name = selector.removeprefix(ZONE)
        if name not in found.project.zones:
            hint = suggest(name, found.project.zones) or "archlint.toml names no zones"
            raise ConfigError((Mistake(f"no zone is called '{name}'", hint, page="reference/config"),))
        return found.project.selected(selector)
    for place in _places(found.root, selector):
        if not place:
            return frozenset(found.project.paths)
        try:
            check_glob(place)
        except BadGlobError as error:
            raise ConfigError((Mistake(f"bad path '{selector}': {error}"),)) from None
        if files := found.project.selected(place):
            return files
    hint = (
        did_you_mean(selector, found.project.paths)
        or "paths are from the working directory, or from the root"
    )
    raise ConfigError((Mistake(f"no file matches '{selector}'", hint),))


def _places(root: Path, selector: str) -> Iterator[str]:
    """What a path means below the root; '' for the root itself."""
    whole = os.path.normpath(Path.cwd() / selector)
    relative = os.path.relpath(whole, os.path.realpath(root))
    is_inside = relative.partition("/")[0] != ".."
    is_from_here = selector.startswith(("/", "./", "../")) or selector in (".", "..")
    if is_inside:
        yield "" if relative == "." else relative
    elif is_from_here:
        raise ConfigError(
            (Mistake(f"{selector}: outside the root {root}", "give --root, or paths below it"),)
        )
    if not is_from_here:
        yield os.path.normpath(selector)
