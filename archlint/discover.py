"""Lists the files of a tree. Reads nothing but ignore files, follows no link, and enters no ignored folder.

A file that is tracked is listed though an ignore file names it, as git does; what only git knows is asked of git.
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from archlint.git.command import is_in_repository
from archlint.git.repository import tracked_though_ignored
from archlint.git.stored import PASSED_OVER
from archlint.gitignore import IgnoreFile, is_ignored, parse_ignore_file
from archlint.model import WHOLE_FILE, Exclusion, Listing, Problem, Reason
from archlint.scope import matching
from archlint.source import Source, Tree, read

_LONGEST_IGNORE_FILE = 262_144
_MOST_FILES = 1_000_000
_MOST_IGNORED = 10_000


class _Folder(msgspec.Struct, frozen=True):
    """A folder to be listed. ``path`` is '' or ends in '/'; the ignore files stand nearest first."""

    path: str
    ignore_files: tuple[IgnoreFile, ...]
    is_in_repository: bool
    """Whether the root is: then a folder with a repository of its own is none of its files."""


class _Contents(msgspec.Struct, frozen=True):
    """What a folder holds that is not ignored."""

    files: tuple[str, ...]
    folders: tuple[_Folder, ...]
    exclusions: tuple[Exclusion, ...]
    ignored: tuple[str, ...]


def discover(tree: Tree, exclude: tuple[str, ...]) -> Listing:
    """The regular files of ``tree`` that git does not ignore and no ``exclude`` glob means."""
    return without(exclude, _walked(tree) if isinstance(tree, Path) else tree.listing())


def _walked(root: Path) -> Listing:
    files: list[str] = []
    exclusions: list[Exclusion] = []
    problems: list[Problem] = []
    ignored: list[str] = []
    in_repository = is_in_repository(root)
    folders = [_Folder("", _info_exclude(root), in_repository)]
    while folders:
        folder = folders.pop()
        try:
            contents = _list(root, folder)
        except OSError as error:
            problems.append(_problem(folder, Reason.UNREADABLE, f"cannot be listed: {error.strerror}"))
            continue
        files += contents.files
        folders += contents.folders
        exclusions += contents.exclusions
        ignored += contents.ignored
        if len(files) > _MOST_FILES:
            problems.append(_problem(folder, Reason.TOO_LARGE, f"is beyond {_MOST_FILES:,} files"))
            break
    tracked = tracked_though_ignored(root) if ignored and in_repository else ()
    for path in tracked:
        _add_tracked(root, path, files, exclusions)
    ignored = sorted(set(ignored) - set(tracked))[:_MOST_IGNORED]
    return Listing(tuple(sorted(files)), tuple(exclusions), tuple(problems), tuple(ignored))


def _add_tracked(root: Path, path: str, files: list[str], exclusions: list[Exclusion]) -> None:
    """A file that is tracked though it is ignored, if it is there, and by no link on the way."""
    folder, is_there = os.path.dirname(path), os.path.lexists(root / path)  # noqa: PTH120 -- not a place yet
    below = os.path.join(os.path.realpath(root), folder).rstrip("/")  # noqa: PTH118 -- compared as a string
    if (
        not is_there
        or os.path.realpath(root / folder) != below
        or not PASSED_OVER.isdisjoint(path.split("/"))
    ):
        return
    mode = os.lstat(root / path).st_mode
    if stat.S_ISREG(mode):
        files.append(path)
    else:
        exclusions.append(Exclusion(path, "symlink" if stat.S_ISLNK(mode) else "special file"))


def _info_exclude(root: Path) -> tuple[IgnoreFile, ...]:
    return _ignore_file(root, "", ".git/info/exclude")


def _ignore_file(root: Path, folder: str, path: str) -> tuple[IgnoreFile, ...]:
    """The ignore file at ``path`` as a tuple; empty if there is none to be had. Then more is listed, not less."""
    source = read(root, path, _LONGEST_IGNORE_FILE)
    rules = parse_ignore_file(folder, source.data) if isinstance(source, Source) else None
    return (rules,) if rules else ()


def _list(root: Path, folder: _Folder) -> _Contents:
    """What ``folder`` holds. Raises OSError if it cannot be listed."""
    with os.scandir(root / folder.path) as scan:
        entries = {entry.name: entry for entry in scan}
    if folder.path and folder.is_in_repository and ".git" in entries:
        return _Contents((), (), (Exclusion(folder.path.rstrip("/"), "another git repository"),), ())
    if ".gitignore" in entries:
        nearest = _ignore_file(root, folder.path, f"{folder.path}.gitignore")
        folder = replace(folder, ignore_files=nearest + folder.ignore_files)
    return _sorted_out([entry for name, entry in entries.items() if name not in PASSED_OVER], folder)


def _sorted_out(entries: Iterable[os.DirEntry[str]], folder: _Folder) -> _Contents:
    files, folders, exclusions, ignored = [], [], [], []
    for entry in entries:
        path = folder.path + entry.name
        if entry.is_dir(follow_symlinks=False):
            if is_ignored(f"{path}/", folder.ignore_files):
                ignored.append(f"{path}/")
            else:
                folders.append(replace(folder, path=f"{path}/"))
        elif is_ignored(path, folder.ignore_files):
            ignored.append(path)
        elif entry.is_file(follow_symlinks=False):
            files.append(path)
        else:
            exclusions.append(Exclusion(path, "symlink" if entry.is_symlink() else "special file"))
    return _Contents(tuple(files), tuple(folders), tuple(exclusions), tuple(ignored))


def _problem(folder: _Folder, reason: Reason, message: str) -> Problem:
    return Problem(folder.path.rstrip("/") or ".", WHOLE_FILE, reason, f"the folder {message}")


def without(exclude: tuple[str, ...], listing: Listing) -> Listing:
    """The listing with what the globs mean moved to its exclusions."""
    unread = {spelling: each for each in listing.problems for spelling in (each.path, f"{each.path}/")}
    excluded = _matching_any(exclude, (*listing.paths, *unread))
    problems = [problem for problem in listing.problems if not {problem.path, f"{problem.path}/"} & excluded]
    names = {path.rstrip("/") for path in excluded}
    by_configuration = (Exclusion(path, "excluded by configuration") for path in names)
    return Listing(
        tuple(path for path in listing.paths if path not in excluded),
        tuple(sorted((*listing.exclusions, *by_configuration))),
        tuple(sorted(problems)),
        listing.ignored,
    )


def _matching_any(globs: Iterable[str], paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(matching(glob, paths) for glob in globs))
