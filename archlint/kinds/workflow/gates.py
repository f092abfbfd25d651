"""Package scripts that some workflow must run."""

import posixpath
from collections.abc import Iterator

from archlint.kinds.workflow.options import Gates, texts
from archlint.kinds.workflow.told import hit
from archlint.model import Hit, Place, Scope
from archlint.pipelines import Script
from archlint.project import Project, Resolved
from archlint.scope import matches_name


def packages(gates: Gates, ignores: tuple[str, ...]) -> Scope:
    """The files that hold the scripts."""
    return Scope(gates.within, ("**/node_modules/**", *ignores))


def check_gates(gates: Gates, scope: Scope, project: Project, resolved: Resolved) -> Iterator[Hit]:
    """A hit at each script that nothing runs."""
    executed = frozenset(each.rooted for each in resolved.executions if each.file)
    words = frozenset(word for each in executed for word in each if word)
    for path, script in gated(gates, scope, project):
        if (path, script.name) not in resolved.ran and not _is_run_directly(path, script, executed, words):
            notes = [remark.text for remark in resolved.unread[:1]]
            text = "; ".join((f"no workflow runs script '{script.name}'", *notes))
            place = Place(path, script.span)
            yield hit(place, text, f"gate {script.name}", script=script.name, related=resolved.unread)


def gated(gates: Gates, scope: Scope, project: Project) -> Iterator[tuple[str, Script]]:
    """The scripts that must be run, with the files that hold them."""
    for facts in project.facts(scope):
        for script in facts.scripts.scripts if facts.scripts else ():
            if _is_one_of(script.name, texts(gates.scripts)) and not _is_one_of(script.name, gates.ignores):
                yield facts.path, script


def _is_one_of(name: str, patterns: tuple[str, ...]) -> bool:
    return any(matches_name(pattern, name) for pattern in patterns)


def _is_run_directly(
    path: str, script: Script, executed: frozenset[tuple[str | None, ...]], known: frozenset[str]
) -> bool:
    """Whether workflows run the same files with the same arguments, without going through the script."""
    folder = posixpath.dirname(path)
    rooted = [tuple(_rooted(word, folder, known) for word in command.words) for command in script.commands]
    return bool(rooted) and all(None not in words and words in executed for words in rooted)


def _rooted(word: str | None, folder: str, known: frozenset[str]) -> str | None:
    path = posixpath.normpath(posixpath.join(folder, word)) if word else word
    return path if path in known else word
