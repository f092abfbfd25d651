"""Where the dotted names of Python lead: to modules of the tree, to distributions outside, or nowhere.

After the Python reference, "The import system" (5.2 packages, 5.4 searching, 5.7 relative imports). Which folders are
on ``sys.path`` is nobody's to say; so the folders count that hold a top-level package or module: those around
``__init__.py``, those of project files, their ``src`` and ``lib``, and the folder of the importing file.
"""

import sys
from collections.abc import Iterator
from functools import lru_cache

from archlint.project.modules import Target
from archlint.project.modules.places import around, child, parent

_PROJECTS = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})
_SOURCES = ("", "src", "lib", "python")
SUFFIXES = (".py", ".pyi")
_ENDINGS = (".py", ".pyi", "/__init__.py", "/__init__.pyi")


class PythonModules:
    """The modules of a tree by dotted names."""

    def __init__(self, paths: frozenset[str]) -> None:
        self._paths = paths
        self._sources = sorted(path for path in paths if path.endswith(SUFFIXES))
        self._folders = {each for path in self._sources for each in around(parent(path))}
        self._roots = self._found_roots()
        self._roots_of: dict[str, list[str]] = {}
        for root, top in sorted(self._tops()):
            self._roots_of.setdefault(top, []).append(root)

    def resolve(
        self, importer: str, name: str, names: tuple[str, ...]
    ) -> list[tuple[Target, tuple[str, ...]]]:
        """What a dotted name leads to, with those of the imported ``names`` that come from there.

        ``from a import b`` leads to the module ``a.b`` if there is one, and to ``a`` otherwise.
        """
        base = self._relative(importer, name) if name.startswith(".") else self._absolute(importer, name)
        if isinstance(base, Target):
            return [(base, names)]
        found: dict[str, list[str]] = {}
        own = self._module(base)
        for each in names:
            submodule = None if each == "*" else self._module(child(base, each))
            found.setdefault(submodule or own or "", []).append(each)
        if not names:
            found[own or ""] = []
        lost = self._lost(name, base)
        return [(Target(path) if path else lost, tuple(some)) for path, some in found.items()]

    def _lost(self, name: str, place: str) -> Target:
        """What a name leads to of which there is no module: outside, if only a plain folder is called like it."""
        top = name.partition(".")[0]
        is_ours = not top or any(self._has(root, top) for root in self._roots_of.get(top, ()))
        return Target(tried=(place or name,)) if is_ours else Target(package=_outside(top))

    def _relative(self, importer: str, name: str) -> str | Target:
        rest = name.lstrip(".")
        folder = parent(importer)
        for _ in range(len(name) - len(rest) - 1):
            if not folder:
                return Target(tried=("a place outside the tree",))
            folder = parent(folder)
        return child(folder, rest.replace(".", "/")) if rest else folder

    def _absolute(self, importer: str, name: str) -> str | Target:
        """The place that a name means below the nearest root that has it."""
        top = name.partition(".")[0]
        place = name.replace(".", "/")
        candidates = self._candidates(importer, top)
        for root in candidates:
            if self._module(child(root, place)) is not None:
                return child(root, place)
        if top in _standard() or not candidates:
            return Target(package=_outside(top))
        known = next((root for root in candidates if child(root, place) in self._folders), candidates[0])
        return child(known, place)

    def _candidates(self, importer: str, top: str) -> list[str]:
        """The roots that hold a top-level name, those around the importer first, then the nearest."""
        folder = parent(importer)
        roots = self._roots_of.get(top, [])
        if self._has(folder, top) and folder not in roots and not self._is_package(folder):
            roots = [*roots, folder]
        own = [each for each in around(folder) if each in roots]
        return own + sorted(
            (each for each in roots if each not in own), key=lambda root: _apart(folder, root)
        )

    def _module(self, place: str) -> str | None:
        """The file of a module or of a package."""
        return next((f"{place}{each}" for each in _ENDINGS if f"{place}{each}" in self._paths), None)

    def _has(self, root: str, top: str) -> bool:
        return self._module(child(root, top)) is not None

    def _is_package(self, folder: str) -> bool:
        return child(folder, "__init__.py") in self._paths or child(folder, "__init__.pyi") in self._paths

    def _found_roots(self) -> set[str]:
        projects = {parent(path) for path in self._paths if path.rpartition("/")[2] in _PROJECTS} | {""}
        roots = {child(folder, source) if source else folder for folder in projects for source in _SOURCES}
        for path in self._sources:
            if path.rpartition("/")[2].startswith("__init__."):
                root = parent(parent(path))
                while root and self._is_package(root):
                    root = parent(root)
                roots.add(root)
        return {root for root in roots if root in self._folders}

    def _tops(self) -> Iterator[tuple[str, str]]:
        """The modules, packages and folders with modules directly in each root."""
        found: set[tuple[str, str]] = set()
        for path in self._sources:
            below = path.rpartition(".")[0]
            for folder in around(parent(path)):
                if folder in self._roots:
                    found.add((folder, below.rpartition("/")[2]))
                below = folder
        yield from found


def _apart(one: str, other: str) -> tuple[int, str]:
    shared = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        shared += 1
    return -shared, other


def _outside(top: str) -> str:
    return f"python:{top}" if top in _standard() else top


@lru_cache(maxsize=1)
def _standard() -> frozenset[str]:
    return frozenset(sys.stdlib_module_names)
