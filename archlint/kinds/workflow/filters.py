"""GitHub's filter patterns: which branches and paths the filters of a trigger let through.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from archlint.pipelines import Filter

_TOKEN = re.compile(r"\*+|\[(?:[^\]\\]|\\.)+\]|\\.|.", re.DOTALL)
_LONGEST = 1000

_Step = tuple[Callable[[str], bool], str]  # what a character must be, and '' | '?' | '+' | '*'


def lets_through(filters: Iterable[Filter], subject: str, name: str) -> Filter | None:
    """The filter that keeps ``name`` out, None if all let it through. ``subject`` is ``branches``, ``paths`` …"""
    for filter_ in filters:
        if filter_.name == subject and not _is_selected(filter_, name):
            return filter_
        if filter_.name == f"{subject}-ignore" and _is_selected(filter_, name):
            return filter_
    return None


def _is_selected(filter_: Filter, name: str) -> bool:
    """Whether the last pattern that fits a name, of those that do, is no ``!`` pattern."""
    selected = False
    for pattern in filter_.patterns:
        negated = pattern.text.startswith("!")
        if selected == negated and fits(pattern.text.removeprefix("!"), name):
            selected = not negated
    return selected


def fits(pattern: str, name: str) -> bool:
    """Whether a pattern means all of ``name``. Steps through both once, so that no pattern takes long."""
    steps = _steps(pattern)
    states = _closed({0}, steps)
    for character in name:
        moved: set[int] = set()
        for state in states:
            if state < len(steps) and steps[state][0](character):
                moved.add(state + 1)
                if steps[state][1] in ("*", "+"):
                    moved.add(state)
        states = _closed(moved, steps)
        if not states:
            return False
    return len(steps) in states


def _closed(states: set[int], steps: tuple[_Step, ...]) -> set[int]:
    """The states and those that are reached from them without a character."""
    found = set(states)
    pending = list(states)
    while pending:
        state = pending.pop()
        if state < len(steps) and steps[state][1] in ("*", "?") and state + 1 not in found:
            found.add(state + 1)
            pending.append(state + 1)
    return found


@lru_cache(maxsize=1024)
def _steps(pattern: str) -> tuple[_Step, ...]:
    """``a*b+`` as steps; ``**/`` may be nothing at all."""
    steps: list[_Step] = []
    for token in _TOKEN.findall(pattern[:_LONGEST]):
        if token in ("?", "+") and steps and not steps[-1][1]:
            steps[-1] = (steps[-1][0], token)
        elif token.startswith("*"):
            steps.append((_anything if len(token) > 1 else _not_slash, "*"))
        else:
            steps.append((_class(token), ""))
    return tuple(steps)


def _anything(_character: str) -> bool:
    return True


def _not_slash(character: str) -> bool:
    return character != "/"


def _class(token: str) -> Callable[[str], bool]:
    if len(token) > 2 and token[0] == "[":  # noqa: PLR2004 -- brackets around something
        allowed = frozenset(_members(token[1:-1]))
        return lambda character: character in allowed
    literal = token.removeprefix("\\") or token
    return lambda character: character == literal


def _members(written: str) -> Iterable[str]:
    for low, high, one in re.findall(r"(\w)-(\w)|(.)", written, re.DOTALL):
        if one:
            yield one
        else:
            yield from map(chr, range(ord(low), min(ord(high), ord(low) + 1000) + 1))
