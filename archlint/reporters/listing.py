"""``archlint rules``: what is in force, for people."""

from collections.abc import Iterable
from typing import Any

from archlint.looks import Look
from archlint.model import Rule
from archlint.reporters.escape import lines, terminal
from archlint.reporters.summary import counted


def render(rules: Iterable[Rule[Any]], disabled: Iterable[str]) -> str:
    """A line a rule, with where it is written and why it exists below; then the rules that are turned off."""
    return "".join((*map(_rule, rules), *(f"{terminal(rule)}  off\n" for rule in disabled)))


def render_looks(path: str, looks: Iterable[Look]) -> str:
    """The rules that look at a file, then the others and why they do not."""
    looks = sorted(looks, key=lambda look: bool(look.passes))
    number = sum(not look.passes for look in looks)
    told = f"{path}: {counted(number, 'rule')} of {len(looks):,} {'looks' if number == 1 else 'look'} at it"
    rows = (
        f"  not {look.rule.id}: {look.passes}"
        if look.passes
        else f"  {look.rule.id}  {look.rule.severity} · {look.rule.kind}"
        for look in looks
    )
    return lines(map(terminal, (told, *rows)))


def _rule(rule: Rule[Any]) -> str:
    scope = ", ".join(rule.scope.files or rule.selectors) or "every file the kind reads"
    told = [
        f"{rule.id}  {rule.severity} · {rule.kind} · {rule.origin.path}:{rule.origin.line}",
        *([f"  why: {rule.why}"] if rule.why else []),
        f"  where: {scope}" + (f"; not {', '.join(rule.scope.ignores)}" if rule.scope.ignores else ""),
    ]
    return "".join(f"{terminal(line)}\n" for line in told)
