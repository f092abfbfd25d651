"""Joins the references of all files to one graph."""

from collections.abc import Iterator
from itertools import chain

from archlint.facts import Demand, Link, Reference, ReferenceDemand
from archlint.model import Scope
from archlint.project.graph.edges import Edge, Graph
from archlint.project.graph.python import SUFFIXES, PythonModules
from archlint.project.graph.running import running_demand, running_edges
from archlint.project.graph.styles import HOLDERS, style_target
from archlint.project.modules import Manner, Modules, Target, config_demand
from archlint.project.modules.places import inside, parent
from archlint.project.project import Project
from archlint.scope import BadGlobError, check_glob

_ADDRESSES = frozenset({Link.SCRIPT, Link.STYLESHEET, Link.ASSET})


def graph_of(project: Project) -> Graph:
    """The graph of what is known of a project; joined once."""
    return project.once(_join)


def modules_of(project: Project) -> Modules:
    """Where specifiers lead in a project; made once."""
    return project.once(Modules)


def graph_demand(project: Project) -> tuple[Demand, ...]:
    """What to ask of the tree for its whole graph; to be asked again until nothing is added."""
    return (ReferenceDemand(Scope()), *project.once(config_demand), *project.once(running_demand))


def _join(project: Project) -> Graph:
    return Graph(project.paths, chain(_edges(project), running_edges(project)))


def _edges(project: Project) -> Iterator[Edge]:
    modules = modules_of(project)
    paths = frozenset(project.paths)
    python: PythonModules | None = None
    for path in sorted(project.facts_by_path):
        references = project.facts_by_path[path].references
        if references and path.endswith(SUFFIXES):
            python = python or PythonModules(paths)
        for reference in references:
            if path.endswith(SUFFIXES) and python is not None:
                leads = python.resolve(path, reference.target, reference.names)
                yield from (Edge(path, reference, target, names) for target, names in leads)
            elif reference.link is Link.GLOB:
                yield from _globbed(project, path, reference)
            elif reference.link is Link.STYLESHEET and path.endswith(HOLDERS):
                yield Edge(path, reference, style_target(modules, paths, path, reference.target))
            else:
                yield _edge(modules, path, reference)


def _globbed(project: Project, path: str, reference: Reference) -> Iterator[Edge]:
    """The files that a pattern means to the bundler, other than the one it stands in."""
    package = modules_of(project).packages.nearest(parent(path))
    from_root = reference.target.startswith("/")
    base = (package.folder if package else "") if from_root else parent(path)
    place = inside(base, reference.target.lstrip("/") if from_root else reference.target)
    try:
        check_glob(place or "")
    except BadGlobError:
        yield Edge(path, reference, Target())
        return
    for target in sorted(project.selected(place or "") - {path}):
        yield Edge(path, reference, Target(target), reference.names)


def _edge(modules: Modules, path: str, reference: Reference) -> Edge:
    return Edge(path, reference, modules.resolve(path, reference.target, _manner(reference)), reference.names)


def _manner(reference: Reference) -> Manner:
    if reference.link in _ADDRESSES:
        return Manner.URL
    if reference.link is Link.REQUIRE:
        return Manner.REQUIRE
    return Manner.TYPE if reference.is_type or reference.link is Link.TYPE else Manner.IMPORT
