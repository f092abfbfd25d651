"""What the kind needs to know: the workflows first, then the files that they lead to, round by round."""

import posixpath
from collections.abc import Iterable, Iterator

from archlint.facts import Demand, ScriptDemand, WorkflowDemand
from archlint.kinds.workflow.gates import called, packages
from archlint.kinds.workflow.options import Options
from archlint.model import Rule, Scope
from archlint.project import Project
from archlint.project.executions import executions, reached, started
from archlint.scope import BadGlobError, check_glob, is_wild

_MOST_PATHS = 64
_WORKFLOWS = (".github/workflows/*.yml", ".github/workflows/*.yaml", "**/action.yml", "**/action.yaml")
_SCRIPTS = (
    "**/package.json",
    "**/project.json",
    "**/deno.json",
    "**/deno.jsonc",
    "turbo.json",
    "turbo.jsonc",
    "nx.json",
    "**/Makefile",
    "**/makefile",
    "**/GNUmakefile",
    "**/*.mk",
    "**/*.sh",
    "**/*.bash",
)


def workflows(rule: Rule[Options], project: Project) -> tuple[str, ...]:
    """The workflows that a rule speaks of; none if it speaks of package scripts alone."""
    return project.files(_scope(rule)) if rule.options.files else ()


def _scope(rule: Rule[Options]) -> Scope:
    return Scope(rule.options.files, rule.scope.ignores, rule.scope.within)


def demand(rule: Rule[Options], project: Project) -> tuple[Demand, ...]:
    """The workflows and gated packages; once they are known, the actions and scripts that they run."""
    options = rule.options
    asked: list[Demand] = [WorkflowDemand(_scope(rule))] if options.files else []
    if options.gates is not None:
        asked.append(ScriptDemand(packages(options.gates, rule.scope.ignores)))
    if options.runs or options.uploads or options.which or options.gates:
        asked.extend(_reached(_wanted(rule, project)))
    return tuple(asked)


def _wanted(rule: Rule[Options], project: Project) -> frozenset[str]:
    options = rule.options
    paths = workflows(rule, project)
    if options.gates is None:
        found = [executions(project, path) for path in paths]
    else:
        scripts = called(options.gates, packages(options.gates, rule.scope.ignores), project)
        found = [reached(project, paths), *(started(project, path, script.name) for path, script in scripts)]
    return frozenset[str]().union(*(each.wanted for each in found)) - frozenset(paths)


def _reached(wanted: frozenset[str]) -> Iterator[Demand]:
    pipelines = {path for path in wanted if path.endswith((".yml", ".yaml"))}
    if pipelines:
        yield WorkflowDemand(Scope(_globs(pipelines, _WORKFLOWS)))
    if scripts := wanted - pipelines:
        yield ScriptDemand(Scope(_globs(scripts, _SCRIPTS)))


def _globs(paths: Iterable[str], all_of_them: tuple[str, ...]) -> tuple[str, ...]:
    """Globs that mean just these paths; of many paths, all files that are called so: one glob each is slow."""
    exact = tuple(sorted(filter(_is_exact, paths)))
    if len(exact) <= _MOST_PATHS:
        return exact or all_of_them
    names = {posixpath.basename(path) for path in exact}
    return tuple(
        glob for glob in all_of_them if posixpath.basename(glob) in names or "*" in posixpath.basename(glob)
    )


def _is_exact(path: str) -> bool:
    try:
        check_glob(path)
    except BadGlobError:
        return False
    return not is_wild(path.replace("[", "").replace("]", ""))
