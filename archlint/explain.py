"""What a rule sees, and what rules saw at a place: the pipeline, with what it passes over told."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from archlint.config import Config, load
from archlint.discover import discover
from archlint.errors import ConfigError, Mistake
from archlint.evaluate import evaluate, vain
from archlint.extend import Family
from archlint.facts import ConstantDemand, Occurrence
from archlint.gather import gather
from archlint.kinds import KIND_OF
from archlint.languages import language_of
from archlint.learn import Progress, learn
from archlint.ledger import problems_of
from archlint.looks import Look, PlaceSeen, RuleSeen
from archlint.model import WHOLE_FILE, Finding, Listing, Rule, Scope
from archlint.plan import governed
from archlint.position import split_lines
from archlint.project import Project
from archlint.run import Request
from archlint.selection import chosen_files, chosen_rules, project_of
from archlint.source import Source, read
from archlint.workers.pool import Workers


def explain_rule(request: Request, name: str, progress: Progress = lambda _done, _total: None) -> RuleSeen:
    """A rule in force. Raises ``ConfigError`` if none has the name."""
    config, listing, project = _begun(request)
    (rule,) = chosen_rules(config.rules, (name,), ())
    with Workers(config.root, config.limits, request.jobs) as workers:
        known = learn(workers, (rule,), project, None, progress)
    findings = tuple(each for each in evaluate((rule,), known.project) if each.rule == rule.id)
    return RuleSeen(
        rule=rule,
        kind_says=KIND_OF[rule.kind].says,
        files=governed(rule, known.project),
        vain=() if rule.allow_empty else tuple(vain(rule, known.project)),
        findings=findings,
        problems=problems_of(listing, known.project),
    )


def explain_place(
    request: Request, path: str, line: int, progress: Progress = lambda _done, _total: None
) -> PlaceSeen:
    """A line of a file, whose path is as given. Raises ``ConfigError`` if no rule can look at such a file."""
    config, listing, project = _begun(request)
    path = _listed(listing, config.root, request.cwd, path)
    _check_line(config, path, line)
    passes = [(rule, _passes(rule, path, project)) for rule in config.rules]
    looking = tuple(rule for rule, reason in passes if not reason)
    with Workers(config.root, config.limits, request.jobs) as workers:
        known = learn(workers, looking, project, None, progress).project
        every = ConstantDemand(Scope(files=(path,)), every=True)
        constants = Family.CONSTANTS in language_of(path).yields
        seen = gather(workers, {path: (every,)}).facts.get(path) if constants else None
    findings = tuple(each for each in evaluate(looking, known) if _touches(each, path, line))
    occurrences = seen.occurrences if seen is not None else ()
    here = tuple(each for each in occurrences if each.span.line <= line <= each.span.end_line)
    return PlaceSeen(
        path,
        line,
        tuple(_look(rule, reason, findings, here) for rule, reason in passes),
        tuple(problem for problem in problems_of(listing, known) if problem.path == path),
    )


def rules_at(request: Request, path: str) -> tuple[Look, ...]:
    """Each rule in force, and why it does not look at a file, if so. Opens no file of the tree; raises as above."""
    config, listing, project = _begun(request)
    path = _listed(listing, config.root, request.cwd, path)
    return tuple(Look(rule, _passes(rule, path, project)) for rule in config.rules)


def _begun(request: Request) -> tuple[Config, Listing, Project]:
    config = load(request.root, request.config, request.cwd)
    listing = discover(config.root, config.exclude)
    return config, listing, project_of(listing, config)


def _listed(listing: Listing, root: Path, cwd: Path, given: str) -> str:
    """The path of a file as it is listed. Raises ``ConfigError`` if it is none, or is left out."""
    chosen_files(listing, root, root, Request(cwd, paths=(given,)))
    path = (cwd / given).resolve().relative_to(root.resolve()).as_posix()
    if path in listing.paths:
        return path
    folders = [f"{parent}/" for parent in PurePosixPath(path).parents]
    reasons = (listing.left_out.get(each) for each in (path, *folders))
    reason = next((reason for reason in reasons if reason), "not a file")
    raise ConfigError((Mistake(f"{given}: {reason}", "no rule looks at it"),))


def _check_line(config: Config, path: str, line: int) -> None:
    """Raise ``ConfigError`` for a line that the file does not have."""
    source = read(config.root, path, config.limits.read_bytes)
    lines = len(split_lines(source.data.decode(errors="replace"))) if isinstance(source, Source) else line
    if not 1 <= line <= max(lines, 1):
        raise ConfigError((Mistake(f"{path}:{line}: the file has no such line", f"its last is {lines}"),))


def _look(rule: Rule[Any], passes: str, findings: tuple[Finding, ...], seen: tuple[Occurrence, ...]) -> Look:
    """What a rule made of a place. ``findings`` are all that touch it, ``seen`` the constants there."""
    if passes:
        return Look(rule, passes)
    own = tuple(each for each in findings if each.rule == rule.id)
    misses = () if own else tuple(dict.fromkeys(KIND_OF[rule.kind].misses(rule, seen)))
    return Look(rule, findings=own, misses=misses)


def _touches(finding: Finding, path: str, line: int) -> bool:
    """Whether the finding, or a place on its way, is at the line; one of the whole file is at each."""
    steps = (remark.place for flow in finding.flows for remark in flow)
    places = (finding.place, *(remark.place for remark in finding.related), *steps)
    own = [place.span for place in places if place.path == path]
    return any(span == WHOLE_FILE or span.line <= line <= span.end_line for span in own)


def _passes(rule: Rule[Any], path: str, project: Project) -> str:
    """Why a rule does not look at a file; '' if it does, or if its kind has places of its own."""
    return next(_reasons(rule, path, project), "")


def _reasons(rule: Rule[Any], path: str, project: Project) -> Iterator[str]:
    def means(selectors: tuple[str, ...]) -> str:
        return next((selector for selector in selectors if path in project.selected(selector)), "")

    needs = KIND_OF[rule.kind].needs
    if rule.scope.files and not means(rule.scope.files):
        yield f"it looks at {', '.join(rule.scope.files)}"
    if ignored := means(rule.scope.ignores):
        yield f"it ignores {ignored}"
    if rule.scope.within and not means(rule.scope.within):
        yield f"archlint.toml narrows it to {', '.join(rule.scope.within)}"
    if needs is not Family.NAMES and needs not in language_of(path).yields:
        yield f"kind '{rule.kind}' cannot read {language_of(path).name} files"
