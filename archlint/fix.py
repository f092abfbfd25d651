"""Finds out what can be mended without a person, and judges the result before anything is written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec
from msgspec.structs import replace

from archlint.edits import Change, Edit, applied, region, removal, without_rules
from archlint.facts import MeasureDemand
from archlint.gather import gather
from archlint.model import WHOLE_FILE, Finding, Reason, Report, Scope, Span
from archlint.reuse.reuse import Replacement, edits_of, reused
from archlint.run import Outcome, Request, run
from archlint.source import Source, read
from archlint.suppression import Suppression
from archlint.workers.pool import Workers

Reused = Mapping[str, tuple[tuple[Finding, Replacement], ...]]


class Fixes(msgspec.Struct, frozen=True):
    """The changes that stand up to being judged, and the files whose changes do not."""

    changes: tuple[Change, ...]
    refused: tuple[str, ...]
    before: Report
    after: Report


def fixes(request: Request, judging: Callable[[Request], Outcome] = run, *, unsafe: bool = False) -> Fixes:
    """What can be mended.

    With ``unsafe`` also what changes what a program does: the ``rewrite`` of rules, and constants that are typed again.
    """
    outcome = judging(request)
    from_source = reused(outcome, request.jobs) if unsafe else {}
    changes = {change.path: change for change in _changes(outcome, from_source, unsafe=unsafe)}
    with Workers(outcome.config.root, outcome.config.limits, request.jobs) as workers:
        unread = _unreadable({each.path: each.before for each in changes.values()}, workers)
        spoilt = _unreadable({each.path: each.after for each in changes.values()}, workers)
    refused = {path for path, _ in spoilt - unread}
    while True:
        kept = tuple(change for path, change in sorted(changes.items()) if path not in refused)
        if not kept:
            return Fixes((), tuple(sorted(refused)), outcome.report, outcome.report)
        overlay = {change.path: change.after for change in kept}
        after = judging(replace(request, overlay=overlay)).report
        worse = _worse(outcome.report, after, unread) | (
            _unmended(from_source, outcome.report, after) & overlay.keys()
        )
        if not worse:
            return Fixes(kept, tuple(sorted(refused)), outcome.report, after)
        refused |= worse & overlay.keys() or set(overlay)


def _unreadable(files: Mapping[str, bytes], workers: Workers) -> set[tuple[str, Reason]]:
    """What cannot be read of files with these bytes, whatever the rules ask of them."""
    orders = {path: (MeasureDemand(Scope()),) for path in files}
    with workers.planting(files):
        facts = gather(workers, orders).facts
    return {(path, problem.reason) for path, found in facts.items() for problem in found.problems}


def _worse(before: Report, after: Report, unread: set[tuple[str, Reason]]) -> set[str]:
    """The files of which something is said that was not said before, nor was known to be unreadable."""
    said = {(finding.rule, finding.fingerprint) for finding in (*before.findings, *before.known)}
    fresh = {each.place.path for each in after.findings if (each.rule, each.fingerprint) not in said}
    known = unread | {(problem.path, problem.reason) for problem in before.problems}
    return fresh | {each.path for each in after.problems if (each.path, each.reason) not in known}


def _unmended(from_source: Reused, before: Report, after: Report) -> set[str]:
    """The files in which a constant that was taken from its source is found as before."""

    def found(report: Report) -> Counter[tuple[str, str, str]]:
        return Counter((each.place.path, each.rule, each.identity) for each in report.findings)

    left = found(before) - found(after)
    mended = {(path, each.rule, each.identity): 0 for path, edits in from_source.items() for each, _ in edits}
    return {path for path, *rest in mended if not left[path, rest[0], rest[1]]}


def _changes(outcome: Outcome, from_source: Reused, *, unsafe: bool) -> Iterator[Change]:
    limit = outcome.config.limits.read_bytes
    for path, asked in sorted(_asked(outcome, from_source, unsafe=unsafe).items()):
        source = read(outcome.config.root, path, limit)
        if isinstance(source, Source):
            edits = [edit for ask in asked for edit in ask(source.data)]
            after = applied(source.data, edits)
            if after != source.data:
                yield Change(path, source.data, after)


_Ask = Callable[[bytes], tuple[Edit, ...]]


def _asked(outcome: Outcome, from_source: Reused, *, unsafe: bool) -> Mapping[str, list[_Ask]]:
    asked: defaultdict[str, list[_Ask]] = defaultdict(list)
    for path, edits in from_source.items():
        asked[path].append(partial(edits_of, tuple(replacement for _, replacement in edits)))
    for suppression, rules in outcome.judged.useless:
        if suppression.in_source:
            asked[suppression.place.path].append(partial(_taken_back, suppression, rules))
    text_of = {rule.id: rule.rewrite for rule in outcome.config.rules if rule.rewrite} if unsafe else {}
    for finding in outcome.report.findings:
        if finding.rule in text_of and finding.place.span != WHOLE_FILE:
            asked[finding.place.path].append(partial(_rewritten, finding.place.span, text_of[finding.rule]))
    return asked


def _taken_back(suppression: Suppression, rules: frozenset[str], data: bytes) -> tuple[Edit, ...]:
    where = region(data, suppression.place.span)
    if rules.issuperset(suppression.rules):
        return (removal(data, *where),)
    edit = without_rules(data, *where, rules)
    return (edit,) if edit else ()


def _rewritten(span: Span, text: str, data: bytes) -> tuple[Edit, ...]:
    return (Edit(*region(data, span), text.encode()),)
