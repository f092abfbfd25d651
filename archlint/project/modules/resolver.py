"""Where specifiers of ECMAScript and TypeScript lead: to files of the tree, to packages, or nowhere.

After Node, "Modules: ECMAScript modules" and "Modules: Packages", and TypeScript's resolution for bundlers and
Node. Where these would differ, or need a setting that nobody states, the file is found rather than not.
"""

from collections.abc import Iterator
from itertools import product

import msgspec
from msgspec.structs import replace

from archlint.project.modules import names
from archlint.project.modules.aliases import Aliases
from archlint.project.modules.entries import Entries, Here, looks
from archlint.project.modules.files import Files, Look, Want, split
from archlint.project.modules.governing import Governing
from archlint.project.modules.import_maps import ImportMaps
from archlint.project.modules.packages import Packages
from archlint.project.modules.places import around, below, child, inside, parent
from archlint.project.modules.targets import Manner, Target
from archlint.project.modules.tsconfigs import Configs, Outputs, Substitution
from archlint.project.modules.values import Documents, is_config
from archlint.project.modules.wildcards import Hit
from archlint.project.project import Project

_NOWHERE = Target()


class Asked(msgspec.Struct, frozen=True):
    """What holds for all files of a folder with one configuration, and what was answered there.

    ``passes`` are looked through in turn: what Node and TypeScript find, then what only bundlers do.
    """

    passes: tuple[Here, ...]
    known: dict[str, Target] = msgspec.field(default_factory=dict)


