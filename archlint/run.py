"""The pipeline on one screen: files -> facts -> findings -> report. The only module that knows every stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archlint.clock import Clock
from archlint.config import Config, folder_of, load
from archlint.discover import discover
from archlint.evaluate import UNREAD, VACUOUS, card, evaluate
from archlint.excerpt import excerpts
from archlint.laps import Lap, Part
from archlint.learn import Progress, learn
from archlint.ledger import count, problems_of
from archlint.model import Report, Severity
from archlint.plan import is_idle
from archlint.project import Project
from archlint.selection import chosen_files, chosen_rules, confined
from archlint.workers.pool import Workers

if TYPE_CHECKING:
    from archlint.cache import Cache


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asks for. Paths are as given, relative to ``cwd``."""

    cwd: Path
    root: Path | None = None
    config: Path | None = None
    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.ERROR
    incomplete_passes: bool = False
    jobs: int = 1
    cache: bool = False
    """Whether to use what earlier runs found out, and keep what this one does."""


def check(request: Request, progress: Progress = lambda _done, _total: None) -> Report:
    """Judge a tree. Raises ``ConfigError`` with every mistake before anything is judged."""
    clock = Clock()
    with clock.stage("config"):
        config = load_known(request)
        rules = chosen_rules(config.rules, request.select, request.ignore)
    with clock.stage("discover"):
        listing = discover(config.root, config.exclude)
        chosen = chosen_files(listing, config.root, request.cwd, request.paths)
    project = Project(listing.paths, config.zones, left_out=listing.left_out)
    cache = opened(config) if request.cache else None
    with clock.stage("gather"), Workers(config.root, config.limits, request.jobs, cache) as workers:
        known = learn(workers, rules, project, chosen, progress)
    with clock.stage("evaluate"):
        findings = confined(evaluate(rules, known.project, clock.rule), listing, chosen)
        problems = problems_of(listing, known.project)
    with clock.stage("excerpt"):
        shown = excerpts(config.root, findings, problems, config.limits.read_bytes)
    return Report(
        rules=(*map(card, rules), VACUOUS, UNREAD),
        findings=findings,
        problems=problems,
        ledger=count(listing, known.project, known.exclusions, chosen),
        excerpts=shown,
        fail_on=request.fail_on,
        incomplete_passes=request.incomplete_passes,
        is_idle=is_idle(rules, known.project),
        notices=(*config.notices, *closed(cache)),
        laps=(*clock.laps, *_rounds(workers, clock)),
        files=_files(workers, cache),
    )


def _rounds(workers: Workers, clock: Clock) -> Iterator[Lap]:
    """When the workers were at work, on how many files."""
    for began, ended, files in workers.rounds:
        yield Lap(Part.ROUND, f"{files:,} files", began - clock.began, ended - began)


def _files(workers: Workers, cache: "Cache | None") -> dict[str, int]:
    """How the files were known: read and parsed in this run, or only in earlier ones."""
    read = workers.read | (cache.read if cache else frozenset())
    known = cache.answered - workers.read if cache else frozenset()
    return {"read": len(read), "parsed": len(workers.parsed), "from cache": len(known)}


def load_known(request: Request) -> Config:
    """The configuration; rule files that were read before are not read as YAML again."""
    if not request.cache:
        return load(request.root, request.config, request.cwd)
    from archlint.cache.memo import Memo

    memo = Memo(folder_of(request.root, request.config, request.cwd))
    config = load(request.root, request.config, request.cwd, memo=memo)
    memo.close()
    return config


def opened(config: Config) -> "Cache":
    """What earlier runs found out in a tree."""
    from archlint.cache import Cache

    return Cache(config.root, config.limits)


def closed(cache: "Cache | None") -> tuple[str, ...]:
    """Notices of a cache that is not needed any more."""
    if cache is None:
        return ()
    cache.close()
    return (cache.trouble,) if cache.trouble else ()
