"""Takes out the findings that comments and archlint.toml allow, and finds fault with those. Pure.

What archlint says of itself (a rule that looks at nothing, a suppression that does nothing) cannot be allowed:
each has a remedy of its own, and what allows findings must not allow itself.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from archlint.allowing import Misspoken, parsed
from archlint.baseline import STALE
from archlint.evaluate import UNREAD, VACUOUS
from archlint.fingerprint import stable_fingerprint
from archlint.model import WHOLE_FILE, Finding, Problem, Rule, RuleCard, Severity, Suppressed
from archlint.plan import depends_on_its_file_alone
from archlint.project import Project
from archlint.suppression import Comment, Suppression


def _card(identifier: str, summary: str, why: str, fix: str) -> RuleCard:
    return RuleCard(identifier, "built-in", Severity.ERROR, summary, why, fix, ())


UNUSED = _card(
    "unused-suppression",
    "A suppression allows nothing.",
    "What is allowed and not there any more would hide the next breach.",
    "Run `archlint fix`, or delete it.",
)
EXPIRED = _card(
    "expired-suppression",
    "A suppression has run out.",
    "It was granted until a day that has passed.",
    "Mend what it allows and run `archlint fix`, or agree on a later day.",
)
UNEXPLAINED = _card(
    "unexplained-suppression",
    "A suppression gives no reason.",
    "Whoever reads it cannot tell whether it is still right.",
    "Say why: `archlint: allow RULE -- reason`.",
)
INVALID = _card(
    "invalid-suppression",
    "A suppression cannot be understood.",
    "It allows nothing, and whoever wrote it thinks that it does.",
    "Write `archlint: allow RULE[, RULE] -- reason [until YYYY-MM-DD] [#ticket]`.",
)
CARDS = (UNUSED, EXPIRED, UNEXPLAINED, INVALID)
OWN = frozenset(
    {VACUOUS.id, UNREAD.id, STALE.id, "policy-changed", "new-suppression", *(card.id for card in CARDS)}
)


class Trial(msgspec.Struct, frozen=True):
    """What was judged, and when."""

    rules: tuple[Rule[Any], ...]
    known: frozenset[str]
    """The ids of all rules, those that are off or not selected too."""
    project: Project
    today: date
    problems: tuple[Problem, ...] = ()
    chosen: frozenset[str] | None = None


class Verdict(msgspec.Struct, frozen=True):
    """What is left of the findings, with those about suppressions; and what is allowed."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    useless: tuple[tuple[Suppression, frozenset[str]], ...] = ()
    """The suppressions that allow nothing, or ran out, each with the rules of which that is so."""


class _Held(msgspec.Struct):
    """A suppression, and the rules for which it is of use."""

    suppression: Suppression
    files: frozenset[str]
    used: set[str] = msgspec.field(default_factory=set)


def suppress(
    findings: Iterable[Finding],
    comments: Mapping[str, tuple[Comment, ...]],
    entries: Iterable[Suppression],
    trial: Trial,
) -> Verdict:
    """``findings`` without what ``comments`` and the ``entries`` of archlint.toml allow."""
    said = [
        meant
        for path in sorted(comments)
        if trial.chosen is None or path in trial.chosen
        for comment in comments[path]
        if (meant := parsed(path, comment, trial.known)) is not None
    ]
    spoken = (each for each in said if isinstance(each, Suppression))
    held = [_Held(each, _files(each, trial.project)) for each in (*spoken, *entries)]
    kept, suppressed = _sorted_out(findings, [each for each in held if not _has_expired(each, trial)])
    faults = [_Fault(INVALID, each, "", each.message) for each in said if isinstance(each, Misspoken)]
    faults += [fault for each in held for fault in _faults(each, trial)]
    own = sorted((*kept, *_told(faults)), key=lambda found: (found.place, found.rule, found.message))
    useless = ((each.suppression, _useless_rules(each, trial)) for each in held)
    return Verdict(tuple(own), suppressed, tuple(each for each in useless if each[1]))


def _files(suppression: Suppression, project: Project) -> frozenset[str]:
    if suppression.in_source:
        return frozenset({suppression.place.path})
    return frozenset[str]().union(*map(project.selected, suppression.paths))


