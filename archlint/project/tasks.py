"""The tasks that turbo and nx run, each after what it depends on: as scripts of packages and targets of projects."""

import posixpath
from collections.abc import Iterator

import msgspec

from archlint.pipelines import Script
from archlint.project.managers import EVERYWHERE
from archlint.project.packages import PACKAGE, PROJECT, Packages, plain, selects

_DEFAULTS = ("turbo.json", "turbo.jsonc", "nx.json")
_MOST_TASKS = 10_000
_ROOT = "//"

Task = tuple[str, str]
"""The folder of a package, and the name of its task."""


class Tasks(msgspec.Struct):
    """The tasks of a workspace."""

    packages: Packages
    _folder_of: dict[str, str] = msgspec.field(default_factory=dict)

    def ordered(
        self, names: tuple[str, ...], filters: tuple[str, ...], folder: str | None
    ) -> list[tuple[str, Script, bool]]:
        """What runs, in order: the file, its script, and whether it was asked for by name."""
        folders = self.packages.folders
        if folders is None:
            return []
        self._folder_of = {name: own for own, named in folders.items() for name in named}
        chosen = [own for own, named in sorted(folders.items()) if _is_chosen(own, named, filters, folder)]
        asked = [(own, name) for own in chosen for name in names]
        wanted = set(asked)
        return [(*script, task in wanted) for task in self._in_order(asked) if (script := self._script(task))]

    def _in_order(self, asked: list[Task]) -> list[Task]:
        """Tasks after those that they depend on, each once."""
        found: dict[Task, None] = {}
        begun: set[Task] = set()
        pending = [(task, False) for task in reversed(asked)]
        while pending and len(begun) < _MOST_TASKS:
            task, is_ready = pending.pop()
            if is_ready:
                found[task] = None
            elif task not in begun:
                begun.add(task)
                pending.append((task, True))
                pending.extend((each, False) for each in reversed([*self._before(task)]))
        return list(found)

    def _script(self, task: Task) -> tuple[str, Script] | None:
        for file in (PROJECT, PACKAGE):
            path = posixpath.join(task[0], file)
            script = self.packages.script(path, task[1]) if path in self.packages.paths else None
            if script is not None:
                return path, script
        return None

    def _before(self, task: Task) -> Iterator[Task]:
        """The tasks that one depends on, as its package or the workspace says."""
        folder, _ = task
        for required in self._requires(task):
            package, mark, name = required.partition("#")
            if required.startswith("^"):
                yield from ((other, required[1:]) for other in self._made_of(folder))
            elif mark:
                other = "" if package == _ROOT else self._folder_of.get(package)
                yield from [(other, name)] if other is not None else []
            elif self._script((folder, required)) is None and ":" in required:
                package, _, name = required.partition(":")
                yield from [(self._folder_of[package], name)] if package in self._folder_of else []
            else:
                yield folder, required

    def _requires(self, task: Task) -> Iterator[str]:
        folder, name = task
        own = self._script(task)
        yield from own[1].requires if own else ()
        names = [f"{each}#{name}" for each, other in self._folder_of.items() if other == folder]
        for file in (*(posixpath.join(folder, each) for each in _DEFAULTS if folder), *_DEFAULTS):
            found = (self.packages.script(file, each) for each in (*names, name))
            stated = next((each for each in found if each), None) if file in self.packages.paths else None
            if stated is not None:
                yield from stated.requires
                return

    def _made_of(self, folder: str) -> Iterator[str]:
        path = posixpath.join(folder, PACKAGE)
        scripts = self.packages.scripts(path) if path in self.packages.paths else None
        for name in scripts.depends if scripts else ():
            if name in self._folder_of:
                yield self._folder_of[name]


def _is_chosen(own: str, names: tuple[str, ...], filters: tuple[str, ...], folder: str | None) -> bool:
    if filters == EVERYWHERE:
        return bool(own)
    wanted = [plain(each) for each in filters if not each.startswith("!")]
    if _ROOT in wanted and not own:
        return True
    return any(selects(each, own, name, folder) for each in wanted for name in names or ("",))
