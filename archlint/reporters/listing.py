"""``archlint rules``: what is in force, for people."""

from collections.abc import Iterable
from typing import Any

from archlint.model import Rule
from archlint.reporters.escape import terminal


def render(rules: Iterable[Rule[Any]], disabled: Iterable[str]) -> str:
    """A line a rule, with where it is written and why it exists below; then the rules that are turned off."""
    return "".join((*map(_rule, rules), *(f"{terminal(rule)}  off\n" for rule in disabled)))


def _rule(rule: Rule[Any]) -> str:
    scope = ", ".join(rule.scope.files or rule.selectors) or "every file the kind reads"
    lines = [
        f"{rule.id}  {rule.severity} · {rule.kind} · {rule.origin.path}:{rule.origin.line}",
        *([f"  why: {rule.why}"] if rule.why else []),
        f"  where: {scope}" + (f"; not {', '.join(rule.scope.ignores)}" if rule.scope.ignores else ""),
    ]
    return "".join(f"{terminal(line)}\n" for line in lines)
