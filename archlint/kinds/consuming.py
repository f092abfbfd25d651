"""Who reads an artifact: files that name it, and files that get it through what they import."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from archlint.facts import ConstantDemand, Demand
from archlint.model import WHOLE_FILE, Hit, Place, Scope
from archlint.project import Project
from archlint.project.graph import Filter, graph_demand, graph_of
from archlint.project.graph.drawing import leading_to


def reading_demand(artifact: str, consumers: tuple[str, ...], project: Project) -> Iterator[Demand]:
    """Constants that name the artifact; where a consumer has none, and all is known so far, the import graph."""
    names = sorted({PurePosixPath(path).name for path in project.selected(artifact)})
    if not (consumers and names):
        return
    anyone = "|".join(map(re.escape, names))
    yield ConstantDemand(Scope(consumers), (tuple(names),), regex=rf"(?:.*/)?(?:{anyone})")
    is_known = any(facts.entries for facts in project.facts(Scope((artifact,))))
    if is_known and any(not _names(consumer, frozenset(names), project) for consumer in consumers):
        yield from graph_demand(project)


def not_reading(artifact: str, consumers: tuple[str, ...], project: Project) -> Iterator[Hit]:
    """A hit for each consumer of which no file reads the artifact."""
    artifacts = project.selected(artifact)
    names = frozenset(PurePosixPath(path).name for path in artifacts)
    for consumer in consumers:
        paths = project.files(Scope((consumer,)))
        if names and paths and not _names(consumer, names, project) and not _gets(paths, artifacts, project):
            text = f"no file of {consumer} reads {artifact}"
            fields = {"value": "", "name": "", "key": "", "artifact": artifact}
            yield Hit(Place(paths[0], WHOLE_FILE), text, f"consumer {consumer}", fields)


def _names(consumer: str, names: frozenset[str], project: Project) -> bool:
    """Whether a file of the consumer holds a constant that names the artifact, by import, ``fetch`` or otherwise."""
    values = (found.value for facts in project.facts(Scope((consumer,))) for found in facts.occurrences)
    return any(PurePosixPath(value).name in names for value in values)


def _gets(paths: tuple[str, ...], artifacts: frozenset[str], project: Project) -> bool:
    """Whether one of the files imports the artifact, itself or through others; types alone are nothing to read."""
    leading = leading_to(graph_of(project).kept(Filter(types=False)), artifacts)
    return not leading.isdisjoint(paths)
