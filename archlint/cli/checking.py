"""What ``archlint check`` does once it is known what is asked. Loads no typer."""

import sys
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

import msgspec

from archlint.cli.guard import guarded
from archlint.cli.meant import format_mistakes, names, processes
from archlint.cli.output import write, write_file
from archlint.cli.progress import progress
from archlint.cli.stopping import stoppable
from archlint.cli.style import Colour, style
from archlint.errors import ConfigError, Mistake
from archlint.model import Report, Severity
from archlint.request import Request


class Incomplete(StrEnum):
    """What an incomplete run without a failing finding leads to."""

    FAIL = "fail"
    WARN = "warn"


class Asked(msgspec.Struct, frozen=True):
    """The arguments and options of ``archlint check``, by the names that its command line gives them."""

    paths: tuple[str, ...] = ()
    root: Path | None = None
    config: Path | None = None
    format: str = "text"
    output: Path | None = None
    report: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    staged: bool = False
    since: str | None = None
    gate: str | None = None
    ast_grep_rules: Path | None = None
    fail_on: Severity = Severity.ERROR
    incomplete: Incomplete = Incomplete.FAIL
    jobs: int = 0
    no_cache: bool = False
    show_suppressed: bool = False
    statistics: bool = False
    profile: Path | None = None
    quiet: bool = False
    verbose: bool = False
    color: Colour = Colour.AUTO


def run(asked: Asked) -> NoReturn:
    """Check, and leave with the exit code."""
    guarded(lambda: _checked(asked), "nothing was checked")


def _checked(asked: Asked) -> int:
    from archlint.run import check

    wanted = _reports(asked)
    with progress(quiet=asked.quiet) as tell, stoppable() as stop:
        result = check(_request(asked, stop.is_asked), tell)
    verbosity = -1 if asked.quiet else int(asked.verbose)
    for name, path in wanted:
        _write(result, name, path, verbosity, asked.color)
    for name, path in wanted:
        _tell(result, name, path)
    if asked.profile is not None:
        _write_profile(result, asked.profile)
    if asked.statistics:
        _write_statistics(result)
    return stop.exit_code(result.exit_code)


def _request(asked: Asked, stopping: Callable[[], bool]) -> Request:
    return Request(
        cwd=Path.cwd(),
        root=asked.root,
        config=asked.config,
        paths=asked.paths,
        select=names(asked.select),
        ignore=names(asked.ignore),
        fail_on=asked.fail_on,
        incomplete_passes=asked.incomplete is Incomplete.WARN,
        shows_suppressed=asked.show_suppressed,
        jobs=processes(asked.jobs),
        cache=not asked.no_cache,
        staged=asked.staged,
        since=asked.since,
        gate=asked.gate,
        ast_grep_rules=asked.ast_grep_rules,
        stopping=stopping,
    )


def _reports(asked: Asked) -> tuple[tuple[str, Path | None], ...]:
    """The reports to write, ``--format``'s last: (format, file or None for standard output)."""
    from archlint.reporters import FORMATS

    pairs = [(name, _file(path)) for name, _, path in (report.partition("=") for report in asked.report)]
    pairs.append((asked.format, _file(str(asked.output)) if asked.output else None))
    mistakes = [
        Mistake(f"--report {report}: expected FORMAT=FILE", "for example sarif=out.sarif", page="formats")
        for report in asked.report
        if not report.partition("=")[2]
    ]
    mistakes += [mistake for name, _ in pairs for mistake in format_mistakes(name, FORMATS, "formats")]
    for path, number in Counter(path for _, path in pairs).items():
        if number > 1:
            place = path or "standard output"
            mistakes.append(Mistake(f"{number} reports go to {place}", "give each a place of its own"))
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return tuple(pairs)


def _file(path: str) -> Path | None:
    return None if path == "-" else Path(path)


def _write(result: Report, name: str, path: Path | None, verbosity: int, colour: Colour) -> None:
    from archlint.reporters import REPORTERS

    text = REPORTERS[name].render(result, style(colour, verbosity, to_file=path is not None))
    write(text, path)


def _write_profile(result: Report, path: Path) -> None:
    from archlint.reporters.timeline import render

    write_file(path, render(result))


def _tell(result: Report, name: str, path: Path | None) -> None:
    """Say which file was written, and what a format had no room for."""
    from archlint.reporters import REPORTERS

    if path is not None:
        sys.stderr.write(f"wrote {path} ({name})\n")
    if cut := REPORTERS[name].cut(result):
        sys.stderr.write(f"{path or 'standard output'} ({name}): {cut}\n")


def _write_statistics(result: Report) -> None:
    from archlint.reporters.statistics import render

    sys.stderr.write(render(result))
