"""Which ``tsconfig.json`` governs a file, by place, ``include`` and ``references``."""

from collections.abc import Iterator

import msgspec

from archlint.project.modules.places import around, child, inside, parent
from archlint.project.modules.tsconfigs import Configs, Options
from archlint.project.modules.values import Documents
from archlint.scope import BadGlobError, matching

_MOST_REFERENCES = 1000


class Governing:
    """Which configuration governs a file.

    The nearest ``tsconfig.json`` upwards (``jsconfig.json`` where there is none beside it). If it does not include
    the file, one that it references may; if none does it governs all the same, unless it includes nothing at all,
    as solutions do: then its first reference governs. So tests that a build leaves out still know its ``paths``.
    """

    def __init__(self, documents: Documents, configs: Configs) -> None:
        self._documents = documents
        self._configs = configs
        self._nearest: dict[str, str] = {}
        self._referenced: dict[str, tuple[str, ...]] = {}
        self._inclusions: dict[str, Inclusion] = {}

    def options(self, file: str) -> Options:
        """The options that hold for a file of the tree."""
        return self._configs.options(self.config(file))

    def config(self, file: str) -> str:
        """The path of the configuration that governs a file; '' if none does."""
        nearest = self.nearest(parent(file))
        references = self.referenced(nearest) if nearest else ()
        if not references or self._includes(nearest, file):
            return nearest
        chosen = next((each for each in references if self._includes(each, file)), None)
        if chosen is not None:
            return chosen
        value = self._documents.value(nearest)
        is_solution = value["files"].type == "sequence" and not value["files"].members
        return references[0] if is_solution and value["include"].type == "absent" else nearest

    def nearest(self, folder: str) -> str:
        """The configuration of a folder or the nearest one around it."""
        passed: list[str] = []
        found = ""
        for each in around(folder):
            if each in self._nearest:
                found = self._nearest[each]
                break
            passed.append(each)
            names = (child(each, name) for name in ("tsconfig.json", "jsconfig.json"))
            found = next((name for name in names if name in self._documents.paths), "")
            if found:
                break
        self._nearest.update(dict.fromkeys(passed, found))
        return found

    def referenced(self, path: str) -> tuple[str, ...]:
        """The configurations that one references, and those that these do, nearest first."""
        if path not in self._referenced:
            pending, seen = [path], dict[str, None]()
            while pending and len(seen) < _MOST_REFERENCES:
                current = pending.pop(0)
                if current not in seen:
                    seen[current] = None
                    pending.extend(self.direct(current))
            self._referenced[path] = tuple(seen)[1:]
        return self._referenced[path]

    def direct(self, path: str) -> Iterator[str]:
        """The configurations that one references itself."""
        for reference in self._documents.value(path)["references"].members.values():
            place = inside(parent(path), reference["path"].text or ".")
            names = (place, child(place, "tsconfig.json")) if place is not None else ()
            yield from (name for name in names if name in self._documents.paths)

    def _includes(self, path: str, file: str) -> bool:
        if path not in self._inclusions:
            self._inclusions[path] = _inclusion(self._configs, path)
        return self._inclusions[path].holds(file)


class Inclusion(msgspec.Struct, frozen=True):
    """What ``files``, ``include`` and ``exclude`` of a configuration say, as places and globs from the root."""

    files: frozenset[str]
    include: tuple[str, ...]
    exclude: tuple[str, ...]

    def holds(self, file: str) -> bool:
        """Whether a file is included, whatever its extension: Vue, Astro and HTML files count as scripts do."""
        if file in self.files:
            return True
        return any(_means(glob, file) for glob in self.include) and not any(
            _means(glob, file) for glob in self.exclude
        )


def _inclusion(configs: Configs, path: str) -> Inclusion:
    files, include = configs.stated(path, "files"), configs.stated(path, "include")
    globs = configs.places(path, include)
    if files.value.type == include.value.type == "absent":
        globs = (parent(path),)
    outputs = configs.options(path).outputs
    excluded = (*configs.places(path, configs.stated(path, "exclude")), *(outputs.folders if outputs else ()))
    own = parent(path)
    return Inclusion(
        frozenset(configs.places(path, files)), globs, tuple(each for each in excluded if each != own)
    )


def _means(glob: str, file: str) -> bool:
    literal = glob.partition("*")[0].partition("?")[0].partition("{")[0].partition("[")[0]
    if not glob or not file.startswith(literal):
        return not glob
    try:
        return bool(matching(glob, (file,)))
    except BadGlobError:
        return False
