"""Package scripts: that they are there, lead to files that are there, and that some workflow runs them."""

from collections.abc import Iterator

import msgspec

from archlint.kinds.several import as_tuple
from archlint.kinds.workflow.options import Gates
from archlint.kinds.workflow.told import hit
from archlint.model import Hit, Place, Scope
from archlint.pipelines import Script
from archlint.project import Project
from archlint.project.execution import Execution, Resolved
from archlint.project.executions import started
from archlint.scope import is_wild, matches_name, matching

_SAY_NOTHING = frozenset({":", "cd", "echo", "exit", "export", "printf", "set", "true"})


def packages(gates: Gates, ignores: tuple[str, ...]) -> Scope:
    """The files that hold the scripts."""
    return Scope(gates.within, ("**/node_modules/**", *ignores))


def check_gates(gates: Gates, scope: Scope, project: Project, resolved: Resolved) -> Iterator[Hit]:
    """A hit for each script that is missing, that nothing runs, or that leads to something that is not there."""
    if gates.exist:
        yield from _missing(gates, scope, project)
    wired = _wired(resolved)
    for path, script in gated(gates, scope, project):
        leads_to = started(project, path, script.name)
        if gates.wired and (path, script.name) not in resolved.ran and not wired.all_of(leads_to):
            notes = [remark.text for remark in resolved.unread[:1]]
            text = "; ".join((f"no workflow runs script '{script.name}'", *notes))
            place = Place(path, script.span)
            yield hit(place, text, f"gate {script.name}", script=script.name, related=resolved.unread)
        if gates.resolve:
            yield from _unresolved(Place(path, script.span), script.name, leads_to)


def gated(gates: Gates, scope: Scope, project: Project) -> Iterator[tuple[str, Script]]:
    """The scripts in question, with the files that hold them."""
    for path, script in called(gates, scope, project):
        if not gates.running or _runs_one_of(gates.running, started(project, path, script.name)):
            yield path, script


def called(gates: Gates, scope: Scope, project: Project) -> Iterator[tuple[str, Script]]:
    """The scripts with the right names, whatever they run."""
    for facts in project.facts(scope):
        for script in facts.scripts.scripts if facts.scripts else ():
            if _is_one_of(script.name, as_tuple(gates.scripts)) and not _is_one_of(
                script.name, gates.ignores
            ):
                yield facts.path, script


def _is_one_of(name: str, patterns: tuple[str, ...]) -> bool:
    return any(matches_name(pattern, name) for pattern in patterns)


def _runs_one_of(globs: tuple[str, ...], leads_to: Resolved) -> bool:
    """Whether one of the files is run, or would be if it were there."""
    words = {word for each in leads_to.executions for word in each.rooted if word}
    return any(matching(glob, words) for glob in globs)


def _missing(gates: Gates, scope: Scope, project: Project) -> Iterator[Hit]:
    holders = [(facts.path, facts.scripts) for facts in project.facts(scope) if facts.scripts]
    there = {script.name for _, scripts in holders for script in scripts.scripts}
    for name in as_tuple(gates.scripts) if holders else ():
        if not is_wild(name) and not name.startswith("/") and name not in there:
            path, scripts = holders[0]
            what = path if len(holders) == 1 else "no package"
            text = f"{what} has {'no' if len(holders) == 1 else 'a'} script '{name}'"
            yield hit(Place(path, scripts.span), text, f"missing {name}", script=name)


def _unresolved(place: Place, name: str, leads_to: Resolved) -> Iterator[Hit]:
    lost = [each for each in leads_to.executions if each.lost]
    for each in lost:
        yield hit(each.place, each.lost, f"lost {each.says}", script=name, flow=each.flow)
    is_known = not any(None in each.words for each in leads_to.executions)
    if not lost and is_known and not any(each.file for each in leads_to.executions):
        yield hit(place, f"script '{name}' runs no file of this repository", f"empty {name}", script=name)


class _Wired(msgspec.Struct, frozen=True):
    """What workflows run: where those commands stand, and those that run files."""

    places: frozenset[Place]
    rooted: frozenset[tuple[str | None, ...]]

    def all_of(self, leads_to: Resolved) -> bool:
        """Whether workflows run all that a script leads to, without going through it."""
        outer = {id(each.via) for each in leads_to.executions}
        last = [each for each in leads_to.executions if id(each) not in outer and each.via is not None]
        telling = [each for each in last if each.words[:1] and each.words[0] not in _SAY_NOTHING]
        return bool(telling) and all(map(self._has, telling))

    def _has(self, execution: Execution) -> bool:
        return execution.place in self.places or execution.rooted in self.rooted


def _wired(resolved: Resolved) -> _Wired:
    run = [each for each in resolved.executions if each.words]
    rooted = frozenset(each.rooted for each in run if each.file and None not in each.words)
    return _Wired(frozenset(each.place for each in run), rooted)
