"""What a constant is compared with: operators and ``match`` statements."""

from collections.abc import Iterator

import libcst as cst

from archlint.facts import Sink
from archlint.languages.python3.names import name_of
from archlint.languages.python3.transparent import CONTAINERS
from archlint.languages.python3.uses import Spot, Use

_ORDER = (
    cst.Equal,
    cst.GreaterThan,
    cst.GreaterThanEqual,
    cst.Is,
    cst.IsNot,
    cst.LessThan,
    cst.LessThanEqual,
    cst.NotEqual,
)
_MEMBERSHIP = (cst.In, cst.NotIn)


def compared(spot: Spot) -> Iterator[Use]:
    """``subject == "x"`` and ``subject in ("x", "y")``; ``"x" in text`` looks into the text instead."""
    comparison = spot.receiver if isinstance(spot.receiver, cst.Comparison) else spot.above(2)
    if not isinstance(comparison, cst.Comparison):
        return
    operands = [comparison.left, *(target.comparator for target in comparison.comparisons)]
    position = next(index for index, operand in enumerate(operands) if operand is spot.value)
    before, after = position - 1, position
    operators = [target.operator for target in comparison.comparisons]
    if before >= 0 and (isinstance(operators[before], _ORDER) or _is_among(spot, operators[before])):
        yield Use(Sink.COMPARE, name_of(operands[before]), spot.index - 1)
    elif after < len(operators) and isinstance(operators[after], _ORDER):
        yield Use(Sink.COMPARE, name_of(operands[after + 1]), spot.index - 1)


def _is_among(spot: Spot, operator: cst.BaseCompOp) -> bool:
    is_element = any(isinstance(node, CONTAINERS) for node in spot.path[spot.index :])
    return isinstance(operator, _MEMBERSHIP) and is_element


def case_value(spot: Spot) -> Iterator[Use]:
    """``case "x"``: the value at ``spot`` is a pattern."""
    yield from _pattern(spot, spot.index - 1)


def _pattern(spot: Spot, index: int) -> Iterator[Use]:
    """What the pattern at ``index`` is held against, through alternatives and sequences."""
    while index > 0:
        match spot.path[index - 1]:
            case cst.MatchMappingElement(key=key):
                yield Use(Sink.COMPARE, name_of(key), index - 1)
                return
            case cst.MatchKeywordElement(key=key):
                yield Use(Sink.COMPARE, key.value, index - 1)
                return
            case cst.MatchCase():
                yield from _subject(spot, index)
                return
            case cst.MatchClass():
                return
        index -= 1


def _subject(spot: Spot, index: int) -> Iterator[Use]:
    statement, pattern = spot.path[index - 2], spot.path[index]
    if not isinstance(statement, cst.Match):
        return
    subject = statement.subject
    if isinstance(subject, cst.Tuple) and isinstance(pattern, cst.MatchTuple | cst.MatchList):
        for element, part in zip(subject.elements, pattern.patterns, strict=False):
            if part is spot.path[index + 1]:
                yield Use(Sink.COMPARE, name_of(element.value), index - 2)
    elif not isinstance(subject, cst.Tuple):
        yield Use(Sink.COMPARE, name_of(subject), index - 2)
