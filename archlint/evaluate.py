"""Rules against the project: hits become findings. Pure and deterministic; reads nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from archlint.fingerprint import stable_fingerprint
from archlint.kinds import KIND_OF
from archlint.model import Finding, Hit, Place, Rule, RuleCard, Severity, Span
from archlint.plan import governed
from archlint.project import Project

VACUOUS = RuleCard(
    id="vacuous-rule",
    kind="built-in",
    severity=Severity.ERROR,
    summary="A rule looks at nothing.",
    why="A rule whose files, artifact or workflow are gone passes for ever and protects nothing.",
    fix="Mend the glob, or write `allow-empty: true` if it is right that nothing is there.",
    enforces=(),
)
UNREAD = RuleCard(
    id="unread-file",
    kind="built-in",
    severity=Severity.NOTE,
    summary="A file in scope was not, or not wholly, read.",
    why="What was not read was not judged: a clean result says nothing about it.",
    fix="Mend the file, raise the limit it exceeds, or exclude it in archlint.toml.",
    enforces=(),
)

_LONGEST = 1000
_FIELD = re.compile(r"\{\{|\}\}|\{([\w-]+)\}")


Timer = Callable[[str], AbstractContextManager[None]]


def evaluate(
    rules: Iterable[Rule[Any]], project: Project, timer: Timer = lambda _rule: nullcontext()
) -> tuple[Finding, ...]:
    """Every breach, each once, sorted by place and rule. ``timer`` is entered for each rule."""
    findings: list[Finding] = []
    for rule in rules:
        with timer(rule.id):
            findings.extend(_of_rule(rule, project))
    return tuple(sorted(findings, key=lambda found: (found.place, found.rule, found.message)))


def _of_rule(rule: Rule[Any], project: Project) -> Iterator[Finding]:
    if not rule.allow_empty:
        yield from _vacuous(rule, project)
    ordinals: Counter[tuple[str, str]] = Counter()
    hits = KIND_OF[rule.kind].check(rule, project)
    # A breach told twice (two constraints fail for one reason) is told once.
    once = {(hit.place, hit.text): hit for hit in hits}
    for key in sorted(once):
        hit = once[key]
        named = (hit.place.path, hit.identity)
        ordinals[named] += 1
        yield _finding(rule, hit, ordinals[named], project)


def _finding(rule: Rule[Any], hit: Hit, ordinal: int, project: Project) -> Finding:
    return Finding(
        rule=rule.id,
        severity=_severity(rule, hit.place.path, project),
        place=hit.place,
        message=_message(rule, hit),
        fingerprint=stable_fingerprint(rule.id, hit.place.path, hit.identity, ordinal),
        related=hit.related,
        flows=hit.flows,
        identity=hit.identity,
    )


def _severity(rule: Rule[Any], path: str, project: Project) -> Severity:
    for other in rule.severity_in:
        if any(path in project.selected(selector) for selector in other.files):
            return other.severity
    return rule.severity


def _message(rule: Rule[Any], hit: Hit) -> str:
    fields: Mapping[str, str] = {**hit.fields, "message": hit.text, "path": hit.place.path}
    message = rule.message or "{message}"
    return _clipped(_FIELD.sub(lambda match: fields[match[1]] if match[1] else match[0][0], message))


def _clipped(message: str) -> str:
    # A constant may be as long as a file, and a report holds many messages.
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"


def _vacuous(rule: Rule[Any], project: Project) -> Iterator[Finding]:
    for number, reason in enumerate(vain(rule, project), start=1):
        column = rule.origin.column
        span = Span(rule.origin.line, column, rule.origin.line, column)
        yield Finding(
            rule=VACUOUS.id,
            severity=VACUOUS.severity,
            place=Place(rule.origin.path, span),
            message=f"rule '{rule.id}' looks at nothing: {reason}",
            fingerprint=stable_fingerprint(VACUOUS.id, rule.origin.path, f"{rule.id} {reason}", number),
            identity=f"{rule.id} {reason}",
        )


def vain(rule: Rule[Any], project: Project) -> Iterator[str]:
    """What the rule looks for in vain, a sentence each."""
    kind = KIND_OF[rule.kind]
    missing = [selector for selector in rule.scope.files if not project.selected(selector)]
    yield from (f"no file matches '{selector}'" for selector in missing)
    if rule.scope.files and not missing and not governed(rule, project):
        yield f"none of its files can be read by kind '{kind.name}', or all are ignored"
    yield from kind.vacuous(rule, project)


def card(rule: Rule[Any]) -> RuleCard:
    """What a report tells about a rule."""
    return RuleCard(
        id=rule.id,
        kind=rule.kind,
        severity=rule.severity,
        summary=f"{rule.id.replace('-', ' ').capitalize()}.",
        why=rule.why,
        fix=rule.fix,
        enforces=rule.enforces,
    )
