"""Where Python modules are in a tree: dotted names, with ``*`` and ``**``, as globs."""

import sys

import msgspec

from archlint.importing.carrying import CannotCarryError, Surroundings

_SOURCES = ("", "src/", "lib/", "python/")


class Modules(msgspec.Struct, frozen=True):
    """The packages that a configuration names as its own."""

    roots: tuple[str, ...]
    around: Surroundings

    def is_own(self, module: str) -> bool:
        """Whether a module is one of the tree's."""
        return any(module == root or module.startswith(f"{root}.") for root in self.roots)

    def path(self, module: str) -> str:
        """Where a module is, without its suffix. Raises ``CannotCarryError`` if its root package is nowhere."""
        root = next((each for each in self.roots if self.is_own(module) and module.startswith(each)), "")
        folder = root.replace(".", "/")
        for source in _SOURCES:
            place = self.around.below(source + folder)
            if root and (self.around.has(place) or self.around.has(f"{place}.py")):
                return self.around.below(source + module.replace(".", "/"))
        raise CannotCarryError(
            f"the package '{module}' is neither beside the file nor in {', '.join(_SOURCES[1:])}"
        )

    def glob(self, module: str) -> str:
        """All files of a module and, if it is a package, of those below it."""
        path = self.path(module)
        if path.endswith("*"):
            return f"{path}/**" if path.endswith("/**") else f"{path[:-1]}{{*.py,*/**}}"
        if "*" not in path and self.around.has(f"{path}.py"):
            return f"{path}.py" if not self.around.has(path) else f"{path}{{.py,/**}}"
        return path if "*" not in path and self.around.has(path) else f"{path}{{.py,/**}}"

    def alone(self, module: str) -> str:
        """The file of a module, without those of the modules below it."""
        return f"{self.path(module)}{{.py,/__init__.py}}"

    def folder(self, module: str) -> str:
        """The folder of a package."""
        return self.path(module)


def package_of(module: str) -> str:
    """What a module of others is called as a package: a builtin as ``python:os``."""
    root = module.split(".", maxsplit=1)[0]
    return f"python:{root}" if root in sys.stdlib_module_names else root
