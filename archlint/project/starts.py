"""What a command leads to: the commands of the scripts, targets and files that it runs, or why there are none."""

import posixpath
from collections import Counter
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from archlint.model import Place
from archlint.pipelines import Command, Script, Scripts
from archlint.project.execution import Execution, Site
from archlint.project.launches import RunsCommand, RunsFile, RunsScripts, RunsTargets, RunsTasks, launches
from archlint.project.packages import MAKEFILES, PACKAGE, Packages
from archlint.project.scenes import Scene, joined
from archlint.project.tasks import Tasks
from archlint.project.words import Words, assigned, told, words_of

_SHELL_SUFFIXES = (".bash", ".sh")
_NODE_ENDINGS = ("", ".js", ".cjs", ".mjs", ".json", "/index.js", ".ts", ".mts", "/index.ts")
_ENDINGS = (".bash", ".cjs", ".cts", ".js", ".mjs", ".mts", ".py", ".sh", ".ts", ".tsx")
_BUILT = frozenset({".next", ".output", "build", "coverage", "dist", "node_modules", "out", "target", "tmp"})
_WILD = frozenset("*?[]{}$`")
_MOST_TARGETS = 10_000


class Draft(msgspec.Struct, frozen=True):
    """An execution that is still to be looked into."""

    place: Place
    scene: Scene
    words: Words = ()
    command: Command | None = None
    site: Site | None = None
    uses: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    via: Execution | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What something leads to. ``lost`` says why it leads nowhere, if it does."""

    drafts: tuple[Draft, ...] = ()
    lost: str = ""
    unread: str = ""
    """What was left out on the way, a sentence."""
    file: str = ""
    path: tuple[str, str] = ("", "")
    """The word that names a file, and that file's path from the root."""


