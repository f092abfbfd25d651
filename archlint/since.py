"""Two results compared: the findings that a change brought, in files it touched and in others. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from archlint.fingerprint import before_renames, stable_fingerprint
from archlint.model import Excerpt, Finding, Remark, RuleCard, Severity, Suppressed

_Likeness = tuple[str, str, str]  # rule, path, identity


ALLOWED = RuleCard(
    id="new-suppression",
    kind="built-in",
    severity=Severity.ERROR,
    summary="A change allows a breach of its own.",
    why="What a branch allows itself, nobody else has allowed yet.",
    fix="Mend the breach, or merge the suppression on its own, approved by those who own the rule.",
    enforces=(),
)


class Result(msgspec.Struct, frozen=True):
    """The findings in one version of a tree, and the lines they stand on."""

    findings: tuple[Finding, ...]
    excerpts: Mapping[str, Excerpt]


def introduced(now: Result, before: Result, old_path: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings of ``now`` that ``before`` does not have, in their order.

    Findings that are alike (one rule, one file, one identity) are told apart by number only: of five where there were
    four, one is new. It is one whose line is not among the old ones', or the last.
    """
    old = _grouped(before, {})
    fresh: set[int] = set()
    for likeness, alike in _grouped(now, old_path).items():
        known = old.get(likeness, [])
        lines = Counter(_line(finding, before) for finding in known)
        is_old = []
        for finding in alike:
            line = _line(finding, now)
            is_old.append(lines[line] > 0)
            lines[line] -= 1
        ordered = sorted(range(len(alike)), key=lambda at: (is_old[at], -at))
        fresh.update(id(alike[at]) for at in ordered[: max(len(alike) - len(known), 0)])
    return tuple(finding for finding in now.findings if id(finding) in fresh)


def newly_allowed(
    now: Iterable[Suppressed], before: Iterable[Suppressed], old_path: Mapping[str, str]
) -> tuple[Finding, ...]:
    """A finding for each breach that a comment allows now and that none allowed before."""
    by_comment = [each for each in now if each.by.in_source]
    then = Result(tuple(each.finding for each in before), {})
    fresh = introduced(Result(tuple(each.finding for each in by_comment), {}), then, old_path)
    return tuple(_allowed(each) for each in by_comment if each.finding in fresh)


def _allowed(suppressed: Suppressed) -> Finding:
    finding, by = suppressed.finding, suppressed.by
    reason = f": {by.reason}" if by.reason else ", without a reason"
    return Finding(
        rule=ALLOWED.id,
        severity=ALLOWED.severity,
        place=by.place,
        message=f"'{finding.rule}' is allowed here and was not before{reason}",
        fingerprint=stable_fingerprint(ALLOWED.id, by.place.path, finding.fingerprint, 1),
        related=(Remark(finding.place, finding.message),),
        identity=f"{finding.rule} {finding.identity}",
    )


def told(now: Result, introduced: tuple[Finding, ...], name: str) -> str:
    """A sentence for people about what is not told."""
    known = len(now.findings) - len(introduced)
    return f"compared with {name}: {len(introduced):,} introduced since, {known:,} there before"


def _grouped(result: Result, old_path: Mapping[str, str]) -> Mapping[_Likeness, list[Finding]]:
    before = before_renames(old_path)
    groups: defaultdict[_Likeness, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        path = finding.place.path
        groups[finding.rule, old_path.get(path, path), before(finding.identity)].append(finding)
    return groups


def _line(finding: Finding, result: Result) -> str:
    """What stands on the line of a finding and below; '' if nobody knows."""
    excerpt = result.excerpts.get(finding.place.path)
    named = excerpt.line_hashes.get(finding.place.span.line, "") if excerpt else ""
    return named.partition(":")[0]
