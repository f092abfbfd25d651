"""Command lines of package managers and task runners: which scripts of which packages they run."""

import msgspec
from msgspec.structs import replace

from archlint.project.words import Words

EVERYWHERE = ("*",)
"""The filters that mean every package of the workspace but the root."""

_FOLDERS = frozenset({"-C", "--cwd", "--dir", "--prefix"})
_FILTERS = frozenset({"-F", "--filter", "--filter-prod", "--project", "--projects", "-p", "--scope"})
_NPM_FILTERS = frozenset({"-w", "--workspace"})
_EVERYWHERE = frozenset({"-r", "--recursive", "--workspaces", "-ws", "-A", "--all"})
_TAKE_VALUE = frozenset(
    {
        "--concurrency", "--exclude", "--from", "--include", "--loglevel", "--log-order", "--output-logs",
        "--parallel-jobs", "--reporter", "--workspace-concurrency",
    }
)  # fmt: skip
_TARGETS = frozenset({"-t", "--target", "--targets"})
_RUN = frozenset({"run", "run-script", "rum", "urn"})
_EXEC = frozenset({"dlx", "exec", "x"})
_LIFE_CYCLE = {
    "restart": "restart",
    "start": "start",
    "stop": "stop",
    "t": "test",
    "test": "test",
    "tst": "test",
}
# What a package manager does itself; any other word may be a script of the package.
_OWN = frozenset(
    {
        "add", "audit", "bin", "build-addon", "cache", "ci", "config", "create", "dedupe", "deploy", "doctor",
        "env", "fetch", "help", "i", "import", "info", "init", "install", "link", "list", "ls", "login",
        "npm", "outdated", "pack", "patch", "pm", "policies", "prune", "publish", "rebuild", "remove", "root",
        "set", "setup", "store", "unlink", "up", "update", "upgrade", "version", "view", "why",
    }
)  # fmt: skip
_AMBIGUOUS = frozenset({"deploy"})  # `pnpm deploy` is pnpm's own, `yarn deploy` a script
_RUNNERS = frozenset({"lerna", "nx", "turbo"})


class Manager(msgspec.Struct, frozen=True):
    """What a command line asks for: scripts by name, or another command."""

    names: tuple[str, ...] = ()
    command: Words = ()
    folder: str = ""
    filters: tuple[str, ...] = ()
    arguments: Words = ()
    is_certain: bool = True


def manager(program: str, given: list[str | None]) -> Manager | None:
    """What ``program`` runs; None for nothing, or what only the run time knows."""
    if "--" in given and program in ("npm", *_RUNNERS):
        at = given.index("--")
        given, passed = given[:at], given[at + 1 :]
    else:
        passed = []
    plain = _without_options(program, given)
    if plain is None:
        return None
    asked, words = plain
    if program in _RUNNERS:
        return _tasks(program, asked, words, tuple(passed))
    return _script(program, asked, words, tuple(passed))


def _without_options(program: str, given: list[str | None]) -> tuple[Manager, list[str | None]] | None:
    """What the options say, and the other words. Those after a script's name are its own, save with npm."""
    asked, words, at = Manager(), list[str | None](), 0
    while at < len(given):
        word = given[at]
        if word is None and not words:
            return None
        if word is None or not word.startswith("-") or word == "-":
            words.append(word)
            at += 1
            if program in ("bun", "pnpm", "yarn") and _is_complete(words):
                return asked, [*words, *given[at:]]
            continue
        name, equals, value = word.partition("=")
        takes = name in _FOLDERS | _FILTERS | _TAKE_VALUE | _TARGETS or (
            program == "npm" and name in _NPM_FILTERS
        )
        if takes and not equals:
            value = (given[at + 1] if at + 1 < len(given) else None) or ""
        at += 2 if takes and not equals else 1
        changed = _asked(program, asked, name, value)
        if changed is None:
            return None
        asked = changed
    return asked, words


