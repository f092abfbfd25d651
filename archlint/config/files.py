"""Finds the rule files that ``packs`` and ``rules`` in archlint.toml name. Lists; reads none."""

import os
from collections.abc import Iterator
from pathlib import Path

from archlint.config.checked import Checked
from archlint.config.reading.tree import Node, strings
from archlint.config.selectors import check_globs
from archlint.config.words import did_you_mean, shown, suggest
from archlint.errors import Mistake
from archlint.scope import matching

_PACKAGE = Path(__file__).parents[1]
RECOMMENDED = "recommended"
REQUIREMENTS = "requirements.yml"  # what a pack's documents state; no rules in it
_SUFFIXES = (".yml", ".yaml")
_SKIPPED = (".git", "node_modules")
_WILD = frozenset("*?[{")


def shipped_packs() -> Path:
    """The folder with a folder for each pack: inside the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "packs"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"


def pack_folders(node: Node, shipped: Path) -> Checked[tuple[Path, ...]]:
    """The folders of the packs that ``node`` names, in that order."""
    folders: dict[Path, None] = {}
    known = _names(shipped)
    for item, name in strings(node):
        if name not in known:
            yield item.mistake(f"unknown pack {shown(name)}", suggest(name, known))
        elif not pack_files(shipped / name):
            yield item.mistake(f"the pack {shown(name)} holds no rules")
        else:
            folders[shipped / name] = None
    return tuple(folders)


def pack_files(folder: Path) -> tuple[Path, ...]:
    """The rule files of a pack, sorted."""
    return tuple(sorted(path for path in folder.glob("*.yml") if path.name != REQUIREMENTS))


def rule_files(node: Node, base: Path) -> Checked[tuple[Path, ...]]:
    """The files that the entries of ``node`` mean: a file, the rule files below a folder, or a glob's.

    Each must stay inside ``base``, links resolved: a rule file is not a way to read other files.
    """
    files: list[Path] = []
    for item, entry in strings(node):
        mistakes = tuple(_entry_mistakes(item, entry, base))
        yield from mistakes
        if not mistakes:
            files += yield from _matched(item, entry, base)
    return tuple(files)


def _entry_mistakes(item: Node, entry: str, base: Path) -> Iterator[Mistake]:
    bad = next(check_globs(item), None)
    if bad is not None:
        yield bad
    elif not _inside(_fixed(entry, base), base):
        yield _outside(item, entry)


def _matched(item: Node, entry: str, base: Path) -> Checked[tuple[Path, ...]]:
    start = _fixed(entry, base)
    paths: tuple[Path, ...] = (start,)
    if _is_folder(start):
        names = yield from _below(item, start, base)
        if start != base / entry:
            names = tuple(sorted(matching(entry, names)))
        paths = tuple(base / name for name in names)
    if not paths or not os.path.lexists(paths[0]):
        yield item.mistake(f"no rule file matches {shown(entry)}", near(start))
        return ()
    outside = [path for path in paths if not _inside(path, base)]
    yield from (_outside(item, path.name) for path in outside)
    return tuple(path for path in paths if path not in outside)


def _fixed(entry: str, base: Path) -> Path:
    """What is there by the whole of ``entry``, or the folder named by its part before a wildcard."""
    if os.path.lexists(base / entry):
        return base / entry
    path = base
    for segment in entry.split("/"):
        if _WILD & set(segment):
            break
        path /= segment
    return path


def _below(item: Node, folder: Path, base: Path) -> Checked[tuple[str, ...]]:
    """The rule files below ``folder``, relative to ``base``, sorted. Follows no links to folders."""
    names: list[str] = []
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders += [Path(entry.path)] * (entry.name not in _SKIPPED)
                    elif is_rule_file(entry.name):
                        names.append(Path(entry.path).relative_to(base).as_posix())
        except OSError as error:
            yield item.mistake(f"a folder cannot be listed: {error.strerror}")
    return tuple(sorted(names))


def is_rule_file(path: str) -> bool:
    """Whether a file in a folder of rules is taken for one, by its name."""
    return path.endswith(_SUFFIXES) and path.rpartition("/")[2] != REQUIREMENTS


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 -- Path.is_dir raises on a name that is too long


def _inside(path: Path, base: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(base))


def _outside(item: Node, name: str) -> Mistake:
    return item.mistake(f"{shown(name)} leads out of the folder that {item.text.shown} is in")


def near(path: Path) -> str:
    """Which name beside ``path``, where nothing is, comes close to it."""
    if os.path.lexists(path):
        return ""
    try:
        return did_you_mean(path.name, os.listdir(path.parent))  # noqa: PTH208 -- names alone
    except OSError:
        return ""


def _names(shipped: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in shipped.iterdir() if path.is_dir())) if shipped.is_dir() else ()
