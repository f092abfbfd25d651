"""Path aliases of ``tsconfig.json`` and ``jsconfig.json`` that no import is written with."""

from collections import defaultdict
from collections.abc import Iterator

from archlint.facts import Entry
from archlint.model import Hit, Place
from archlint.project import Project
from archlint.project.graph import graph_of, modules_of
from archlint.project.modules import is_config

_PATHS = ("compilerOptions", "paths")


def unused_aliases(paths: tuple[str, ...], project: Project) -> Iterator[Hit]:
    """A hit at each alias of these configurations that no file which they, or what extends them, govern uses.

    Nothing is said of a configuration that governs a file which could not be read whole.
    """
    used_under = _specifiers(project)
    for path in sorted(path for path in paths if is_config(path)):
        facts = project.facts_by_path.get(path)
        for entry in facts.entries if facts is not None else ():
            if entry.path[:-1] == _PATHS and not _is_used(entry, used_under.get(path)):
                alias = entry.path[-1]
                fields = {"from": path, "to": "", "specifier": alias}
                text = f"no import is written with the alias '{alias}'"
                yield Hit(Place(path, entry.key_span), text, f"alias {alias}", fields)


def _is_used(entry: Entry, specifiers: frozenset[str] | None) -> bool:
    """Whether one of the specifiers is written with the alias; None stands for all that there can be."""
    start, star, end = entry.path[-1].partition("*")
    if specifiers is None:
        return True
    if not star:
        return start in specifiers
    return any(each.startswith(start) and each.endswith(end) for each in specifiers)


def _specifiers(project: Project) -> dict[str, frozenset[str] | None]:
    """What is imported by the files that each configuration governs, itself or by being extended."""
    modules, found = modules_of(project), defaultdict[str, set[str]](set)
    for edge in graph_of(project).edges:
        for config in modules.configs_of(edge.source):
            found[config].add(edge.reference.target)
    blind = {
        config
        for path, facts in project.facts_by_path.items()
        if facts.problems
        for config in modules.configs_of(path)
    }
    governing = {config for path in project.paths for config in modules.configs_of(path)}
    return {config: None if config in blind else frozenset(found[config]) for config in governing}
