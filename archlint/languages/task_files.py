"""Files of JSON that name tasks: ``package.json``, ``deno.json``, ``turbo.json``, ``nx.json``, ``project.json`` of nx."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import msgspec

from archlint.languages.bash.modes import SH_C
from archlint.languages.documents import Document, Node, Path
from archlint.languages.located import commands_in
from archlint.model import WHOLE_FILE, Problem
from archlint.pipelines import Command, Script, Scripts
from archlint.project.words import ROOT
from archlint.source import Source

_DEPENDENCIES = frozenset({"dependencies", "devDependencies", "optionalDependencies", "peerDependencies"})
# https://nx.dev/nx-api/nx/executors/run-commands and …/run-script
_RUN_COMMANDS = frozenset(
    {"", "nx:run-commands", "@nrwl/workspace:run-commands", "@nx/workspace:run-commands"}
)
_RUN_SCRIPT = frozenset({"nx:run-script", "@nrwl/workspace:run-script"})


def task_scripts(source: Source, document: Document) -> tuple[Scripts | None, tuple[Problem, ...]]:
    """The tasks of a file as scripts, and what of their texts was not understood; None for a file of another name."""
    read = _READERS.get(PurePosixPath(source.path).name)
    if read is None:
        return None, ()
    tasks = _Tasks(source, document)
    return read(tasks), tuple(tasks.problems)


class _Tasks:
    """The values of one file by their paths; of two at the same path, the later."""

    def __init__(self, source: Source, document: Document) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._is_whole = not document.problems
        self._nodes = {node.path: node for node in document.nodes}
        self._children: defaultdict[Path, list[Path]] = defaultdict(list)
        for path in self._nodes:
            if path:
                self._children[path[:-1]].append(path)

    def text(self, *path: str) -> str:
        node = self._nodes.get(path)
        return node.content.text if node is not None and node.type == "string" else ""

    def texts(self, *path: str) -> tuple[str, ...]:
        """The strings of the sequence at ``path``."""
        found = (self.text(*child) for child in self._children[path])
        return tuple(text for text in found if text)

    def below(self, *path: str) -> list[Path]:
        return self._children[path]

    def keys(self, *path: str) -> tuple[str, ...]:
        return tuple(child[-1] for child in self._children[path])

    def commands(self, *path: str) -> tuple[Command, ...]:
        """The commands of the text at ``path``, as ``sh -c`` runs them."""
        node = self._nodes.get(path)
        if node is None or node.type != "string":
            return ()
        found, unread = commands_in(self._source, node.content, SH_C)
        self.problems.extend(unread)
        return found

    def script(self, path: Path, commands: tuple[Command, ...], requires: tuple[str, ...] = ()) -> Script:
        node = self._nodes[path]
        return Script(path[-1], self._source.lines.span(*_key(node)), commands, requires)

    def scripts(self, key: str, scripts: Iterator[Script], **more: object) -> Scripts:
        """All of them, with the place of the key that holds them."""
        node = self._nodes.get((key,))
        span = self._source.lines.span(*node.key) if node is not None and node.key else WHOLE_FILE
        found = Scripts(scripts=tuple(scripts), is_whole=self._is_whole, span=span)
        return msgspec.structs.replace(found, **more)


def _key(node: Node) -> tuple[int, int]:
    return node.key or (node.content.start, node.content.end)


def _package(tasks: _Tasks) -> Scripts:
    named = (path for path in tasks.below("scripts") if tasks.text(*path))
    scripts = (tasks.script(path, tasks.commands(*path)) for path in named)
    depends = tuple(name for key in sorted(_DEPENDENCIES) for name in tasks.keys(key))
    return tasks.scripts("scripts", scripts, package=tasks.text("name"), depends=depends)


def _deno(tasks: _Tasks) -> Scripts:
    scripts = (
        tasks.script(
            path,
            tasks.commands(*path) or tasks.commands(*path, "command"),
            tasks.texts(*path, "dependencies"),
        )
        for path in tasks.below("tasks")
    )
    return tasks.scripts("tasks", scripts, package=tasks.text("name"))


def _turbo(tasks: _Tasks) -> Scripts:
    """Tasks without commands: those are scripts of packages. Before turbo 2 they stood under ``pipeline``."""
    key = "tasks" if tasks.below("tasks") else "pipeline"
    scripts = (tasks.script(path, (), tasks.texts(*path, "dependsOn")) for path in tasks.below(key))
    return tasks.scripts(key, scripts)


def _nx(tasks: _Tasks) -> Scripts:
    scripts = (tasks.script(path, (), _required(tasks, path)) for path in tasks.below("targetDefaults"))
    return tasks.scripts("targetDefaults", scripts)


def _project(tasks: _Tasks) -> Scripts:
    scripts = (
        tasks.script(path, tuple(_target(tasks, path)), _required(tasks, path))
        for path in tasks.below("targets")
    )
    return tasks.scripts("targets", scripts, package=tasks.text("name"))


def _required(tasks: _Tasks, path: Path) -> tuple[str, ...]:
    """What a target depends on: ``build``, ``^build`` of what it is made of, ``app:build``."""
    found: list[str] = []
    for item in tasks.below(*path, "dependsOn"):
        target = tasks.text(*item, "target")
        projects = tasks.texts(*item, "projects")
        found += [tasks.text(*item)] if not target else [f"{each}:{target}" for each in projects] or [target]
    return tuple(text for text in found if text)


def _target(tasks: _Tasks, path: Path) -> Iterator[Command]:
    """The commands of a target. They run in the root of the workspace unless ``cwd`` says otherwise."""
    executor = tasks.text(*path, "executor")
    options = (*path, "options")
    if executor in _RUN_SCRIPT:
        name = tasks.text(*options, "script")
        yield from (
            Command(("npm", "run", name), command.span) for command in tasks.commands(*options, "script")[:1]
        )
    if executor not in _RUN_COMMANDS:
        return
    texts = [(*path, "command"), (*options, "command")]
    for item in tasks.below(*options, "commands"):
        texts += [item, (*item, "command")]
    folder = posixpath.join(ROOT, tasks.text(*options, "cwd"))
    for command in (each for text in texts for each in tasks.commands(*text)):
        inner = None if command.folder is None else posixpath.join(folder, command.folder)
        yield msgspec.structs.replace(command, folder=inner)


_READERS: dict[str, Callable[[_Tasks], Scripts]] = {
    "deno.json": _deno,
    "deno.jsonc": _deno,
    "nx.json": _nx,
    "package.json": _package,
    "project.json": _project,
    "turbo.json": _turbo,
    "turbo.jsonc": _turbo,
}
