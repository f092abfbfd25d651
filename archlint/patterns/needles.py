"""The texts without which a rule cannot find anything in a file, so that most files need no tree."""

from collections.abc import Iterator

from archlint.patterns.goal import Branch, Leaf, is_many, walk
from archlint.patterns.matchers import All, AnyOf, Matcher, Pattern
from archlint.patterns.relations import Follows, Has, Inside, Precedes

Needles = tuple[frozenset[bytes], ...]
"""Groups; of each group one must be there."""

_TEXTUAL = frozenset({"cst", "smart", "ast", "relaxed", "template"})
_WITH_TOKENS = frozenset({"cst", "smart"})
_SHORTEST_TOKEN = 4
_MOST = 8


def needles_of(rule: Matcher) -> Needles:
    """What must be in the bytes for the rule to match; no group where nothing is known."""
    return tuple(dict.fromkeys(_groups(rule)))


def _groups(rule: Matcher) -> Iterator[frozenset[bytes]]:
    match rule:
        case Pattern():
            yield from (frozenset({text}) for text in _texts(rule))
        case All():
            for part in rule.parts:
                yield from _groups(part)
        case AnyOf():
            yield from _alternative(rule)
        case Inside() | Has() | Precedes() | Follows():
            yield from _groups(rule.rule)
        case _:
            return


def _alternative(rule: AnyOf) -> Iterator[frozenset[bytes]]:
    """The best group of each alternative, together."""
    best = [min(_groups(part), key=_commonness, default=None) for part in rule.parts]
    if best and all(group is not None for group in best):
        united = frozenset[bytes]().union(*(group for group in best if group is not None))
        if len(united) <= _MOST:
            yield united


def _commonness(group: frozenset[bytes]) -> tuple[int, int]:
    """How often a group is likely to be found: the fewer and longer its texts, the less."""
    return len(group), -min(map(len, group))


def _texts(pattern: Pattern) -> Iterator[bytes]:
    if pattern.strictness not in _TEXTUAL:
        return
    if isinstance(pattern.goal, Leaf):
        yield from _of_leaf(pattern.goal, pattern.strictness)
    for goal in walk(pattern.goal):
        if isinstance(goal, Branch):
            # Bare tokens behind `$$$` may be missing.
            behind = (False, *map(is_many, goal.parts))
            for part, is_optional in zip(goal.parts, behind, strict=False):
                if isinstance(part, Leaf) and not is_optional:
                    yield from _of_leaf(part, pattern.strictness)


def _of_leaf(leaf: Leaf, strictness: str) -> Iterator[bytes]:
    is_token = strictness in _WITH_TOKENS and len(leaf.text) >= _SHORTEST_TOKEN and leaf.text.isalpha()
    if leaf.text and (leaf.is_named or is_token):
        yield leaf.text.encode()
