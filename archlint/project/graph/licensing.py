"""Under which licences the packages are that files import, and where that is stated."""

from collections.abc import Iterator
from itertools import islice

import msgspec

from archlint.facts import Demand, Entry, LicenceDemand
from archlint.model import Scope
from archlint.project.graph.declaring import is_of_npm, types_of
from archlint.project.graph.edges import Edge
from archlint.project.graph.join import graph_of, modules_of
from archlint.project.modules.places import around, below, child, parent
from archlint.project.project import Project

_LOCKS = ("package-lock.json", "npm-shrinkwrap.json")
_MOST_HOLDERS = 16
_STATING = Scope(tuple(f"**/{name}" for name in ("package.json", *_LOCKS)))


class Licensed(msgspec.Struct, frozen=True):
    """The licence of a package as it is stated, '' if it is not; and the path and line where."""

    text: str = ""
    where: str = ""


_UNKNOWN = Licensed()


def licence_demand(project: Project) -> tuple[Demand, ...]:
    """The licences that the tree states; once it is known what is imported, those of what is installed for it."""
    return project.once(_demand)


def _demand(project: Project) -> tuple[Demand, ...]:
    licensing = project.once(Licensing)
    wanted = {each for edge in graph_of(project).edges for each in licensing.wanted(edge)}
    paths = {path for folder, name in wanted for path in licensing.lacking(folder, name)}
    return (LicenceDemand(_STATING, tuple(sorted(paths - set(project.facts_by_path)))),)


class Licensing:
    """Answers under which licence the package is that an edge leads to.

    Lock files are asked first, then what is installed: both from the importing file's folder outwards, as Node looks.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._packages = modules_of(project).packages
        self._locks = _locks(project)
        self._holders_of: dict[str, tuple[str, ...]] = {}
        self._known: dict[tuple[str, str], Licensed] = {}

    def of(self, edge: Edge) -> Licensed | None:
        """The licence of what an edge leads to; None if it leads to no package whose licence is anybody's concern.

        Those are files, builtins, URLs, distributions of Python, and packages of the tree that state none.
        """
        if edge.leads.folder is not None:
            path = child(edge.leads.folder, "package.json")
            return self._stated(path)
        if not is_of_npm(edge):
            return None
        found = (self._outside(folder, name) for folder, name in self.wanted(edge))
        return next((each for each in found if each.text), _UNKNOWN)

    def wanted(self, edge: Edge) -> Iterator[tuple[str, str]]:
        """The folder from which to look for the package outside that an edge leads to, and its names.

        The folder is that of the importing file's package: all of its files find the same.
        """
        if is_of_npm(edge):
            package = self._packages.nearest(parent(edge.source))
            for name in _names(edge):
                yield package.folder if package else "", name

    def lacking(self, folder: str, name: str) -> Iterator[str]:
        """The manifests that may say what no lock file says."""
        if not self._locked(folder, name).text:
            yield from self._installed(folder, name)

    def _outside(self, folder: str, name: str) -> Licensed:
        key = (folder, name)
        if key not in self._known:
            found = self._locked(folder, name)
            stated = map(self._stated, self._installed(folder, name))
            self._known[key] = (
                found if found.text else next((each for each in stated if each is not None), _UNKNOWN)
            )
        return self._known[key]

    def _locked(self, folder: str, name: str) -> Licensed:
        holders = self._holders(folder)
        for number, place in enumerate(holders):
            for root in holders[number:]:
                for lock, licences in self._locks.get(root, ()):
                    licence = licences.get(child(below(root, place) or "", f"node_modules/{name}"))
                    if licence is not None:
                        return Licensed(licence.value, f"{lock}:{licence.span.line}")
        return _UNKNOWN

    def _installed(self, folder: str, name: str) -> Iterator[str]:
        for place in self._holders(folder):
            yield child(place, f"node_modules/{name}/package.json")

    def _holders(self, folder: str) -> tuple[str, ...]:
        """The folders of packages around one, beside which something may be installed, the nearest first."""
        if folder not in self._holders_of:
            outer = (each for each in around(folder) if each and self._packages.at(each))
            self._holders_of[folder] = (*islice(outer, _MOST_HOLDERS), "")
        return self._holders_of[folder]

    def _stated(self, path: str) -> Licensed | None:
        facts = self._project.facts_by_path.get(path)
        licence = facts.licences[0] if facts and facts.licences else None
        return Licensed(licence.value, f"{path}:{licence.span.line}") if licence else None


def _names(edge: Edge) -> tuple[str, ...]:
    """The package, and for a type the one that has only the types of it."""
    name = edge.leads.package
    return (name, types_of(name)) if edge.is_type else (name,)


def _locks(project: Project) -> dict[str, list[tuple[str, dict[str, Entry]]]]:
    """The lock files by folder, with their licences by the place of the package."""
    found: dict[str, list[tuple[str, dict[str, Entry]]]] = {}
    for path in project.paths:
        facts = project.facts_by_path.get(path) if path.rpartition("/")[2] in _LOCKS else None
        if facts:
            found.setdefault(parent(path), []).append((path, {each.path[1]: each for each in facts.licences}))
    return found
