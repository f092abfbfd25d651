"""The packages of the tree, and which of them a name means to a file.

A name means, in this order: what the nearest ``package.json`` that declares it says (``workspace:``, ``file:``,
``link:``, ``portal:``, ``npm:``); a package of the workspace around the file, inner workspaces first; and where
no workspace is around it, any package of the tree that is called so, unless a ``package.json`` around the file
takes the name from a registry. After the documentation of npm, yarn, pnpm, bun, lerna, rush and deno workspaces.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

import msgspec

from archlint.project.modules.exports import Exports
from archlint.project.modules.places import around, below, child, inside, parent
from archlint.project.modules.values import Documents, Value
from archlint.scope import BadGlobError, matching

MANIFEST = "package.json"
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_MOST_GLOBS = 200
_PATHS = ("file:", "link:", "portal:")
_ALIAS = re.compile(r"(@?[^@]+)@.*", re.DOTALL)
_ROOTS = (
    "pnpm-workspace.yaml",
    "pnpm-workspace.yml",
    MANIFEST,
    "lerna.json",
    "rush.json",
    "deno.json",
    "deno.jsonc",
)


class Package:
    """A folder with a ``package.json``."""

    def __init__(self, folder: str, manifest: Value) -> None:
        self.folder = folder
        self.manifest = manifest
        self.name = manifest["name"].text

    @cached_property
    def exports(self) -> Exports:
        """Its map ``exports``."""
        return Exports(self.manifest["exports"])

    @cached_property
    def imports(self) -> Exports:
        """Its map ``imports``."""
        return Exports(self.manifest["imports"])

    @cached_property
    def declared(self) -> dict[str, str]:
        """Its dependencies of every sort, and what is said of each."""
        found: dict[str, str] = {}
        for key in _DEPENDENCIES:
            for name, spec in self.manifest[key].members.items():
                found.setdefault(name, spec.text)
        return found


class Workspace(msgspec.Struct, frozen=True):
    """A folder that lists packages, and their folders by name."""

    folder: str
    folder_of: dict[str, str]


class Packages:
    """The packages of a tree by folder, by name, and by workspace."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._packages: dict[str, Package | None] = {}
        self._nearest: dict[str, Package | None] = {}
        self._chosen: dict[tuple[str, str], str | None] = {}
        self._around: dict[str, tuple[Workspace, ...]] = {}

    def at(self, folder: str) -> Package | None:
        """The package of a folder."""
        if folder not in self._packages:
            path = child(folder, MANIFEST)
            is_there = path in self._documents.paths
            self._packages[folder] = Package(folder, self._documents.value(path)) if is_there else None
        return self._packages[folder]

    def nearest(self, folder: str) -> Package | None:
        """The package of a folder or the nearest one around it."""
        passed: list[str] = []
        found: Package | None = None
        for each in around(folder):
            if each in self._nearest:
                found = self._nearest[each]
                break
            passed.append(each)
            found = self.at(each)
            if found is not None:
                break
        self._nearest.update(dict.fromkeys(passed, found))
        return found

    def named(self, folder: str, name: str) -> Package | None:
        """The package of the tree that a name means in a folder; None if it means one outside."""
        key = (folder, name)
        if key not in self._chosen:
            self._chosen[key] = self._choose(folder, name)
        chosen = self._chosen[key]
        return None if chosen is None else self.at(chosen)

    def declares(self, folder: str, name: str) -> str | None:
        """What the nearest ``package.json`` that declares a dependency says of it; None if none does."""
        return self._declared(folder, name)[1]

    def _declared(self, folder: str, name: str) -> tuple[str, str | None]:
        package = self.nearest(folder)
        while package is not None:
            if name in package.declared:
                return package.folder, package.declared[name]
            package = self.nearest(parent(package.folder)) if package.folder else None
        return "", None

    def _choose(self, folder: str, name: str) -> str | None:
        holder, spec = self._declared(folder, name)
        stated, is_path = _stated(spec or "")
        if is_path:
            place = inside(holder, stated)
            return place if place is not None and self.at(place) else None
        if spec and not spec.startswith("workspace:") and ":" in spec and not spec.startswith("catalog:"):
            return None
        wanted = stated or name
        around_it = self._workspaces_around(folder)
        for workspace in around_it:
            if wanted in workspace.folder_of:
                return workspace.folder_of[wanted]
        is_ours = (spec or "").startswith("workspace:") or (spec is None and not around_it)
        return self._closest(folder, wanted) if is_ours else None

    def _workspaces_around(self, folder: str) -> tuple[Workspace, ...]:
        if folder not in self._around:
            self._around[folder] = tuple(each for each in map(self.workspace, around(folder)) if each)
        return self._around[folder]

    def _closest(self, folder: str, name: str) -> str | None:
        """Of the packages with a name, the one that shares most folders with ``folder``."""
        steps = folder.split("/")

        def distance(place: str) -> tuple[int, str]:
            shared = 0
            for one, other in zip(steps, place.split("/"), strict=False):
                if one != other:
                    break
                shared += 1
            return -shared, place

        return min(self._folders_of.get(name, ()), key=distance, default=None)

    @cached_property
    def _manifests(self) -> tuple[str, ...]:
        return tuple(sorted(path for path in self._documents.paths if path.rpartition("/")[2] == MANIFEST))

    @cached_property
    def _folders_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._manifests:
            package = self.at(parent(path))
            if package and package.name:
                found.setdefault(package.name, []).append(package.folder)
        return found

    @cached_property
    def _workspaces(self) -> dict[str, Workspace]:
        names = frozenset(_ROOTS)
        roots = sorted({parent(path) for path in self._documents.paths if path.rpartition("/")[2] in names})
        found = {folder: self._members(folder) for folder in roots}
        return {
            folder: Workspace(folder, members) for folder, members in found.items() if members is not None
        }

    def workspace(self, folder: str) -> Workspace | None:
        """The workspace that a folder is the root of."""
        return self._workspaces.get(folder)

    def _members(self, root: str) -> dict[str, str] | None:
        globs = tuple(islice(self._globs(root), _MOST_GLOBS))
        if not globs:
            return None
        start, stop = (f"{root}/", f"{root}0") if root else ("", "\U0010ffff")  # "0" comes after "/"
        own = self._manifests[bisect_left(self._manifests, start) : bisect_left(self._manifests, stop)]
        found = _selected(globs, own, root)
        members: dict[str, str] = {}
        for path in sorted({*found, child(root, MANIFEST)} & self._documents.paths):
            package = self.at(parent(path))
            if package and package.name:
                members.setdefault(package.name, package.folder)
        return members

    def _globs(self, root: str) -> Iterator[str]:
        for name in _ROOTS:
            value = self._documents.value(child(root, name))
            workspaces = value["workspaces"]
            yield from workspaces.texts or workspaces["packages"].texts
            yield from value["packages"].texts if name != MANIFEST else ()
            yield from value["workspace"].texts or value["workspace"]["members"].texts
            yield from (each["projectFolder"].text for each in value["projects"].members.values())


def _stated(spec: str) -> tuple[str, bool]:
    """The path or the other name that a dependency is taken from, and whether it is a path."""
    for scheme in _PATHS:
        if spec.startswith(scheme):
            return spec.removeprefix(scheme), True
    rest = spec.removeprefix("workspace:") if spec.startswith("workspace:") else ""
    if rest.startswith((".", "/")):
        return rest, True
    alias = _ALIAS.fullmatch(rest)
    return (alias[1] if alias else ""), False


def _selected(globs: Iterable[str], manifests: tuple[str, ...], root: str) -> set[str]:
    """The manifests that globs select; those that begin with ``!`` take some away, wherever they stand."""
    relative = {below(root, path) or "": path for path in manifests}
    chosen: set[str] = set()
    dropped: set[str] = set()
    for glob in globs:
        place = inside("", glob.removeprefix("!"))
        if place is None:
            continue
        try:
            found = matching(child(place, MANIFEST), relative)
        except BadGlobError:
            continue
        (dropped if glob.startswith("!") else chosen).update(found)
    return {relative[each] for each in chosen - dropped}
