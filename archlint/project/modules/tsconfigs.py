"""Options of ``tsconfig.json`` and ``jsconfig.json``, with what they extend.

After the TypeScript handbook, "TSConfig Reference" (``extends``, ``paths``, ``baseUrl``, ``rootDirs``, ``outDir``,
``moduleSuffixes``, ``customConditions``), and its module resolution in 5.9 where the reference is silent.
"""

from collections.abc import Callable

import msgspec

from archlint.project.modules.places import inside, parent
from archlint.project.modules.values import ABSENT, Documents, Value
from archlint.project.modules.wildcards import Wildcards

CONFIG_DIR = "${configDir}"
_NODE = frozenset({"node16", "node18", "node20", "nodenext"})
_NODE_10 = frozenset({"node", "node10", "classic"})
_MOST_EXTENDED = 100


class Substitution(msgspec.Struct, frozen=True):
    """What a pattern of ``paths`` stands for: texts with ``*``, relative to a folder."""

    folder: str
    texts: tuple[str, ...]


class Outputs(msgspec.Struct, frozen=True):
    """Where what is built goes, and where it may be built from."""

    folders: tuple[str, ...]
    sources: tuple[str, ...]


class Options(msgspec.Struct, frozen=True, eq=False):
    """What a configuration says of resolution. Two are the same if they are one object."""

    config: str = ""
    """Its path; '' where no configuration governs."""
    paths: Wildcards[Substitution] | None = None
    base_url: str | None = None
    root_dirs: tuple[str, ...] = ()
    outputs: Outputs | None = None
    conditions: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ("",)
    is_node: bool = True
    """Whether the condition ``node`` holds: for node16 and later, and where nothing is said."""
    knows_exports: bool = True
    """Whether ``exports`` is followed before ``main``; not with ``moduleResolution: node10``."""


class Stated(msgspec.Struct, frozen=True):
    """A setting, and the folder of the configuration that states it."""

    value: Value = ABSENT
    folder: str = ""


class Configs:
    """The configurations of a tree. ``package_file`` finds a configuration that ``extends`` names by package."""

    def __init__(self, documents: Documents, package_file: Callable[[str, str], str | None]) -> None:
        self._documents = documents
        self._package_file = package_file
        self._options: dict[str, Options] = {}
        self._extended: dict[str, tuple[str, ...]] = {}
        self._chains: dict[str, tuple[str, ...]] = {}

    def options(self, path: str) -> Options:
        """The options of a configuration; '' for those of none."""
        if path not in self._options:
            self._options[path] = self._read(path) if path else Options()
        return self._options[path]

    def extended(self, path: str) -> tuple[str, ...]:
        """The configurations of the tree that one extends itself, in the order in which they are stated."""
        if path not in self._extended:
            names = self._documents.value(path)["extends"].texts[:_MOST_EXTENDED]
            found = (self._located(parent(path), name) for name in names)
            self._extended[path] = tuple(each for each in found if each is not None)
        return self._extended[path]

    def chain(self, path: str) -> tuple[str, ...]:
        """A configuration and all that it extends, what overrides first. Circles end."""
        if path not in self._chains:
            pending, seen = [path], dict[str, None]()
            while pending and len(seen) < _MOST_EXTENDED:
                current = pending.pop()
                if current not in seen:
                    seen[current] = None
                    pending.extend(self.extended(current))  # the last one stated overrides the others
            self._chains[path] = tuple(seen)
        return self._chains[path]

    def stated(self, path: str, *keys: str) -> Stated:
        """What a configuration, or the nearest that it extends, says at a key."""
        for each in self.chain(path):
            value = self._documents.value(each)
            for key in keys:
                value = value[key]
            if value.type != "absent":
                return Stated(value, parent(each))
        return Stated()

    def places(self, path: str, stated: Stated) -> tuple[str, ...]:
        """The places that a setting's texts mean; those outside the tree are left out."""
        found = (self.place(path, stated.folder, text) for text in stated.value.texts)
        return tuple(place for place in found if place is not None)

    def place(self, path: str, folder: str, text: str) -> str | None:
        """The place that a text means which is written in ``folder`` and holds for the configuration ``path``."""
        if text.startswith(CONFIG_DIR):
            return inside(parent(path), text.removeprefix(CONFIG_DIR).lstrip("/") or ".")
        return inside(folder, text)

    def _located(self, folder: str, name: str) -> str | None:
        if not name.startswith((".", "/")):
            return self._package_file(folder, name)
        place = inside(folder, name)
        endings = ("", ".json", "/tsconfig.json")
        return next(
            (f"{place}{each}" for each in endings if place and f"{place}{each}" in self._documents.paths),
            None,
        )

    def _read(self, path: str) -> Options:
        def option(name: str) -> Stated:
            return self.stated(path, "compilerOptions", name)

        resolution = option("moduleResolution").value.text.lower()
        module = option("module").value.text.lower()
        base_url = next(iter(self.places(path, option("baseUrl"))), None)
        suffixes = option("moduleSuffixes").value.texts
        return Options(
            config=path,
            paths=self._paths(path, option("paths"), base_url),
            base_url=base_url,
            root_dirs=self.places(path, option("rootDirs")),
            outputs=self._outputs(path, option),
            conditions=frozenset(option("customConditions").value.texts),
            suffixes=suffixes or ("",),
            is_node=(resolution or module) in _NODE or not (resolution or module),
            knows_exports=resolution not in _NODE_10,
        )

    def _paths(self, path: str, stated: Stated, base_url: str | None) -> Wildcards[Substitution] | None:
        if stated.value.type != "mapping":
            return None
        folder = stated.folder if base_url is None else base_url
        here = parent(path)
        return Wildcards(
            (key, _substitution(value, folder, here)) for key, value in stated.value.members.items()
        )

    def _outputs(self, path: str, option: Callable[[str], Stated]) -> Outputs | None:
        folders = (*self.places(path, option("declarationDir")), *self.places(path, option("outDir")))
        if not folders:
            return None
        sources = self.places(path, option("rootDir"))
        if not sources and option("composite").value.is_true:
            sources = (parent(path),)
        if not sources:
            included = self.places(path, self.stated(path, "include"))
            sources = tuple(dict.fromkeys((*map(_literal, included), parent(path))))
        return Outputs(tuple(dict.fromkeys(folders)), sources)


def _substitution(value: Value, folder: str, here: str) -> Substitution:
    texts = value.texts if value.type == "sequence" else ()
    if any(text.startswith(CONFIG_DIR) for text in texts):
        up = "../" * (folder.count("/") + 1) if folder else ""
        texts = tuple(text.replace(CONFIG_DIR, f"{up}{here or '.'}") for text in texts)
    return Substitution(folder, texts)


def _literal(place: str) -> str:
    """The folder that a glob begins with."""
    wild = [index for index, part in enumerate(place.split("/")) if "*" in part or "?" in part]
    literal = "/".join(place.split("/")[: wild[0]]) if wild else place
    return parent(literal) if literal.endswith((".ts", ".tsx", ".js")) else literal
