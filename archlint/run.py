"""The pipeline on one screen: files -> facts -> findings -> report. The only module that knows every stage."""

from typing import Any

from archlint.clock import Clock
from archlint.config.policy import CHANGED
from archlint.config.settings import Config
from archlint.discover import discover
from archlint.evaluate import UNREAD, VACUOUS, card, evaluate
from archlint.excerpt import excerpts
from archlint.learn import Progress, learn
from archlint.ledger import count, problems_of
from archlint.model import Report, Rule
from archlint.plan import is_idle
from archlint.project import Project
from archlint.request import Request as Request  # noqa: PLC0414 -- who calls `check` needs it, too
from archlint.selection import chosen_files, chosen_rules, confined, heard
from archlint.since import Result, introduced, told
from archlint.versions import Earlier, versions
from archlint.workers.pool import Workers


def check(request: Request, progress: Progress = lambda _done, _total: None) -> Report:
    """Judge a tree. Raises ``ConfigError`` with every mistake before anything is judged."""
    clock = Clock()
    with clock.stage("config"):
        version = versions(request)
        tree, config = version.tree, version.config
        rules = chosen_rules(config.rules, request.select, request.ignore)
    with clock.stage("discover"):
        listing = discover(tree, config.exclude)
        chosen = chosen_files(listing, tree, config.root, request)
    project = Project(listing.paths, config.zones, left_out=listing.left_out)
    with clock.stage("gather"), Workers(tree, config.limits, request.jobs) as workers:
        known = learn(workers, rules, project, chosen, progress)
    with clock.stage("evaluate"):
        findings = (*version.findings, *confined(evaluate(rules, known.project), listing, chosen))
        problems = problems_of(listing, known.project)
    with clock.stage("excerpt"):
        shown = excerpts(tree, findings, problems, config.limits.read_bytes)
    notices = config.notices
    if version.earlier and findings:
        with clock.stage("compare"):
            before = _before(version.earlier, config, heard(rules, findings), request.jobs)
            now = Result(findings, shown)
            findings = introduced(now, before, version.earlier.old_path)
            notices = (*notices, told(now, findings, version.earlier.name))
    return Report(
        rules=(*map(card, rules), VACUOUS, UNREAD, *((CHANGED,) if request.gate else ())),
        findings=findings,
        problems=problems,
        ledger=count(listing, known.project, known.exclusions, chosen),
        excerpts=shown,
        fail_on=request.fail_on,
        incomplete_passes=request.incomplete_passes,
        is_idle=is_idle(rules, known.project),
        notices=notices,
        seconds=clock.seconds,
    )


def _before(earlier: Earlier, config: Config, rules: tuple[Rule[Any], ...], jobs: int) -> Result:
    """What the same rules say of the earlier version of all files."""
    listing = discover(earlier.tree, config.exclude)
    project = Project(listing.paths, config.zones, left_out=listing.left_out)
    with Workers(earlier.tree, config.limits, jobs) as workers:
        known = learn(workers, rules, project, None, lambda _done, _total: None)
    findings = evaluate(rules, known.project)
    return Result(findings, excerpts(earlier.tree, findings, (), config.limits.read_bytes))
