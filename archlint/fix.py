"""Finds out what can be mended without a person, and judges the result before anything is written."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec
from msgspec.structs import replace

from archlint.edits import Edit, applied, region, removal, without_rules
from archlint.model import WHOLE_FILE, Report, Span
from archlint.run import Outcome, Request, run
from archlint.source import Source, read
from archlint.suppression import Suppression


class Change(msgspec.Struct, frozen=True):
    """What a file holds, and what it would hold."""

    path: str
    before: bytes
    after: bytes


class Fixes(msgspec.Struct, frozen=True):
    """The changes that stand up to being judged, and the files whose changes do not."""

    changes: tuple[Change, ...]
    refused: tuple[str, ...]
    before: Report
    after: Report


def fixes(request: Request, judging: Callable[[Request], Outcome] = run, *, unsafe: bool = False) -> Fixes:
    """What can be mended. With ``unsafe`` also what changes what a program does: the ``rewrite`` of rules."""
    outcome = judging(request)
    changes = {change.path: change for change in _changes(outcome, unsafe=unsafe)}
    refused: set[str] = set()
    while True:
        kept = tuple(change for path, change in sorted(changes.items()) if path not in refused)
        if not kept:
            return Fixes((), tuple(sorted(refused)), outcome.report, outcome.report)
        overlay = {change.path: change.after for change in kept}
        after = judging(replace(request, overlay=overlay)).report
        worse = _worse(outcome.report, after)
        if not worse:
            return Fixes(kept, tuple(sorted(refused)), outcome.report, after)
        refused |= worse & overlay.keys() or set(overlay)


def _worse(before: Report, after: Report) -> set[str]:
    """The files of which something is said that was not said before."""
    said = {(finding.rule, finding.fingerprint) for finding in (*before.findings, *before.known)}
    fresh = {each.place.path for each in after.findings if (each.rule, each.fingerprint) not in said}
    unread = {(problem.path, problem.reason) for problem in before.problems}
    return fresh | {each.path for each in after.problems if (each.path, each.reason) not in unread}


def _changes(outcome: Outcome, *, unsafe: bool) -> Iterator[Change]:
    limit = outcome.config.limits.read_bytes
    for path, asked in sorted(_asked(outcome, unsafe=unsafe).items()):
        source = read(outcome.config.root, path, limit)
        if isinstance(source, Source):
            edits = [edit for ask in asked if (edit := ask(source.data)) is not None]
            after = applied(source.data, edits)
            if after != source.data:
                yield Change(path, source.data, after)


_Ask = Callable[[bytes], Edit | None]


def _asked(outcome: Outcome, *, unsafe: bool) -> Mapping[str, list[_Ask]]:
    asked: defaultdict[str, list[_Ask]] = defaultdict(list)
    for suppression, rules in outcome.judged.useless:
        if suppression.in_source:
            asked[suppression.place.path].append(partial(_taken_back, suppression, rules))
    text_of = {rule.id: rule.rewrite for rule in outcome.config.rules if rule.rewrite} if unsafe else {}
    for finding in outcome.report.findings:
        if finding.rule in text_of and finding.place.span != WHOLE_FILE:
            asked[finding.place.path].append(partial(_rewritten, finding.place.span, text_of[finding.rule]))
    return asked


def _taken_back(suppression: Suppression, rules: frozenset[str], data: bytes) -> Edit | None:
    where = region(data, suppression.place.span)
    return (
        removal(data, *where) if rules.issuperset(suppression.rules) else without_rules(data, *where, rules)
    )


def _rewritten(span: Span, text: str, data: bytes) -> Edit:
    return Edit(*region(data, span), text.encode())
