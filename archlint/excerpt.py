"""Reads again the lines a report will show, and only those. A file that is gone by now has no excerpt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from archlint.fingerprint import line_hashes
from archlint.model import WHOLE_FILE, Excerpt, Finding, Place, Problem, Span
from archlint.position import split_lines
from archlint.source import Source, Tree, read

SHOWN_LINES = 8
"""Of a place that spans many lines, the first ones are kept."""
LINE_LIMIT = 2_000
"""Characters kept of a line. What lies further right is not shown: nobody reads a minified line."""
HASHED_BYTES = 4_194_304
"""Up to this size lines are hashed, in about 0.3 s a MB; beyond it GitHub's own action hashes them."""


class _Wanted(msgspec.Struct, frozen=True):
    shown: set[int] = msgspec.field(default_factory=set)
    hashed: set[int] = msgspec.field(default_factory=set)


def excerpts(
    tree: Tree, findings: Iterable[Finding], problems: Iterable[Problem], limit_bytes: int
) -> Mapping[str, Excerpt]:
    """The lines at every place of ``findings`` and ``problems``, by path.

    A primary place keeps a line of context on either side. The place of a finding, or of a problem, also gets
    GitHub's hash of its first line. A file of more than ``limit_bytes`` has no excerpt.
    """
    wanted_by_path = _wanted(findings, problems)
    sources = (read(tree, path, limit_bytes) for path in sorted(wanted_by_path))
    return {
        source.path: _excerpt(source, wanted_by_path[source.path])
        for source in sources
        if isinstance(source, Source)
    }


def _wanted(findings: Iterable[Finding], problems: Iterable[Problem]) -> dict[str, _Wanted]:
    wanted: defaultdict[str, _Wanted] = defaultdict(_Wanted)
    for place in _primary(findings := tuple(findings), problems):
        wanted[place.path].shown.update(_shown(place.span, context=1))
        wanted[place.path].hashed.add(place.span.line)
    for finding in findings:
        for remark in (*finding.related, *chain.from_iterable(finding.flows)):
            wanted[remark.place.path].shown.update(_shown(remark.place.span))
    return wanted


def _primary(findings: Iterable[Finding], problems: Iterable[Problem]) -> Iterator[Place]:
    yield from (finding.place for finding in findings)
    yield from (Place(problem.path, problem.span) for problem in problems)


def _shown(span: Span, context: int = 0) -> range:
    if span == WHOLE_FILE:
        return range(0)
    cut_short = span.end_line - span.line >= SHOWN_LINES
    last = span.line + SHOWN_LINES - 1 if cut_short else span.end_line + context
    return range(max(span.line - context, 1), last + 1)


def _excerpt(source: Source, wanted: _Wanted) -> Excerpt:
    text = source.data.decode("utf-8", "replace")
    lines = split_lines(text, max(wanted.shown, default=0))
    kept = {line: _cut(lines[line - 1]) for line in sorted(wanted.shown) if line <= len(lines)}
    hashes = line_hashes(text, wanted.hashed) if len(source.data) <= HASHED_BYTES else {}
    return Excerpt(lines=kept, line_hashes=hashes)


def _cut(line: str) -> str:
    return line if len(line) <= LINE_LIMIT else line[:LINE_LIMIT] + "…"
