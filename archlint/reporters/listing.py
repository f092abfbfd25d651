"""``archlint rules``: what is in force, for people."""

from collections.abc import Callable, Iterable
from typing import Any

from archlint.looks import Look
from archlint.model import Rule
from archlint.reporters.escape import lines, terminal
from archlint.reporters.summary import counted


def render(rules: Iterable[Rule[Any]], disabled: Iterable[str], is_own: Callable[[str], bool]) -> str:
    """A line a rule, with where it is written and why it exists below; then the rules that are turned off.

    ``is_own`` says whether a path, as messages name it, is a file of the user's; the others are of shipped packs.
    """
    told = (_rule(rule, _written(rule, is_own)) for rule in rules)
    return "".join((*told, *(f"{terminal(rule)}  off\n" for rule in disabled)))


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


def _written(rule: Rule[Any], is_own: Callable[[str], bool]) -> str:
    """``architecture/plans.yml:7``, or ``pack recommended`` for what nobody edits."""
    origin = rule.origin
    folder, *inside = origin.path.split("/")
    if folder == "rules" and len(inside) > 1 and not is_own(origin.path):
        return f"pack {inside[0]}"
    return f"{origin.path}:{origin.line}"


def _rule(rule: Rule[Any], written: str) -> str:
    scope = ", ".join(rule.scope.files or rule.selectors) or "every file the kind reads"
    told = [
        f"{rule.id}  {rule.severity} · {rule.kind} · {written}",
        *([f"  why: {rule.why}"] if rule.why else []),
        f"  where: {scope}" + (f"; not {', '.join(rule.scope.ignores)}" if rule.scope.ignores else ""),
    ]
    return "".join(f"{terminal(line)}\n" for line in told)