@dataclass(slots=True)
class Starts:
    """Looks up what commands start. Each script is entered a few times at most: they may call each other in circles."""

    packages: Packages
    most_visits: int
    visits: Counter[tuple[str, str]] = field(default_factory=Counter)
    ran: set[tuple[str, str]] = field(default_factory=set)
    tasks: Tasks = field(init=False)

    def __post_init__(self) -> None:
        """Look up tasks in the same packages."""
        self.tasks = Tasks(self.packages)

    def of(self, draft: Draft) -> Outcome:
        """What a command leads to."""
        outcomes = []
        for launch in launches(draft.words):
            match launch:
                case RunsScripts():
                    outcomes.append(self._scripts(draft, launch))
                case RunsTasks():
                    outcomes.append(self._tasks(draft, launch))
                case RunsTargets():
                    outcomes.append(self._targets(draft, launch))
                case RunsFile():
                    outcomes.append(self._file(draft, launch))
                case RunsCommand():
                    outcomes.append(self._command(draft, launch))
        return Outcome(
            drafts=tuple(each for outcome in outcomes for each in outcome.drafts),
            lost=next((outcome.lost for outcome in outcomes if outcome.lost), ""),
            unread=next((outcome.unread for outcome in outcomes if outcome.unread), ""),
            file=next((outcome.file for outcome in outcomes if outcome.file), ""),
            path=next((outcome.path for outcome in outcomes if outcome.path[0]), ("", "")),
        )

    def may_enter(self, file: str, name: str) -> bool:
        """Whether a script was not entered often enough yet; counts the visit."""
        self.ran.add((file, name))
        self.visits[file, name] += 1
        return self.visits[file, name] <= self.most_visits

    def _command(self, draft: Draft, launch: RunsCommand) -> Outcome:
        scene = draft.scene.within(launch.folder)
        if not launch.filters:
            return Outcome((replace(draft, words=launch.words, scene=scene, site=None),))
        paths = self.packages.selected(launch.filters, draft.scene.folder) or ()
        scenes = (replace(scene, folder=posixpath.dirname(path)) for path in paths)
        return Outcome(tuple(replace(draft, words=launch.words, scene=each, site=None) for each in scenes))

    def _scripts(self, draft: Draft, launch: RunsScripts) -> Outcome:
        folder = joined(draft.scene.folder, launch.folder)
        if unread := self._unread(folder, launch.holders) if not launch.filters else "":
            return Outcome(unread=unread)
        paths: tuple[str, ...] | None
        if launch.filters:
            paths = self.packages.selected(launch.filters, draft.scene.folder)
        else:
            nearest = (self.packages.nearest(folder, name) for name in launch.holders)
            paths = tuple(path for path in nearest if path)
        if paths is None:
            return Outcome()
        drafts: list[Draft] = []
        lost = self._without_package(draft, launch, paths)
        for name in launch.names:
            found = [(path, script) for path in paths for script in self.packages.called(path, name)]
            for path, script in found[:1] if len(launch.holders) > 1 else found:
                drafts.extend(self._with_hooks(draft, path, script, launch.arguments))
            if not found and not lost and paths and folder is not None and self._is_lacking(launch, paths):
                lost = f"`{told(draft.words)}` runs a script '{name}' that {_lacking(paths)}"
        return Outcome(tuple(drafts), lost)

    def _unread(self, folder: str | None, names: tuple[str, ...]) -> str:
        found = (self.packages.left_out(joined(folder, name)) for name in names)
        return next((each for each in found if each), "")

    def _without_package(self, draft: Draft, launch: RunsScripts, paths: tuple[str, ...]) -> str:
        is_told = launch.is_certain and not self.packages.is_excerpt and draft.scene.folder is not None
        if paths or not is_told:
            return ""
        if not launch.filters:
            return f"`{told(draft.words)}` runs a script, and there is no package.json"
        named = [each for each in launch.filters if each.strip(".^") == each and not set(each) & _WILD]
        return (
            f"`{told(draft.words)}` runs a script of '{named[0]}', and no package is called so"
            if named
            else ""
        )

    def _is_lacking(self, launch: RunsScripts, paths: tuple[str, ...]) -> bool:
        """Whether it is sure that no package has what must be there."""
        known = [self.packages.scripts(path) for path in paths]
        return launch.is_certain and all(scripts is not None and scripts.is_whole for scripts in known)

    def _with_hooks(self, draft: Draft, path: str, script: Script, arguments: Words) -> list[Draft]:
        """A script with its ``pre`` and ``post`` scripts around it."""
        before, after = (self.packages.script(path, f"{hook}{script.name}") for hook in ("pre", "post"))
        found: list[Draft] = []
        required = [self.packages.script(path, name) for name in script.requires]
        for each, given in (*((one, ()) for one in required), (before, ()), (script, arguments), (after, ())):
            if each is not None and self.may_enter(path, each.name):
                found.extend(_commands(draft, path, each, posixpath.dirname(path), given))
        return found

    def _tasks(self, draft: Draft, launch: RunsTasks) -> Outcome:
        drafts: list[Draft] = []
        for path, script, is_asked in self.tasks.ordered(launch.names, launch.filters, draft.scene.folder):
            given = launch.arguments if is_asked else ()
            if posixpath.basename(path) == PACKAGE:
                drafts.extend(self._with_hooks(draft, path, script, given))
            elif self.may_enter(path, script.name):
                drafts.extend(_commands(draft, path, script, posixpath.dirname(path), given))
        return Outcome(tuple(drafts))

    def _targets(self, draft: Draft, launch: RunsTargets) -> Outcome:
        folder = joined(draft.scene.folder, launch.folder)
        path = self.packages.makefile(folder, launch.file)
        unread = self._unread(folder, (launch.file,) if launch.file else MAKEFILES)
        if path is None and unread:
            return Outcome(unread=unread)
        if path is None:
            is_told = folder is not None and not self.packages.is_excerpt
            return Outcome(lost=f"`{told(draft.words)}` finds no Makefile" if is_told else "")
        files = dict(self.packages.included(path))
        script_of = {
            script.name: (file, script)
            for file, scripts in reversed(files.items())
            for script in (scripts.scripts if scripts else ())
        }
        main = files[path]
        first = (main.scripts[0].name,) if main and main.scripts else ()
        scene = replace(draft.scene, folder=folder).knowing(
            {f"make.{key}": value for key, value in launch.assigned}
        )
        drafts: list[Draft] = []
        for file, script in _in_order(launch.targets or first, script_of):
            if self.may_enter(file, script.name):
                drafts.extend(_commands(replace(draft, scene=scene), file, script, folder, ()))
        missing = [name for name in launch.targets if name not in script_of]
        is_lost = missing and joined(folder, missing[0]) not in self.packages.paths and _are_whole(files)
        lost = (
            f"`{told(draft.words)}` asks for a target '{missing[0]}' that {path} does not have"
            if is_lost
            else ""
        )
        return Outcome(tuple(drafts), lost)

    def _file(self, draft: Draft, launch: RunsFile) -> Outcome:
        path = joined(draft.scene.folder, launch.path)
        if path is None or set(launch.path) & _WILD:
            return Outcome()
        endings = _NODE_ENDINGS if launch.program == "node" else ("",)
        found = next((path + ending for ending in endings if path + ending in self.packages.paths), "")
        if found:
            is_shell = found.endswith(_SHELL_SUFFIXES) and launch.program in ("", "shell")
            script = self.packages.script(found, "") if is_shell else None
            entered = script is not None and self.may_enter(found, "")
            drafts = _commands(draft, found, script, draft.scene.folder, ()) if script and entered else []
            return Outcome(tuple(drafts), file=found, path=(launch.path, found))
        if unread := self.packages.left_out(path):
            return Outcome(unread=unread, file=path, path=(launch.path, path))
        is_told = (
            path.endswith(_ENDINGS) and not _BUILT & set(path.split("/")) and not self.packages.is_excerpt
        )
        lost = f"`{told(draft.words)}` runs '{path}', which is not there" if is_told else ""
        return Outcome(lost=lost, path=(launch.path, path))


