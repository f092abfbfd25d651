"""Makes the markers of a tree expect what the rules say of it: in comments, or in its list where none can stand."""

import re
from collections import Counter
from collections.abc import Iterable
from operator import add
from pathlib import Path

from msgspec.structs import replace

from archlint.edits import Change
from archlint.limits import Limits
from archlint.model import Finding
from archlint.run import Request, check
from archlint.source import Source, read
from archlint.trial.fixtures import Fixture
from archlint.trial.markers import LIST, Expectation, marked, shown
from archlint.trial.update.marks import EXPECT, changed, of_file

_LINE_END = re.compile(r"(\r\n|\n|\r)")
_ALLOW = "archlint: allow {} -- here is a comment"
"""What shows that something is a comment: in a string it would allow nothing."""
_LIMIT = Limits().read_bytes
Marks = Counter[Expectation]


def updated(each: Fixture, config: Path | None, jobs: int) -> tuple[Change, ...]:
    """The changes that make the markers expect the findings; those to the list come last.

    A marker is written only where what is written there is a comment, and the findings stay what they are.
    """
    request = Request(cwd=each.root, root=each.root, config=config, jobs=jobs)
    more, fewer = each.found - each.expected, each.expected - each.found
    listed: frozenset[str] = frozenset()
    while True:
        wanted = _without(more, listed), _without(fewer, listed)
        changes = _in_comments(each.root, *wanted, EXPECT)
        disturbed = _disturbed(each, request, _in_comments(each.root, *wanted, _ALLOW)) if changes else ()
        if not disturbed:
            break
        paths = frozenset(change.path for change in changes)
        listed |= paths.intersection(disturbed) or paths
    before = _marks((change.path, change.before) for change in changes)
    after = _marks((change.path, change.after) for change in changes)
    expected = each.expected - before + after
    rest = _in_list(each.root, each.found - expected, expected - each.found)
    return (*changes, *rest)


def _marks(texts: Iterable[tuple[str, bytes]]) -> Marks:
    return Counter(mark for path, data in texts for mark in marked(path, data))


def _without(marks: Marks, paths: frozenset[str]) -> Marks:
    return Counter({mark: number for mark, number in marks.items() if mark[0] not in paths})


def _disturbed(each: Fixture, request: Request, probes: Iterable[Change]) -> frozenset[str]:
    """The files of which the rules say something else, given comments that allow what is to be expected there."""
    overlay = {probe.path: probe.after for probe in probes}
    allowed = {
        (path, number)
        for path, data in overlay.items()
        for number, line in enumerate(_split(data)[0], start=1)
        if _ALLOW.partition("{}")[2] in line
    }
    after = check(replace(request, overlay=overlay))
    left = Counter(_said(found) for found in after.findings)
    wanted = Counter(said for said in map(_said, each.report.findings) if said[:2] not in allowed)
    known = (*each.report.problems, *after.problems) if each.report.problems != after.problems else ()
    return frozenset(
        (*(path for path, *_ in (left - wanted) + (wanted - left)), *(each.path for each in known))
    )


def _said(found: Finding) -> tuple[str, int, str, str]:
    return found.place.path, found.place.span.line, found.rule, found.message


def _in_comments(root: Path, more: Marks, fewer: Marks, saying: str) -> list[Change]:
    """The files whose own markers can be made right."""
    changes = []
    for path in sorted({path for path, _, _ in (*more, *fewer)}):
        source = read(root, path, _LIMIT)
        after = _marked(source, more, fewer, saying) if isinstance(source, Source) else None
        if isinstance(source, Source) and after is not None:
            changes.append(Change(path, source.data, after))
    return changes


def _marked(source: Source, more: Marks, fewer: Marks, saying: str) -> bytes | None:
    """The file with its markers made right; None if that is not possible."""
    lines, ends = _split(source.data)
    own = Counter(marked(source.path, source.data))
    wanted = of_file(source.path, more), of_file(source.path, fewer & own)
    if not changed(source.path, lines, wanted, saying):
        return None
    return "".join(map(add, lines, ends)).encode("utf-8", "surrogateescape")


def _split(data: bytes) -> tuple[list[str], list[str]]:
    """The lines, and how each ends."""
    parts = _LINE_END.split(data.decode("utf-8", "surrogateescape"))
    return parts[::2], [*parts[1::2], ""]


def _in_list(root: Path, more: Marks, fewer: Marks) -> list[Change]:
    if not (more or fewer):
        return []
    source = read(root, LIST, _LIMIT)
    before = source.data if isinstance(source, Source) else b""
    kept = before.decode().splitlines()
    for mark, number in fewer.items():
        for _ in range(number):
            kept = _less(kept, shown(mark))
    after = "".join(f"{line}\n" for line in (*kept, *map(shown, sorted(more.elements())))).encode()
    return [Change(LIST, before, after)] if after != before else []


def _less(lines: list[str], entry: str) -> list[str]:
    index = next((at for at, line in enumerate(lines) if line.split() == entry.split()), None)
    return lines if index is None else [*lines[:index], *lines[index + 1 :]]