class Modules:
    """Answers where specifiers lead, each question once. Aliases go before everything that the tree says."""

    def __init__(self, project: Project) -> None:
        documents = Documents(project)
        self._documents = documents
        self._files = Files(documents.paths)
        self._packages = Packages(documents)
        self._configs = Configs(documents, self._config_of_package)
        self._import_maps = ImportMaps(documents)
        self._governing = Governing(documents, self._configs)
        self._entries = Entries(self._files, self._packages, self._outputs)
        self._aliases = Aliases(project.aliases)
        self._last: tuple[str, Manner, Asked] | None = None  # who asks, mostly asks again
        self._alike: dict[tuple[str, str, Manner], Asked] = {}
        self._built: dict[str, tuple[Outputs, ...]] = {}

    @property
    def packages(self) -> Packages:
        """The packages of the tree."""
        return self._packages

    def is_there(self, place: str) -> bool:
        """Whether a place of the tree means a file, as bundlers spell it."""
        return self._entries.at(place, Look(is_lenient=True)) is not None

    def resolve(self, importer: str, specifier: str, manner: Manner = Manner.IMPORT) -> Target:
        """Where ``specifier`` leads that stands in the file ``importer`` of the tree."""
        last = self._last
        if last is None or last[0] != importer or last[1] is not manner:
            last = self._last = (importer, manner, self._asking(importer, manner))
        _, _, asked = last
        target = asked.known.get(specifier)
        if target is None:
            target = asked.known[specifier] = self._answer(asked.passes, specifier)
        return target

    def configs_of(self, file: str) -> tuple[str, ...]:
        """The configuration that governs a file and all that it extends; none where none does."""
        config = self._governing.config(file)
        return self._configs.chain(config) if config else ()

    def _asking(self, importer: str, manner: Manner) -> Asked:
        folder, options = parent(importer), self._governing.options(importer)
        key = (folder, options.config, manner)
        if key not in self._alike:
            look = Look(Want.TYPES if manner is Manner.TYPE else Want.VALUES, options.suffixes)
            first = (look,) if options.knows_exports else looks(look)
            passes = (*first, replace(look, is_lenient=True))
            self._alike[key] = Asked(tuple(Here(folder, options, manner, each) for each in passes))
        return self._alike[key]

    def unread_configs(self) -> Iterator[str]:
        """The configurations that others extend or reference, and whose entries are not known."""
        pending = [path for paths in self._documents.configs.values() for path in paths]
        seen: set[str] = set()
        while pending:
            path = pending.pop()
            if path not in seen:
                seen.add(path)
                pending.extend((*self._configs.extended(path), *self._governing.direct(path)))
                if not is_config(path) and not self._documents.is_known(path):
                    yield path

    def _answer(self, passes: tuple[Here, ...], specifier: str) -> Target:
        if not specifier or len(specifier) > names.LONGEST or "\0" in specifier:
            return _NOWHERE
        found = _NOWHERE
        for here, spelling in product(passes, names.spellings(specifier)):
            target = self._lead(here, spelling)
            if target.path is not None:
                return target
            if found.is_lost and (target.is_outside or found is _NOWHERE):
                found = target
        return found

    def _lead(self, here: Here, specifier: str) -> Target:
        if names.is_relative(specifier):
            return self._relative(here, specifier)
        if here.manner is Manner.URL and not specifier.startswith("/") and names.outside(specifier) is None:
            # In templates bundlers read an address as a module too: `<img src="@/logo.png">`.
            beside = self._relative(here, f"./{specifier}")
            named = self._by_name_or_map(here, specifier) if beside.path is None else beside
            return named if named.path is not None else beside
        return self._by_name_or_map(here, specifier)

    def _by_name_or_map(self, here: Here, specifier: str) -> Target:
        """What a specifier leads to that is no relative path."""
        hit = self._aliases.of(here.folder, specifier)
        if hit is not None:
            return self._substituted(here, hit)
        mapped = self._import_maps.mapped(here.folder, specifier)
        if mapped is not None:
            here, specifier = replace(here, folder=mapped.folder), mapped.specifier
            is_relative = names.is_relative(specifier)
            return self._relative(here, specifier) if is_relative else self._by_name(here, specifier)
        stated = self._by_config(here, specifier)
        if stated.path is not None:
            return stated
        target = self._by_name(here, specifier, is_promised=bool(stated.tried))
        return stated if target == _NOWHERE else target

    def _by_name(self, here: Here, specifier: str, *, is_promised: bool = False) -> Target:
        """What a name leads to that no configuration maps; ``is_promised`` if one maps it to what is not there."""
        if specifier.startswith("#"):
            return self._imported(here, specifier)
        url = names.outside(specifier)
        if url is not None:
            return Target(package=url)
        if specifier.startswith("/"):
            return self._from_root(here, specifier)
        return self._package(here, specifier, is_promised=is_promised)

    def _relative(self, here: Here, specifier: str) -> Target:
        place = inside(here.folder, specifier)
        if place is None:
            return Target(tried=("a place outside the tree",))
        is_folder = specifier.endswith(("/", "/.", "/..")) or specifier in (".", "..")
        roots = here.options.root_dirs
        tried = (place, *_in_root_dirs(roots, place, specifier)) if roots else (place,)
        for each in tried:
            path = self._entries.at(each, here.look, is_folder=is_folder)
            if path:
                return Target(path)
        return Target(tried=tried[:4])

    def _by_config(self, here: Here, specifier: str) -> Target:
        paths, base_url = here.options.paths, here.options.base_url
        if paths is not None:
            exact = paths.exact(specifier)
            hit = paths.first(specifier) if exact is None else Hit(0, "", exact, "")
            if hit is not None:
                target = self._substituted(here, hit)
                is_any = hit.star == specifier or all("node_modules" in text for text in hit.meaning.texts)
                return _NOWHERE if is_any and target.path is None else target
        place = inside(base_url, specifier) if base_url is not None else None
        return Target(self._entries.at(place, here.look)) if place else _NOWHERE

    def _substituted(self, here: Here, hit: Hit[Substitution]) -> Target:
        tried: list[str] = []
        for text in hit.meaning.texts:
            place = inside(hit.meaning.folder, text.replace("*", hit.star, 1))
            if place is None:
                continue
            path = self._files.as_written(place, here.look) if split(text)[1] else None
            path = path or self._entries.at(place, here.look)
            if path:
                return Target(path)
            tried.append(place)
        return Target(tried=tuple(tried[:4]))

    def _imported(self, here: Here, specifier: str) -> Target:
        """What the map ``imports`` of the nearest package says."""
        package = self._packages.nearest(here.folder)
        exported = package.imports.of(specifier) if package and package.imports.is_stated else None
        if package is None or exported is None:
            return _NOWHERE
        found = self._entries.of_target(package, exported, here)
        if found.name:
            return self._by_name(replace(here, folder=package.folder), found.name)
        return Target(found.path, tried=found.tried)

    def _from_root(self, here: Here, specifier: str) -> Target:
        """What ``/x`` means to a server: a file of a package around, of its folder ``public``, or of the tree."""
        rest = specifier.lstrip("/")
        for folder in around(here.folder):
            for base in (
                (folder, child(folder, "public")) if folder == "" or self._packages.at(folder) else ()
            ):
                place = inside(base, rest) if rest else None
                if place is None or below(base, place) is None:
                    continue
                path = self._files.at(place, here.look)
                if path:
                    return Target(path)
        place = inside("", rest) if rest else None
        return Target(tried=(place,) if place else ())

    def _package(self, here: Here, specifier: str, *, is_promised: bool) -> Target:
        named = names.package_name(specifier)
        if named is None:
            return _NOWHERE
        name, subpath = named
        spec = self._packages.declares(here.folder, name)
        own = self._packages.nearest(here.folder)
        package = (
            own if own and own.name == name and spec is None else self._packages.named(here.folder, name)
        )
        if specifier in names.BUILTINS and (package is None or spec is None):
            return Target(package=f"node:{specifier}")
        if package is None:
            return _NOWHERE if is_promised and spec is None else Target(package=name)
        found = self._entries.of_package(package, subpath, here)
        return Target(found.path, name, package.folder, () if found.path else found.tried)

    def _config_of_package(self, folder: str, name: str) -> str | None:
        """The configuration of the tree that ``extends`` names by its package."""
        named = names.package_name(name)
        package = self._packages.named(folder, named[0]) if named else None
        if package is None or named is None:
            return None
        here = Here(folder, self._configs.options(""), Manner.REQUIRE, Look())
        exported = package.exports.of(named[1]) if package.exports.is_stated else None
        found = self._entries.of_target(package, exported, here).path if exported else None
        stated = package.manifest["tsconfig"].text or "tsconfig.json"
        place = inside(package.folder, named[1] if named[1] != "." else stated)
        candidates = (place, f"{place}.json", f"{place}/tsconfig.json") if place else ()
        return found or next((each for each in candidates if each in self._documents.paths), None)

    def _outputs(self, folder: str) -> tuple[Outputs, ...]:
        """What the configurations of a folder build where; of those that have a usual name."""
        if folder not in self._built:
            found = (self._configs.options(path).outputs for path in self._documents.configs.get(folder, ()))
            self._built[folder] = tuple(each for each in found if each is not None)
        return self._built[folder]


def _in_root_dirs(roots: tuple[str, ...], place: str, specifier: str) -> Iterator[str]:
    """The same place under the other ``rootDirs``, which are one folder when the program runs."""
    rests = [(len(root), root, rest) for root in roots if (rest := below(root, place)) is not None]
    _, own, rest = max(rests, default=(0, "", ""))
    if rest or (rests and specifier.endswith("/")):  # TypeScript takes `.` for the folder alone
        yield from (child(root, rest) if rest else root for root in roots if root != own)
