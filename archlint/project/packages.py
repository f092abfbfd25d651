"""Which files hold the scripts that a command means: nearest packages, workspace filters, Makefiles, includes."""

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property

from archlint.facts import Facts
from archlint.pipelines import Script, Scripts
from archlint.project.managers import EVERYWHERE
from archlint.project.project import Project
from archlint.project.scenes import joined
from archlint.scope import BadGlobError, matches_name

PACKAGE = "package.json"
PROJECT = "project.json"
MAKEFILES = ("GNUmakefile", "makefile", "Makefile")
_MOST_INCLUDES = 100
_DECORATION = re.compile(r"^(?:\.\.\.\^?)|(?:\^?\.\.\.)$|\[[^\]]*\]")


class Packages:
    """The scripts of a project's files, and which of those files are still to be read."""

    def __init__(self, project: Project) -> None:
        self.wanted: set[str] = set()
        self.paths = frozenset(project.paths)
        self.is_excerpt = all(path.startswith(".github/") for path in project.paths)
        """Whether there are only workflows: then what they run is not there to be looked for."""
        self._facts = project.facts_by_path
        self._left_out = project.left_out
        self._by_name: dict[str, dict[str, Script]] = {}

    def facts(self, path: str) -> Facts | None:
        """What is known of a workflow or an action; asks for it if nothing is."""
        found = self._facts.get(path)
        if path in self.paths and (found is None or not (found.workflow or found.action)):
            self.wanted.add(path)
        return found

    def scripts(self, path: str) -> Scripts | None:
        """The scripts of a file; asks for them if they are not known."""
        found = self._facts.get(path)
        if path in self.paths and (found is None or found.scripts is None):
            self.wanted.add(path)
        return found.scripts if found else None

    def left_out(self, path: str | None) -> str:
        """Why a file that is there is not read, a sentence; '' if it is not there, as far as is known."""
        if path is None or not self._left_out:
            return ""
        parts = path.split("/")
        folders = ("/".join(parts[:count]) + "/" for count in range(1, len(parts)))
        reason = next((self._left_out[each] for each in (path, *folders) if each in self._left_out), "")
        return f"'{path}' is {reason}, so nobody looked into it" if reason else ""

    def nearest(self, folder: str | None, name: str = PACKAGE) -> str | None:
        """The file called so of a folder or the nearest one around it; from the root if nobody can tell."""
        folder = folder or ""
        while True:
            path = posixpath.join(folder, name)
            if path in self.paths or not folder:
                return path if path in self.paths else None
            folder = posixpath.dirname(folder)

    @cached_property
    def folders(self) -> dict[str, tuple[str, ...]] | None:
        """The packages of the workspace, nx projects among them: their names by folder. None while not known."""
        projects = [path for path in self.paths if posixpath.basename(path) == PROJECT]
        known = [(path, self.scripts(path)) for path in (*self._all, *sorted(projects))]
        found: dict[str, tuple[str, ...]] = {}
        for path, scripts in known:
            names = (scripts.package,) if scripts and scripts.package else ()
            found[posixpath.dirname(path)] = (*found.get(posixpath.dirname(path), ()), *names)
        return None if any(scripts is None for _, scripts in known) else found

    @cached_property
    def _all(self) -> tuple[str, ...]:
        found = (path for path in self.paths if posixpath.basename(path) == PACKAGE)
        return tuple(sorted(path for path in found if "node_modules/" not in path))

    def selected(self, filters: tuple[str, ...], folder: str | None) -> tuple[str, ...] | None:
        """The packages that workspace filters select; None while they cannot be told."""
        if filters == EVERYWHERE:
            return tuple(path for path in self._all if path != PACKAGE)
        known = {path: self.scripts(path) for path in self._all}
        if any(scripts is None for scripts in known.values()):
            return None
        wanted = [(plain(each), each) for each in filters if not each.startswith("!")]
        return tuple(
            path
            for path, scripts in known.items()
            if scripts
            and any(selects(name, posixpath.dirname(path), scripts.package, folder) for name, _ in wanted)
        )

    def makefile(self, folder: str | None, file: str) -> str | None:
        """The Makefile that make reads in a folder."""
        names = (file,) if file else MAKEFILES
        paths = (joined(folder, name) for name in names)
        return next((path for path in paths if path in self.paths), None)

    def included(self, path: str) -> Iterator[tuple[str, Scripts | None]]:
        """A Makefile and those that it includes; None for one that is not known or not there."""
        pending, seen = [path], set[str]()
        folder = posixpath.dirname(path)
        while pending and len(seen) < _MOST_INCLUDES:
            current = pending.pop(0)
            if current in seen:
                continue
            seen.add(current)
            scripts = self.scripts(current)
            yield current, scripts
            pending.extend(joined(folder, name) or name for name in (scripts.includes if scripts else ()))

    def script(self, path: str, name: str) -> Script | None:
        """A script by its exact name."""
        if path not in self._by_name:
            scripts = self.scripts(path)
            if scripts is None:
                return None
            self._by_name[path] = {script.name: script for script in scripts.scripts}
        return self._by_name[path].get(name)

    def called(self, path: str, pattern: str) -> tuple[Script, ...]:
        """The scripts that a name or a glob of ``npm-run-all`` means."""
        exact = self.script(path, pattern)
        if exact is not None or "*" not in pattern:
            return (exact,) if exact else ()
        regex = "".join({"*": "[^:]*", "**": ".*"}.get(part, re.escape(part)) for part in _stars(pattern))
        scripts = self.scripts(path)
        return tuple(
            script for script in (scripts.scripts if scripts else ()) if re.fullmatch(regex, script.name)
        )


def _stars(pattern: str) -> list[str]:
    # No more than two wildcards count apart, so that matching stays quick.
    parts = re.split(r"(\*+)", pattern, maxsplit=2)
    return [("**" if len(part) > 1 else "*") if part.startswith("*") else part for part in parts]


def plain(filter_: str) -> str:
    """A filter without what it says of dependencies: ``app`` of ``app...``."""
    return _DECORATION.sub("", filter_).strip("{}")


def selects(name: str, own: str, package: str, folder: str | None) -> bool:
    """Whether a filter means the package of this name in the folder ``own``, for who is in ``folder``."""
    if name.startswith((".", "/")) or "/" in name and not name.startswith("@"):  # noqa: RUF021 -- a folder, not a scope
        place = joined(folder, name.rstrip("/").removesuffix("/*").removesuffix("/**"))
        return place is not None and (own == place or own.startswith(f"{place}/"))
    try:
        is_named = bool(name) and matches_name(name, package)
    except BadGlobError:
        return False
    return is_named or name in (package.rpartition("/")[2], own)
