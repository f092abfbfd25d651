"""Folders that are judged each by itself, and the files in them."""

from collections.abc import Iterator

from archlint.project import Project
from archlint.project.modules.places import around, below, child, parent
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
    if not container:
        return project.selected(selector)
    if not selector.startswith(ZONE):
        return project.selected(child(container, selector))
    return frozenset(path for path in project.selected(selector) if below(container, path) is not None)
