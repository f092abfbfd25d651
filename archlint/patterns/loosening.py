"""What of a rule can be told of a node alone, whatever metavariables stand for."""

from collections.abc import Sequence

from msgspec.structs import replace

from archlint.patterns.goal import walk
from archlint.patterns.matchers import All, AnyOf, At, Matcher, Never, Not, Nth, OfKind, OfText, Pattern
from archlint.patterns.relations import Follows, Has, Inside, Precedes
from archlint.patterns.variables import Variable


def likely(rule: Matcher) -> Matcher | None:
    """A rule that binds nothing and means every node that ``rule`` does, whatever is bound; None for all nodes."""
    return _loosened(rule) or (OfKind(rule.kinds) if rule.kinds is not None else None)


def _loosened(rule: Matcher) -> Matcher | None:
    if _binds_nothing(rule):
        return rule
    match rule:
        case All():
            parts = tuple(part for part in map(_loosened, rule.parts) if part is not None)
            return All(parts, rule.kinds) if parts else None
        case AnyOf():
            return _either(rule, [_loosened(part) for part in rule.parts])
        case Inside() | Has() | Precedes() | Follows():
            inner = _loosened(rule.rule)
            return replace(rule, rule=inner) if inner is not None else None
        case _:
            return None


def _either(rule: AnyOf, parts: Sequence[Matcher | None]) -> Matcher | None:
    known = tuple(part for part in parts if part is not None)
    return AnyOf(known, rule.kinds) if len(known) == len(parts) else None


def _binds_nothing(rule: Matcher) -> bool:
    """Whether it neither binds metavariables nor asks for those that are bound."""
    match rule:
        case OfKind() | OfText() | At() | Never():
            return True
        case Pattern():
            return not any(isinstance(goal, Variable) and goal.name for goal in walk(rule.goal))
        case All() | AnyOf():
            return all(map(_binds_nothing, rule.parts))
        case (
            Not(part=inner)
            | Nth(of=inner)
            | Inside(rule=inner)
            | Has(rule=inner)
            | Precedes(rule=inner)
            | Follows(rule=inner)
        ):
            return inner is None or _binds_nothing(inner)
        case _:  # a utility rule that leads back to itself
            return False
