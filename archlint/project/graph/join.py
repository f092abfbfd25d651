"""Joins the references of all files to one graph."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice

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

_MOST_GLOBS = 100  # in one file
_MOST_GLOBBED = 5_000
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
    leads = _Leads(project)
    for path in sorted(project.facts_by_path):
        for reference in project.facts_by_path[path].references:
            yield from leads.of(path, reference)


class _Leads:
    """Tells references by what they lead to."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._modules = modules_of(project)
        self._globs: Counter[str] = Counter()

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(self._project.paths)

    @cached_property
    def _python(self) -> PythonModules:
        return PythonModules(self._paths)

    def of(self, path: str, reference: Reference) -> Iterator[Edge]:
        """The edges that a reference in a file stands for."""
        target = reference.target
        if path.endswith(SUFFIXES):
            found = self._python.resolve(path, target, reference.names)
            yield from (Edge(path, reference, leads, names) for leads, names in found)
        elif reference.link is Link.GLOB:
            found_files = self._globbed(path, target) or (None,)
            yield from (Edge(path, reference, Target(each), reference.names) for each in found_files)
        elif reference.link is Link.STYLESHEET and path.endswith(HOLDERS):
            yield Edge(path, reference, style_target(self._modules, self._paths, path, target))
        else:
            leads = self._modules.resolve(path, target, _manner(reference))
            yield Edge(path, reference, leads, reference.names)

    def _globbed(self, path: str, glob: str) -> tuple[str, ...]:
        """The files that a pattern means to the bundler, other than the one it stands in."""
        self._globs[path] += 1
        package = self._modules.packages.nearest(parent(path))
        from_root = glob.startswith("/")
        base = (package.folder if package else "") if from_root else parent(path)
        place = inside(base, glob.lstrip("/") if from_root else glob)
        if place is None or self._globs[path] > _MOST_GLOBS:
            return ()
        try:
            check_glob(place)
        except BadGlobError:
            return ()
        return tuple(islice(sorted(self._project.selected(place) - {path}), _MOST_GLOBBED))


def _manner(reference: Reference) -> Manner:
    if reference.link in _ADDRESSES:
        return Manner.URL
    if reference.link is Link.REQUIRE:
        return Manner.REQUIRE
    return Manner.TYPE if reference.is_type or reference.link is Link.TYPE else Manner.IMPORT
