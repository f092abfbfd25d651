"""Which file a place or a package of the tree is entered by: extensions, ``index``, ``main``, ``exports``.

After Node, "Modules: CommonJS modules" (LOAD_AS_FILE, LOAD_AS_DIRECTORY) and "Modules: Packages"; TypeScript's
module resolution in 5.9; and what bundlers add. What is built is not in the tree: a target below an ``outDir``
means the source that its configuration builds it from, and otherwise conditions and fields that lead to sources
are followed. Where neither is stated, nobody can know.
"""

from collections.abc import Callable, Iterator

import msgspec
from msgspec.structs import replace

from archlint.project.modules.exports import Condition, Exported, texts
from archlint.project.modules.files import TYPESCRIPT, Files, Look, Want
from archlint.project.modules.packages import Package, Packages
from archlint.project.modules.places import below, child, inside
from archlint.project.modules.targets import Manner
from archlint.project.modules.tsconfigs import Options, Outputs
from archlint.project.modules.values import Value
from archlint.project.modules.wildcards import Wildcards

_TYPESCRIPT_FIELDS = ("typings", "types", "main")
_TYPES_FIRST = (*_TYPESCRIPT_FIELDS, "module", "source", "browser")
_VALUES_FIRST = ("main", "module", "source", "browser", "types", "typings")
_FIELDS = {
    Want.VALUES: _VALUES_FIRST,
    Want.TYPES: _TYPES_FIRST,
    Want.TYPESCRIPT: _TYPES_FIRST,
    Want.JAVASCRIPT: ("main",),
}
_MODULE_SYNTAX = {Manner.REQUIRE: "require"}
# Conditions that lead to sources or to what some bundler builds.
_MORE = frozenset({"source", "development", "types", "module", "node", "import", "require"})
_MOST_TRIED = 4


class Here(msgspec.Struct, frozen=True, eq=False):
    """Where a specifier stands: the folder, what governs it, and the manner of pointing."""

    folder: str
    options: Options
    manner: Manner
    look: Look


class Found(msgspec.Struct, frozen=True):
    """A file, or where it was looked for in vain."""

    path: str | None = None
    tried: tuple[str, ...] = ()
    name: str = ""
    """The package that a map ``imports`` leads to instead."""


