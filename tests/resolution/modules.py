"""The boundary of module resolution for tests: a tree as texts in, where specifiers lead out."""

import json
from collections.abc import Mapping

from archlint.facts import EntryDemand, Facts
from archlint.languages import language_of
from archlint.model import Scope
from archlint.project import Project
from archlint.project.modules import Manner, Modules, Target, config_demand
from archlint.source import Source

ANYTHING = Scope()
Tree = Mapping[str, object]
Aliases = Mapping[str, Mapping[str, tuple[str, ...]]]


def written(content: object) -> str:
    """A file's text: what is no text is written as JSON."""
    return content if isinstance(content, str) else json.dumps(content)


def project_of(files: Tree, aliases: Aliases | None = None) -> Project:
    """The project after the rounds of questions that resolution asks."""
    project = Project(tuple(sorted(files)), {}, aliases=aliases or {})
    for _ in range(8):
        asked = [each for each in config_demand(project) if isinstance(each, EntryDemand)]
        paths = {path for demand in asked for path in project.files(demand.scope)}
        fresh = paths - set(project.facts_by_path)
        if not fresh:
            break
        project = project.knowing({path: _read(path, written(files[path])) for path in fresh})
    return project


def _read(path: str, text: str) -> Facts:
    return language_of(path).read(Source(path, text.encode()), (EntryDemand(ANYTHING),))


def modules(files: Tree, aliases: Aliases | None = None) -> Modules:
    return Modules(project_of(files, aliases))


def target(files: Tree, importer: str, specifier: str, manner: Manner = Manner.IMPORT) -> Target:
    return modules({importer: "", **files}).resolve(importer, specifier, manner)


def path(files: Tree, specifier: str, importer: str = "src/main.ts", manner: Manner = Manner.IMPORT) -> str:
    """The file that a specifier leads to, or what it leads to instead: ``outside NAME``, ``lost``."""
    found = target(files, importer, specifier, manner)
    if found.path is not None:
        return found.path
    return f"outside {found.package}" if found.is_outside else "lost"


def empty(*paths: str) -> dict[str, object]:
    """Files with nothing in them."""
    return dict.fromkeys(paths, "")
