"""Folders that are judged each by itself, and the files in them."""

from bisect import bisect_left
from collections.abc import Iterator

from archlint.project import Project
from archlint.project.modules.places import around, below, parent
from archlint.project.project import ZONE
from archlint.scope import matching


def containers_of(globs: tuple[str, ...], project: Project) -> Iterator[str]:
    """The outermost folders that globs mean, sorted; the root alone, '', if there are no globs."""
    if not globs:
        yield ""
        return
    folders = project.once(_folders)
    matched = {folder for glob in globs for folder in matching(glob, folders)}
    yield from (
        each for each in sorted(matched) if not any(outer in matched for outer in around(parent(each)))
    )


def _folders(project: Project) -> tuple[str, ...]:
    found = {folder for place in {parent(path) for path in project.paths} for folder in around(place)}
    return tuple(sorted(found - {""}))


def contained(selector: str, container: str, project: Project) -> frozenset[str]:
    """The files in a container that a zone means, or a glob from there."""
    if selector.startswith(ZONE):
        within = project.selected(selector)
        return frozenset(path for path in within if below(container, path) is not None)
    if not container:
        return project.selected(selector)
    relative = {path[len(container) + 1 :]: path for path in paths_in(container, project)}
    return frozenset(relative[each] for each in matching(selector, relative))


def paths_in(folder: str, project: Project) -> tuple[str, ...]:
    """The files below a folder other than the root."""
    start, stop = f"{folder}/", f"{folder}0"  # "0" comes after "/"
    return project.paths[bisect_left(project.paths, start) : bisect_left(project.paths, stop)]
