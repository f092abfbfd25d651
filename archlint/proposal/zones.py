"""The parts of a tree that deserve a name: packages of its workspace, or else its source folders."""

import re
from collections import Counter
from itertools import chain, count

import msgspec

from archlint.extend import Family
from archlint.languages import language_of
from archlint.project import Project
from archlint.project.graph import modules_of

_MOST = 24
_FEWEST = 2
_DOMINANT = 0.8
_PLAIN = re.compile(r"[\w@.+~()\[\]/ -]+")  # what stands for itself in a glob
_LANGUAGES = frozenset({"typescript", "tsx", "javascript", "python", "astro", "svelte", "vue", "html"})


class Zone(msgspec.Struct, frozen=True):
    """A folder with a name."""

    name: str
    folder: str
    """Relative to the root, without a final '/'."""

    @property
    def glob(self) -> str:
        """What the zone means in archlint.toml. Brackets in a folder's name are literal where it is there."""
        return f"{self.folder}/**"


def is_source(path: str) -> bool:
    """Whether a file is code that refers to other code."""
    language = language_of(path)
    return language.name in _LANGUAGES and Family.REFERENCES in language.yields


def zones_of(project: Project) -> tuple[Zone, ...]:
    """The zones of a tree, by name; none where it has but one part, or too many to be a beginning."""
    sources = tuple(filter(is_source, project.paths))
    folders = _packages(project, sources)
    if len(folders) < _FEWEST:
        folders = _source_folders(sources)
    folders = tuple(filter(_PLAIN.fullmatch, folders))
    if not _FEWEST <= len(folders) <= _MOST:
        return ()
    return tuple(sorted(_named(folders), key=lambda zone: zone.name))


def _packages(project: Project, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The folders of the root workspace's packages that hold code."""
    workspace = modules_of(project).packages.workspace("")
    folders = sorted(filter(None, set(workspace.folder_of.values()))) if workspace else []
    return tuple(folder for folder in folders if any(path.startswith(f"{folder}/") for path in sources))


def _source_folders(sources: tuple[str, ...]) -> tuple[str, ...]:
    """The folders directly below the folder that holds most of the code."""
    base = ""
    while True:
        counts = Counter(_first(path, base) for path in sources if path.startswith(base))
        folders = {folder: count for folder, count in counts.items() if folder}
        top = max(folders, key=lambda folder: (folders[folder], folder), default="")
        if not top or folders[top] < _DOMINANT * sum(counts.values()):
            return tuple(sorted(f"{base}{folder}" for folder in folders))
        base = f"{base}{top}/"


def _first(path: str, base: str) -> str:
    """The folder below ``base`` that a path is in; '' if it stands there itself."""
    head, slash, _ = path.removeprefix(base).partition("/")
    return head if slash else ""


def _named(folders: tuple[str, ...]) -> list[Zone]:
    """Zones called by the last part of their folder, by the whole of it where that is taken, or else by number."""
    zones: dict[str, Zone] = {}
    for folder in folders:
        numbered = (f"part-{number}" for number in count(1))
        names = chain((_name(folder.rpartition("/")[2]), _name(folder)), numbered)
        name = next(name for name in names if name and name not in zones)
        zones[name] = Zone(name, folder)
    return list(zones.values())


def _name(folder: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folder.lower()).strip("-")
