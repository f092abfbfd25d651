"""Lists the files of a tree. Reads nothing but ignore files, follows no link, and enters no ignored folder."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archlint.gitignore import IgnoreFile, is_ignored, parse_ignore_file
from archlint.model import WHOLE_FILE, Exclusion, Listing, Problem, Reason
from archlint.scope import matching
from archlint.source import Source, read

_PASSED_OVER = frozenset({".git", ".hg", ".svn", "node_modules", ".archlint_cache"})
_LONGEST_IGNORE_FILE = 262_144
_MOST_FILES = 1_000_000
_MOST_IGNORED = 10_000


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to be listed. ``path`` is '' or ends in '/'; the ignore files stand nearest first."""

    path: str
    ignore_files: tuple[IgnoreFile, ...]


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a folder holds that is not ignored."""

    files: tuple[str, ...]
    folders: tuple[_Folder, ...]
    exclusions: tuple[Exclusion, ...]
    ignored: tuple[str, ...]


def discover(root: Path, exclude: tuple[str, ...]) -> Listing:
    """The regular files below ``root`` that git does not ignore and no ``exclude`` glob means."""
    files: list[str] = []
    exclusions: list[Exclusion] = []
    problems: list[Problem] = []
    ignored: list[str] = []
    folders = [_Folder("", _info_exclude(root))]
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
        ignored += contents.ignored[: _MOST_IGNORED - len(ignored)]
        if len(files) > _MOST_FILES:
            problems.append(_problem(folder, Reason.TOO_LARGE, f"is beyond {_MOST_FILES:,} files"))
            break
    return without(
        exclude, Listing(tuple(sorted(files)), tuple(exclusions), tuple(problems), tuple(sorted(ignored)))
    )


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
        entries = [entry for entry in scan if entry.name not in _PASSED_OVER]
    ignore_files = folder.ignore_files
    if any(entry.name == ".gitignore" for entry in entries):
        ignore_files = _ignore_file(root, folder.path, f"{folder.path}.gitignore") + ignore_files
    files, folders, exclusions, ignored = [], [], [], []
    for entry in entries:
        path = folder.path + entry.name
        if entry.is_dir(follow_symlinks=False):
            if is_ignored(f"{path}/", ignore_files):
                ignored.append(f"{path}/")
            else:
                folders.append(_Folder(f"{path}/", ignore_files))
        elif is_ignored(path, ignore_files):
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
    folders = (f"{problem.path}/" for problem in listing.problems)
    excluded = _matching_any(exclude, (*listing.paths, *folders))
    problems = [problem for problem in listing.problems if f"{problem.path}/" not in excluded]
    by_configuration = (Exclusion(path.rstrip("/"), "excluded by configuration") for path in excluded)
    return Listing(
        tuple(path for path in listing.paths if path not in excluded),
        tuple(sorted((*listing.exclusions, *by_configuration))),
        tuple(sorted(problems)),
        listing.ignored,
    )


def _matching_any(globs: Iterable[str], paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(matching(glob, paths) for glob in globs))