def _is_complete(words: list[str | None]) -> bool:
    """Whether the words name what runs, so that options after them are its own."""
    first = words[0]
    if first == "workspace":
        return len(words) > 2 and words[2] not in _RUN or len(words) > 3  # noqa: PLR2004, RUF021 -- the package, `run`, the name
    if first == "workspaces":
        return len(words) > 1 and words[-2] in _RUN
    return first in _EXEC or len(words) > 1 or first not in _RUN


def _asked(program: str, asked: Manager, name: str, value: str) -> Manager | None:
    if name in _FOLDERS:
        return replace(asked, folder=value) if value else None
    if name in _FILTERS or (program == "npm" and name in _NPM_FILTERS):
        return replace(asked, filters=(*asked.filters, *value.split(","))) if value else None
    if name in _TARGETS:
        return replace(asked, names=(*asked.names, *value.split(",")))
    if name in _EVERYWHERE:
        return replace(asked, filters=EVERYWHERE)
    if program == "pnpm" and name in ("-w", "--workspace-root"):
        return replace(asked, folder="//")
    return replace(asked, is_certain=False) if name == "--if-present" else asked


def _script(program: str, asked: Manager, words: list[str | None], passed: Words) -> Manager | None:
    if words[:1] == ["workspace"] and len(words) > 1 and words[1]:
        asked, words = replace(asked, filters=(words[1],)), words[2:]
    elif words[:1] == ["workspaces"]:
        asked, words = replace(asked, filters=EVERYWHERE), [word for word in words[1:] if word != "foreach"]
    first, *rest = words or [None]
    if first is None:
        return None
    if first in _EXEC:
        return replace(asked, command=tuple(word for word in rest if word != "--")) if rest else None
    if first in _RUN:
        name, *rest = rest or [None]
        return replace(asked, names=(name,), arguments=_passed(rest, passed)) if name else None
    if first in _LIFE_CYCLE and program != "bun":
        name = _LIFE_CYCLE[first]
        is_certain = asked.is_certain and name == "test"
        return replace(asked, names=(name,), arguments=_passed(rest, passed), is_certain=is_certain)
    is_own = first in _OWN and not (first in _AMBIGUOUS and program != "pnpm")
    if program == "npm" or is_own:
        return None
    is_certain = asked.is_certain and ":" in first
    return replace(asked, names=(first,), arguments=_passed(rest, passed), is_certain=is_certain)


def _passed(rest: list[str | None], passed: Words) -> Words:
    return (*(rest[1:] if rest[:1] == ["--"] else rest), *passed)


def _tasks(program: str, asked: Manager, words: list[str | None], passed: Words) -> Manager | None:
    """``turbo run X Y``, ``lerna run X``, ``nx run app:X``, ``nx X app``, ``nx run-many -t X``."""
    if any(word is None for word in words):
        return None
    given = [word for word in words if word is not None]
    filters = asked.filters or EVERYWHERE
    if program == "nx":
        return _nx(asked, given, passed, filters)
    names = given[1:] if given[:1] == ["run"] else given if program == "turbo" else []
    if not names:
        return None
    tasks = tuple(name.rpartition("#")[2] for name in names)
    packages = tuple(name.rpartition("#")[0] for name in names if "#" in name)
    return replace(asked, names=tasks, filters=packages or filters, arguments=passed, is_certain=False)


def _nx(asked: Manager, given: list[str], passed: Words, filters: tuple[str, ...]) -> Manager | None:
    if given[:1] in (["run-many"], ["affected"]):
        names = (*asked.names, *given[1:])
        return (
            replace(asked, names=names, filters=filters, arguments=passed, is_certain=False)
            if names
            else None
        )
    if given[:1] == ["run"] and len(given) > 1 and ":" in given[1]:
        package, name = given[1].split(":")[:2]
    elif len(given) == 2:  # noqa: PLR2004 -- the target and the package
        name, package = given
    else:
        return None
    return replace(asked, names=(name,), filters=(package,), arguments=passed, is_certain=False)
