"""What package.json and pyproject.toml say of the packages that files import."""

import re

from archlint.facts import Demand, Link
from archlint.project.distributions import Distributions, declaring_demand
from archlint.project.graph.edges import Edge
from archlint.project.graph.join import graph_of, modules_of
from archlint.project.graph.python import SUFFIXES
from archlint.project.modules.files import TYPESCRIPT
from archlint.project.modules.packages import Package
from archlint.project.modules.places import around, below, child, inside, parent
from archlint.project.project import Project

_LASTING = ("dependencies", "peerDependencies", "optionalDependencies")
# What a registry can hold: no scheme, no alias such as `~/x`, `$app` or `@/x`.
_SOURCES = ("src", "app", "lib", "client")
_NAME = re.compile(r"(?:@[a-z0-9-][\w.-]*/)?[a-z0-9][\w.-]*", re.IGNORECASE | re.ASCII)


def declared_demand(project: Project) -> tuple[Demand, ...]:
    """What has to be known to say what is undeclared, besides the graph."""
    modules = {edge.leads.package for edge in graph_of(project).edges if is_of_python(edge)}
    return declaring_demand(project, modules) if modules else ()


def _may_be_elided(edge: Edge) -> bool:
    # https://www.typescriptlang.org/docs/handbook/modules/reference.html: unused and type-only names are dropped.
    is_named = edge.reference.link is Link.VALUE and bool(edge.names)
    return is_named and edge.source.endswith((*TYPESCRIPT, ".vue", ".svelte", ".astro"))


class Declaring:
    """Answers about the ``package.json`` and ``pyproject.toml`` files around an edge."""

    def __init__(self, project: Project) -> None:
        self._modules = modules_of(project)
        self._packages = self._modules.packages
        self._distributions = project.once(Distributions)

    def is_undeclared(self, edge: Edge, *, nearest_only: bool) -> bool:
        """Whether a package outside the tree is imported that no manifest around the file states, or not the nearest.

        A type is declared by its ``@types`` package too, and so is what TypeScript may leave out because only types
        of it are used. What is called like a file of the package is none: a bundler may look for modules there.
        Nothing is undeclared where no ``package.json`` is around; distributions of Python answer for themselves.
        """
        if is_of_python(edge):
            return self._distributions.is_undeclared(
                edge.source, edge.leads.package, nearest_only=nearest_only
            )
        if not is_of_npm(edge):
            return False
        name = edge.leads.package
        around = self._around(edge, nearest_only=nearest_only)
        names = (name, types_of(name)) if edge.is_type or _may_be_elided(edge) else (name,)
        if any(each in package.declared or name == package.name for package in around for each in names):
            return False
        return bool(around) and not self._is_rooted(edge, around[0])

    def _is_rooted(self, edge: Edge, package: Package) -> bool:
        """Whether a specifier means a file below one of the folders from the importing file up to its package's.

        Where webpack is told so (``resolve.modules``), ``components/cart`` is such a file.
        """
        folders = [each for each in around(parent(edge.source)) if below(package.folder, each) is not None]
        roots = (*folders, *(child(package.folder, each) for each in _SOURCES))
        places = (inside(root, edge.reference.target) for root in roots)
        return any(place is not None and self._modules.is_there(place) for place in places)

    def is_dev_only(self, edge: Edge) -> bool:
        """Whether the program needs a package that the nearest declaring ``package.json`` has for development only."""
        if edge.is_type or not is_of_npm(edge):
            return False
        name = edge.leads.package
        holder = next((p for p in self._around(edge, nearest_only=False) if name in p.declared), None)
        return holder is not None and not any(name in holder.manifest[key].members for key in _LASTING)

    def crosses(self, edge: Edge) -> bool:
        """Whether a relative specifier leads from one package into another, and neither holds the other."""
        if not edge.target or not edge.reference.target.startswith("."):
            return False
        one, other = self._named(edge.source), self._named(edge.target)
        if one is None or other is None:
            return False
        return below(one.folder, other.folder) is None and below(other.folder, one.folder) is None

    def _around(self, edge: Edge, *, nearest_only: bool) -> list[Package]:
        found: list[Package] = []
        package = self._packages.nearest(parent(edge.source))
        while package is not None:
            found.append(package)
            package = self._packages.nearest(parent(package.folder)) if package.folder else None
        return found[:1] if nearest_only else found

    def _named(self, path: str) -> Package | None:
        """The nearest package around a file that has a name."""
        package = self._packages.nearest(parent(path))
        while package is not None and not package.name:
            package = self._packages.nearest(parent(package.folder)) if package.folder else None
        return package


def is_of_npm(edge: Edge) -> bool:
    """Whether it leads to a package that a registry of npm may hold, outside the tree."""
    is_script = not edge.source.endswith(SUFFIXES)
    return is_script and edge.leads.is_outside and _NAME.fullmatch(edge.leads.package) is not None


def is_of_python(edge: Edge) -> bool:
    """Whether it leads to a module of Python outside the tree, its standard library left out."""
    return edge.source.endswith(SUFFIXES) and edge.leads.is_outside and ":" not in edge.leads.package


def types_of(name: str) -> str:
    """The package that holds nothing but the types of another."""
    # https://github.com/DefinitelyTyped/DefinitelyTyped: `@a/b` is typed by `@types/a__b`.
    return f"@types/{name.removeprefix('@').replace('/', '__')}"