class Entries:
    """Finds files by places and by packages. ``outputs`` says what a folder's configurations build where."""

    def __init__(
        self, files: Files, packages: Packages, outputs: Callable[[str], tuple[Outputs, ...]]
    ) -> None:
        self._files = files
        self._packages = packages
        self._outputs = outputs

    def at(self, place: str, look: Look, *, is_folder: bool = False) -> str | None:
        """The file that a place means: the file itself, or what the folder is entered by."""
        found = None if is_folder or not place else self._files.at(place, look)
        return found or self._folder(place, look)

    def of_package(self, package: Package, subpath: str, here: Here) -> Found:
        """The file that a package is entered by at ``.`` or ``./x``."""
        found = Found()
        for look in looks(here.look):
            found = self._of_package(package, subpath, replace(here, look=look))
            if found.path:
                break
        return found

    def _of_package(self, package: Package, subpath: str, here: Here) -> Found:
        exported = package.exports.of(subpath)
        if not (package.exports.is_stated and here.options.knows_exports):
            found = self._by_fields(package, subpath, here)
            if found.path or not (package.exports.is_stated and here.look.is_lenient):
                return found
        if exported is None:
            return Found(tried=(f"`exports` of {child(package.folder, 'package.json')} without '{subpath}'",))
        found = self.of_target(package, exported, here)
        if found.path or subpath != "." or not (found.tried and here.look.is_lenient):
            return found
        return Found(self._by_fields(package, subpath, here).path, found.tried)

    def of_target(self, package: Package, exported: Exported, here: Here) -> Found:
        """The first target that is there; none and nothing tried if a package keeps it to itself (``null``)."""
        tried: dict[str, None] = {}
        for holds, is_folder_fine in _passes(here):
            for text in texts(exported, holds):
                if (
                    text is None and here.manner is not Manner.TYPE
                ):  # TypeScript goes on to the next condition
                    return Found(tried=tuple(tried))
                if text is None:
                    continue
                if exported.is_private and not text.startswith((".", "/", "#")):
                    return Found(name=text)
                place = inside(package.folder, text) if text.startswith("./") else None
                if place is None or below(package.folder, place) is None:
                    continue
                path = self._target(package, place, here.look)
                path = path or (self.at(place, here.look) if is_folder_fine else None)
                if path:
                    return Found(path)
                tried[place] = None
        return Found(tried=tuple(tried)[:_MOST_TRIED])

    def _target(self, package: Package, place: str, look: Look) -> str | None:
        """The file that a target means as written: no extension is added; the source if it is built."""
        is_written = place.endswith(TYPESCRIPT) and look.want is not Want.JAVASCRIPT
        exact = self._files.as_written(place, look) if is_written else None
        if exact is None and not (
            is_written and look.want is Want.TYPESCRIPT
        ):  # then only what is written counts
            exact = self._files.at(place, look)
        return exact or self._source(package, place, look)

    def _source(self, package: Package, place: str, look: Look) -> str | None:
        for outputs in self._outputs(package.folder):
            for folder in outputs.folders:
                rest = below(folder, place)
                for source in outputs.sources if rest else ():
                    found = self._files.at(child(source, rest or ""), look)
                    if found:
                        return found
        return None

    def _by_fields(self, package: Package, subpath: str, here: Here) -> Found:
        place = inside(package.folder, subpath)
        if place is None or below(package.folder, place) is None:
            return Found()
        found = self._by_version(package, subpath, here.look) if here.look.want is not Want.VALUES else None
        if subpath == ".":
            found = found or self._folder(package.folder, here.look)
            tried = tuple(child(package.folder, text) for _, text in _fields(package.manifest, here.look))
        else:
            is_folder = subpath.endswith("/")
            found = found or self.at(place, here.look, is_folder=is_folder)
            found, tried = found or self._source(package, place, here.look), (place,)
        return Found(found or self._by_version(package, subpath, here.look), tried[:_MOST_TRIED])

    def _by_version(self, package: Package, subpath: str, look: Look) -> str | None:
        """The file that ``typesVersions`` maps a subpath to, for the newest TypeScript."""
        versions = package.manifest["typesVersions"].members
        newest = next((value for key, value in versions.items() if key.startswith(("*", ">"))), None)
        if newest is None or subpath == ".":
            return None
        hit = Wildcards(newest.members.items()).first(subpath.removeprefix("./"))
        for text in hit.meaning.texts if hit else ():
            place = inside(package.folder, text.replace("*", hit.star, 1)) if hit else None
            found = self.at(place, look) if place else None
            if found:
                return found
        return None

    def _folder(self, folder: str, look: Look) -> str | None:
        package = self._packages.at(folder)
        if package is None:
            return self._files.index(folder, look)
        stated = list(_fields(package.manifest, look))
        # TypeScript reads one of its fields, and `index` if that leads nowhere.
        is_typescript = look.want is not Want.VALUES and stated and stated[0][0] in _TYPESCRIPT_FIELDS
        certain = stated[:1] if is_typescript else stated
        found = self._field(package, certain, look) or self._files.index(folder, look)
        return self._field(package, stated, look) if not found and look.is_lenient else found

    def _field(self, package: Package, fields: list[tuple[str, str]], look: Look) -> str | None:
        for _, text in fields:
            place = inside(package.folder, text)
            if place is None:
                continue
            found = self._target(package, place, look) if place else None
            found = found or self._files.index(place, look)
            if found:
                return found
        return None


def looks(look: Look) -> Iterator[Look]:
    """How TypeScript looks into packages: for its own files first, then for others."""
    if look.want is Want.TYPES and not look.is_lenient:
        yield replace(look, want=Want.TYPESCRIPT)
        yield replace(look, want=Want.JAVASCRIPT)
    else:
        yield look


def _fields(manifest: Value, look: Look) -> Iterator[tuple[str, str]]:
    for name in _FIELDS[look.want]:
        if manifest[name].text:
            yield name, manifest[name].text


def _passes(here: Here) -> Iterator[tuple[Condition, bool]]:
    """The conditions that hold, then those that lead to sources, then any; and whether a folder is fine."""
    base = {_MODULE_SYNTAX.get(here.manner, "import"), "module-sync", *here.options.conditions}
    if here.options.is_node:
        base.add("node")
    if here.manner is Manner.TYPE:
        base.add("types")

    def holds(key: str) -> bool:
        return key in base or (key.startswith("types@") and "types" in base)

    yield holds, False
    if here.look.is_lenient:
        yield (lambda key: key in base or key in _MORE), False
        yield (lambda _key: True), True