def _lacking(paths: tuple[str, ...]) -> str:
    return f"{paths[0]} does not have" if len(paths) == 1 else f"none of {', '.join(paths[:3])} has"


def _are_whole(files: dict[str, Scripts | None]) -> bool:
    """Whether Makefiles say all that they have, and no pattern makes what they do not name."""
    return all(
        scripts is not None and scripts.is_whole and not any("%" in script.name for script in scripts.scripts)
        for scripts in files.values()
    )


def _commands(draft: Draft, path: str, script: Script, folder: str | None, arguments: Words) -> list[Draft]:
    """The commands of a script as drafts; arguments go to the last."""
    prefixes = assigned(draft.command, draft.words) if draft.command else {}
    scene = replace(draft.scene, folder=folder).knowing(
        {f"env.{name}": value for name, value in prefixes.items()}
    )
    last = max(
        script.commands,
        key=lambda command: command.span.end_column + 10**6 * command.span.end_line,
        default=None,
    )
    return [
        Draft(
            place=Place(path, command.span),
            scene=scene.within(command.folder),
            words=words_of(command, scene.context) + (arguments if command is last else ()),
            command=command,
        )
        for command in script.commands
    ]


def _in_order(names: tuple[str, ...], script_of: dict[str, tuple[str, Script]]) -> list[tuple[str, Script]]:
    """Targets after those that they require, each once."""
    found: dict[str, tuple[str, Script]] = {}
    pending = [(name, False) for name in reversed(names)]
    begun: set[str] = set()
    while pending and len(begun) < _MOST_TARGETS:
        name, is_ready = pending.pop()
        target = script_of.get(name)
        if target is None or name in found:
            continue
        if is_ready:
            found[name] = target
        elif name not in begun:
            begun.add(name)
            pending.append((name, True))
            pending.extend((each, False) for each in reversed(target[1].requires))
    return list(found.values())
