"""Whole runs on small trees with their rules: nothing but a mistake of the user stops one, and every format tells it."""

import json
import shutil
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath

from archlint.errors import ConfigError
from archlint.extend import Style
from archlint.model import WHOLE_FILE, Report, Span
from archlint.position import split_lines, utf16_length
from archlint.reporters import REPORTERS
from archlint.run import Request, check
from tests.fuzz.target import RejectedError, Target, parts, scratch

_TODAY = date(2026, 11, 22)
_JSON = ("json", "sarif", "gitlab", "rdjson")


@cache
def _folder() -> Path:
    return scratch()


def _trees(data: bytes) -> Iterable[str]:
    files = {name: text for name, text in parts(data) if _is_path(name)}
    _lay_out(files)
    request = Request(cwd=_folder(), root=_folder(), jobs=1, cache=False, today=_TODAY)
    try:
        report = check(request)
    except ConfigError as error:
        return {f"refused {mistake.message[:20]}" for mistake in error.mistakes}
    _holds(report, files)
    return _outline(report)


def _holds(report: Report, files: dict[str, bytes]) -> None:
    ledger = report.ledger
    ended = ledger.analysed + ledger.partial + ledger.not_analysed + ledger.excluded
    assert ended == ledger.total, "a file ends in none or in two of the four"
    assert report.exit_code in (0, 1, 3)
    for finding in report.findings:
        steps = (step for flow in finding.flows for step in flow)
        for place in (finding.place, *(each.place for each in (*finding.related, *steps))):
            assert place.path in files or place.span == WHOLE_FILE, f"no such file: {place.path}"
            if place.path in files:
                _is_inside(place.span, files[place.path].decode("utf-8", "replace"))
    for name, reporter in REPORTERS.items():
        text = reporter.render(report, Style())
        if name in _JSON:
            json.loads(text)


def _is_inside(span: Span, text: str) -> None:
    lines = [*split_lines(text), ""]
    assert 1 <= span.line <= span.end_line <= len(lines), f"line of {span}"
    assert 1 <= span.column <= utf16_length(lines[span.line - 1]) + 1, f"column of {span}"
    assert 1 <= span.end_column <= utf16_length(lines[span.end_line - 1]) + 1, f"end column of {span}"


def _outline(report: Report) -> Iterable[str]:
    kind_of = {card.id: card.kind for card in report.rules}
    for finding in report.findings:
        flows = (min(len(finding.flows), 2), min(max(map(len, finding.flows), default=0), 3))
        yield f"{kind_of.get(finding.rule)} {min(len(finding.related), 2)} {flows} {finding.message[:8]}"
    for problem in report.problems:
        yield f"{problem.reason} {problem.message[:20]}"


def _is_path(name: str) -> bool:
    names = PurePosixPath(name).parts
    is_plain = PurePosixPath(name).as_posix() == name and name.isprintable() and len(name) < 100
    return is_plain and not name.startswith("/") and not {"..", ".", ".git", ".archlint_cache"} & set(names)


def _lay_out(files: dict[str, bytes]) -> None:
    for path in _folder().iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    try:
        for name, data in files.items():
            path = _folder() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:  # a file where another one has a folder
        raise RejectedError from error


_TOKENS = (b"\n=== a/b.ts\n", b"\n=== package.json\n", b"import ", b" from ", b"export ", b"'./a'", b"forbid: ", b"only: ", b"at: ", b"property: ", b"files: ", b"ignores: ", b"allow-empty: true", b"ratchet: true", b"zone:a", b"**", b"from: ", b"to: ", b"require: ", b"workflow: ", b"runs: ", b"{ ", b" }", b"[", b"]", b": ", b"- ", b"inside: { function: f }", b"regex: a", b"anywhere: true", b"message: '{value}'")  # fmt: skip
TARGETS = (Target("trees", _trees, tokens=_TOKENS, seconds=3.0),)
