"""What a command starts: scripts of packages, targets of Makefiles, files, other commands. Compares words only."""

import re
import shlex
from collections.abc import Callable, Mapping

import msgspec

from archlint.project.managers import manager
from archlint.project.words import Words, unwrapped

_FILE_RUNNERS = {
    "bash": "shell", "dash": "shell", "ksh": "shell", "sh": "shell", "zsh": "shell", ".": "shell",
    "source": "shell", "node": "node", "nodejs": "node", "tsx": "node", "ts-node": "node", "bun": "node", "deno": "node",
    "ts-node-esm": "node", "python": "python", "python3": "python",
}  # fmt: skip
_INLINE = frozenset({"-c", "-e", "-m", "-p", "--eval", "--print", "--test", "-lc", "-ec", "-s", "-i"})
_TAKE_VALUE = frozenset(
    {
        "-r",
        "--require",
        "--import",
        "--loader",
        "--experimental-loader",
        "-P",
        "--project",
        "-O",
        "-o",
        "-X",
        "-W",
    }
)
_SHELL_TEXT = re.compile(r"-[a-z]*c[a-z]*")
_SHELL_OPTION = re.compile(r"[-+][a-z]*o")
_MAKE_TAKES = frozenset({"-C", "--directory", "-f", "--file", "--makefile", "-I", "-o", "-W"})
_PREFIXED = re.compile(r"(?:npm|pnpm|yarn|bun|node):(.+)")
_DENO = ("deno.json", "deno.jsonc", "package.json")
_SUBCOMMANDS = frozenset({"watch", "run", "x"})


class RunsScripts(msgspec.Struct, frozen=True):
    """Scripts of packages: those around ``folder``, or those that ``filters`` select in the workspace."""

    names: tuple[str, ...]
    """Globs of ``npm-run-all`` among them."""
    folder: str = ""
    filters: tuple[str, ...] = ()
    arguments: Words = ()
    is_certain: bool = True
    """Whether a script must be there: ``pnpm lint`` may be a program too."""
    holders: tuple[str, ...] = ("package.json",)
    """The files that may hold them, the first that is there before the others."""


class RunsTasks(msgspec.Struct, frozen=True):
    """Tasks of packages that turbo or nx runs after what they depend on."""

    names: tuple[str, ...]
    filters: tuple[str, ...]
    arguments: Words = ()


class RunsTargets(msgspec.Struct, frozen=True):
    """Targets of a Makefile; the first one if none is named."""

    targets: tuple[str, ...]
    folder: str = ""
    file: str = ""
    assigned: tuple[tuple[str, str], ...] = ()


class RunsFile(msgspec.Struct, frozen=True):
    """A file, which may be a shell script."""

    path: str
    program: str = ""


class RunsCommand(msgspec.Struct, frozen=True):
    """Another command."""

    words: Words
    folder: str = ""
    filters: tuple[str, ...] = ()


Launch = RunsScripts | RunsTasks | RunsTargets | RunsFile | RunsCommand


def launches(words: Words) -> tuple[Launch, ...]:
    """What ``words`` start, in order. Nothing where only the run time knows."""
    plain = unwrapped(words)
    program = plain[0] if plain else None
    if program is None:
        return ()
    return _LAUNCHERS.get(program, _file)(program, plain[1:])


def _managed(program: str, given: list[str | None]) -> tuple[Launch, ...]:
    found = manager(program, given)
    if found is None:
        return _file(program, given) if program == "bun" else ()
    if found.command:
        return (RunsCommand(found.command, found.folder, found.filters),)
    if program in ("nx", "turbo"):
        return (RunsTasks(found.names, found.filters, found.arguments),)
    return (RunsScripts(found.names, found.folder, found.filters, found.arguments, found.is_certain),)


def _node(program: str, given: list[str | None]) -> tuple[Launch, ...]:
    if given[:1] == ["--run"] and len(given) > 1 and given[1]:
        return (RunsScripts((given[1],), arguments=tuple(given[2:])),)
    return _file(program, given)


def _deno(program: str, given: list[str | None]) -> tuple[Launch, ...]:
    plain = [word for word in given if word is None or not word.startswith("-")]
    if plain[:1] == ["task"]:
        name = plain[1] if len(plain) > 1 else None
        at = given.index(name) + 1 if name else 0
        return (RunsScripts((name,), arguments=tuple(given[at:]), holders=_DENO),) if name else ()
    return _file(program, given) if plain[:1] == ["run"] or (plain[:1] and "." in (plain[0] or "")) else ()


def _several(_program: str, given: list[str | None]) -> tuple[Launch, ...]:
    names = [word for word in given if word and not word.startswith("-")]
    return (RunsScripts(tuple(names)),) if names else ()


def _concurrently(_program: str, given: list[str | None]) -> tuple[Launch, ...]:
    return tuple(_concurrent(word) for word in given if word and not word.startswith("-"))


def _concurrent(word: str) -> Launch:
    prefixed = _PREFIXED.fullmatch(word)
    if prefixed and " " not in word:
        return RunsScripts((prefixed[1],))
    try:
        return RunsCommand(tuple(shlex.split(word)))
    except ValueError:
        return RunsCommand((None,))


def _made(_program: str, given: list[str | None]) -> tuple[Launch, ...]:
    folder, file, targets, assigned = "", "", list[str](), list[tuple[str, str]]()
    rest = iter(given)
    for word in rest:
        if word is None:
            return ()
        option, equals, value = word.partition("=")
        if word in _MAKE_TAKES or (word.startswith("--") and equals):
            value = value if equals else next(rest, None) or ""
            folder = value if option in ("-C", "--directory") else folder
            file = value if option in ("-f", "--file", "--makefile") else file
        elif equals:
            assigned.append((option.rstrip(":+?"), value))
        elif not word.startswith("-") and not word.isdecimal():
            targets.append(word)
    return (RunsTargets(tuple(targets), folder, file, tuple(assigned)),)


def _file(program: str, given: list[str | None]) -> tuple[Launch, ...]:
    runner = _FILE_RUNNERS.get(program.rsplit("/", 1)[-1])
    if runner is None:
        return (RunsFile(program),) if "/" in program.lstrip("/") else ()
    rest = iter(given)
    for word in rest:
        if word is None or word in _INLINE or (runner == "shell" and _SHELL_TEXT.fullmatch(word)):
            return ()
        if word in _TAKE_VALUE or (runner == "shell" and _SHELL_OPTION.fullmatch(word)):
            next(rest, None)
        elif not word.startswith("-") and word not in _SUBCOMMANDS:
            return (RunsFile(word, runner),)
    return ()


_LAUNCHERS: Mapping[str, Callable[[str, list[str | None]], tuple[Launch, ...]]] = {
    **dict.fromkeys(("bun", "lerna", "npm", "nx", "pnpm", "turbo", "yarn"), _managed),
    **dict.fromkeys(("npm-run-all", "npm-run-all2", "run-p", "run-s"), _several),
    **dict.fromkeys(("gmake", "make"), _made),
    "concurrently": _concurrently,
    "deno": _deno,
    "node": _node,
}
