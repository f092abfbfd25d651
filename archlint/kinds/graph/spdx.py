"""Licence expressions, as SPDX 2.3, annex D, writes them: ``MIT OR (Apache-2.0 AND GPL-2.0-only WITH x)``.

Whoever uses a package may choose between the sides of ``OR``, and has to keep both of ``AND``.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

import msgspec

from archlint.scope import matches_name

UNKNOWN = "unknown"
_SAYS_NOTHING = frozenset({"", UNKNOWN, "noassertion", "none"})
_WORD = re.compile(r"[()]|[^\s()]+")
_LONGEST = 2_000
_DEEPEST = 50

_Joining = dict[str, Callable[[Iterable[bool]], bool]]
_Tree: TypeAlias = "str | _Joined"


class _Joined(msgspec.Struct, frozen=True):
    operator: str
    sides: "tuple[_Tree, ...]"


class _NoExpressionError(ValueError):
    """A text is no expression of SPDX."""


def is_unknown(expression: str) -> bool:
    """Whether nothing is stated."""
    return expression.casefold() in _SAYS_NOTHING


def forced(expression: str, patterns: Iterable[str]) -> bool:
    """Whether a licence that one of the patterns means cannot be avoided."""
    return _holds(expression, tuple(patterns), {"OR": all, "AND": any})


def granted(expression: str, patterns: Iterable[str]) -> bool:
    """Whether licences that the patterns mean are all that is needed."""
    return _holds(expression, tuple(patterns), {"OR": any, "AND": all})


def _holds(expression: str, patterns: tuple[str, ...], joined: _Joining) -> bool:
    if is_unknown(expression):
        return any(pattern.casefold() == UNKNOWN for pattern in patterns)
    return _value(_tree(expression), patterns, joined)


def _value(tree: _Tree, patterns: tuple[str, ...], joined: _Joining) -> bool:
    if isinstance(tree, str):
        return any(_means(pattern, tree) for pattern in patterns)
    return joined[tree.operator](_value(side, patterns, joined) for side in tree.sides)


def _means(pattern: str, licence: str) -> bool:
    """Whether a name pattern means a licence: with its exception or without, with its ``+`` or without."""
    name = licence.partition(" WITH ")[0]
    spelled = (licence, name, name.rstrip("+"))
    if len(pattern) > 2 and pattern[0] == pattern[-1] == "/":  # noqa: PLR2004 -- as scope.py has it
        return any(matches_name(pattern, each) for each in spelled)
    # Annex D.2: identifiers are compared whatever their case.
    return any(matches_name(pattern.casefold(), each.casefold()) for each in spelled)


@lru_cache(maxsize=4096)
def _tree(expression: str) -> _Tree:
    """An expression taken apart. What is none is the name of one licence."""
    words = deque(_with_exceptions(_WORD.findall(expression[:_LONGEST])))
    try:
        tree = _joined("OR", words) if words.count("(") <= _DEEPEST else expression
    except _NoExpressionError:
        return expression
    return expression if words or len(expression) > _LONGEST else tree


def _joined(operator: str, words: deque[str]) -> _Tree:
    """The sides of an operator, or the only one; what follows is left in ``words``."""
    sides: list[_Tree] = []
    while not sides or (words and words[0].upper() == operator and words.popleft()):
        sides.append(_joined("AND", words) if operator == "OR" else _side(words))
    return _Joined(operator, tuple(sides)) if len(sides) > 1 else sides[0]


def _side(words: deque[str]) -> _Tree:
    word = words.popleft() if words else ")"
    if word == "(":
        inner = _joined("OR", words)
        if words and words.popleft() == ")":
            return inner
        raise _NoExpressionError
    if word == ")" or word.upper() in ("AND", "OR"):
        raise _NoExpressionError
    return word


def _with_exceptions(words: list[str]) -> list[str]:
    """A licence with its exception as one word."""
    found: list[str] = []
    for word in words:
        if len(found) > 1 and found[-1].upper() == "WITH":
            found[-2:] = [f"{found[-2]} WITH {word}"]
        else:
            found.append(word)
    return found