def _has_expired(held: _Held, trial: Trial) -> bool:
    return held.suppression.until is not None and held.suppression.until < trial.today


def _sorted_out(
    findings: Iterable[Finding], held: list[_Held]
) -> tuple[list[Finding], tuple[Suppressed, ...]]:
    of_path: dict[str, list[_Held]] = {}
    for each in held:
        for path in each.files:
            of_path.setdefault(path, []).append(each)
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        covering = [each for each in of_path.get(finding.place.path, ()) if _covers(each, finding)]
        for each in covering:
            each.used.add(finding.rule)
        if covering:
            suppressed.append(Suppressed(finding, covering[0].suppression))
        else:
            kept.append(finding)
    return kept, tuple(suppressed)


def _covers(held: _Held, finding: Finding) -> bool:
    suppression, span = held.suppression, finding.place.span
    if finding.rule not in suppression.rules or finding.rule in OWN:
        return False
    if not suppression.in_source:
        return True
    if span == WHOLE_FILE:
        return suppression.heads_file
    return suppression.place.span.line <= span.line <= suppression.last_line


class _Fault(msgspec.Struct, frozen=True):
    card: RuleCard
    of: Suppression | Misspoken
    identity: str
    message: str


def _faults(held: _Held, trial: Trial) -> Iterator[_Fault]:
    suppression = held.suppression
    identity = " ".join(suppression.rules)
    for rule in suppression.rules:
        if rule in OWN:
            text = f"'{rule}' is archlint's own and cannot be allowed"
            yield _Fault(INVALID, suppression, rule, text)
        elif rule not in trial.known:
            yield _Fault(INVALID, suppression, rule, f"no rule is called '{rule}'{_hint(rule, trial.known)}")
    if _has_expired(held, trial):
        text = f"this was allowed until {suppression.until}: {_named(suppression.rules)}"
        yield _Fault(EXPIRED, suppression, identity, text)
        return
    useless = _useless_rules(held, trial)
    unused = [rule for rule in suppression.rules if rule in useless]
    if unused:
        yield _Fault(UNUSED, suppression, identity, _useless(held, unused))
    if not suppression.reason and set(suppression.rules) - set(unused):
        yield _Fault(
            UNEXPLAINED, suppression, identity, f"no reason is given for allowing {_named(suppression.rules)}"
        )


def _useless_rules(held: _Held, trial: Trial) -> frozenset[str]:
    rules = held.suppression.rules
    if _has_expired(held, trial):
        return frozenset(rules)
    return frozenset(rule for rule in rules if rule not in held.used and is_judged(rule, held.files, trial))


def _useless(held: _Held, unused: list[str]) -> str:
    if not held.files:
        return f"no file matches {_named(held.suppression.paths)}, so allowing {_named(unused)} does nothing"
    where = "here" if held.suppression.in_source else f"in {_named(held.suppression.paths)}"
    return f"nothing {where} breaks {_named(unused)}, so allowing it does nothing"


def is_judged(name: str, files: frozenset[str], trial: Trial) -> bool:
    """Whether a rule would have found what there is in some files: it ran, and saw all that it depends on."""
    rule = next((rule for rule in trial.rules if rule.id == name), None)
    if rule is None:
        return False
    unread = {problem.path for problem in trial.problems}
    if depends_on_its_file_alone(rule):
        is_seen = trial.chosen is None or files <= trial.chosen
        return is_seen and not unread & files
    return trial.chosen is None and not unread


def _hint(rule: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(rule, sorted(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _told(faults: Iterable[_Fault]) -> Iterator[Finding]:
    ordinals: Counter[tuple[str, str, str]] = Counter()
    for fault in sorted(faults, key=lambda each: (each.of.place, each.card.id, each.message)):
        path = fault.of.place.path
        ordinals[fault.card.id, path, fault.identity] += 1
        number = ordinals[fault.card.id, path, fault.identity]
        yield Finding(
            rule=fault.card.id,
            severity=fault.card.severity,
            place=fault.of.place,
            message=fault.message,
            fingerprint=stable_fingerprint(fault.card.id, path, fault.identity, number),
            identity=fault.identity,
        )
