"""What architecture documents state, and which rules hold it: statements, rules and findings, joined both ways.

Reads nothing and judges no code; what is missing on either side is a gap.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from archlint.model import Finding, Origin, Rule


class Statement(msgspec.Struct, frozen=True):
    """A requirement: what a document states, in the words of who keeps the rules."""

    id: str
    document: str
    """The id of the document."""
    section: str
    text: str
    unchecked: str
    """Why no rule can hold it; '' for one that rules must hold."""
    origin: Origin


class Requirements(msgspec.Struct, frozen=True):
    """The statements, in the order they are written, and the titles of their documents by id."""

    documents: tuple[tuple[str, str], ...] = ()
    statements: tuple[Statement, ...] = ()


class Gap(msgspec.Struct, frozen=True):
    """Where a statement and a rule do not meet."""

    origin: Origin
    message: str


class Trace(msgspec.Struct, frozen=True):
    """Statements with the rules that hold them, rules with what they found, and the gaps between."""

    requirements: Requirements
    rules: tuple[Rule[Any], ...]
    findings: tuple[Finding, ...] | None
    """None where no tree was looked at."""
    gaps: tuple[Gap, ...]

    def rules_for(self, statement: str) -> tuple[Rule[Any], ...]:
        """The rules that hold a statement, in their own order."""
        return tuple(rule for rule in self.rules if statement in rule.enforces)

    def findings_of(self, rule: str) -> tuple[Finding, ...]:
        """What a rule found; nothing where no tree was looked at."""
        return tuple(finding for finding in self.findings or () if finding.rule == rule)

    @property
    def counts(self) -> Counter[str]:
        """How many statements are ``enforced``, ``unchecked`` and ``open``; they add up to ``total``."""
        counts = Counter(map(self._state, self.requirements.statements))
        return Counter({**counts, "total": counts.total()})

    def _state(self, statement: Statement) -> str:
        if self.rules_for(statement.id):
            return "enforced"
        return "unchecked" if statement.unchecked else "open"


def trace(
    requirements: Requirements, rules: Iterable[Rule[Any]], findings: tuple[Finding, ...] | None = None
) -> Trace:
    """Join statements and rules by the ids that rules cite. Gaps are in the order of their places."""
    rules = tuple(rules)
    gaps = sorted((*_open(requirements, rules), *_unknown(requirements, rules)), key=_place)
    return Trace(requirements, rules, findings, tuple(gaps))


def _open(requirements: Requirements, rules: tuple[Rule[Any], ...]) -> Iterator[Gap]:
    cited = {statement for rule in rules for statement in rule.enforces}
    for statement in requirements.statements:
        if statement.id not in cited and not statement.unchecked:
            yield Gap(statement.origin, f"no rule enforces {statement.id}, and nothing says why none can")
        elif statement.id in cited and statement.unchecked:
            yield Gap(statement.origin, f"{statement.id} is excused as unchecked, and a rule enforces it")


def _unknown(requirements: Requirements, rules: tuple[Rule[Any], ...]) -> Iterator[Gap]:
    known = {statement.id for statement in requirements.statements}
    for rule in rules:
        for statement in rule.enforces:
            if statement not in known:
                message = f"rule '{rule.id}' enforces {statement}, which no requirements.yml states"
                yield Gap(rule.origin, message + _similar(statement, known))


def _similar(statement: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # loads only on the way to a gap

    close = get_close_matches(statement, sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _place(gap: Gap) -> tuple[str, int, int, str]:
    return (gap.origin.path, gap.origin.line, gap.origin.column, gap.message)
