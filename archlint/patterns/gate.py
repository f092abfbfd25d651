"""Whether a text can hold what a rule means, by the regular expressions that some part of it must match."""

from collections.abc import Callable

import msgspec

from archlint.patterns.matchers import All, AnyOf, Matcher, OfText, Util
from archlint.patterns.relations import Follows, Has, Inside, Precedes
from archlint.regexes import spotter, within_longer


class Gate(msgspec.Struct, frozen=True):
    """Lets a text through if an expression, or each of several gates, or one of them does. Without any, lets all."""

    spots: Callable[[bytes], bool] | None = None
    every: "tuple[Gate, ...]" = ()
    either: "tuple[Gate, ...]" = ()

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through."""
        return self.spots is None and not self.every and not self.either

    def lets(self, text: bytes) -> bool:
        """Whether something in ``text`` may be what the rule means."""
        if self.spots is not None and not self.spots(text):
            return False
        if not all(gate.lets(text) for gate in self.every):
            return False
        return not self.either or any(gate.lets(text) for gate in self.either)


def gate_of(rule: Matcher, within: frozenset[str] = frozenset()) -> Gate:
    """What a text must match to hold what the rule means; what is not known lets everything through.

    ``within`` are the names of the utility rules on the way: one that names itself says nothing more.
    """
    match rule:
        case OfText():
            # As it finds in a whole file what it finds in a node's text.
            return Gate(spotter(within_longer(rule.regex.pattern)))
        case All():
            gates = (gate_of(part, within) for part in rule.parts)
            return Gate(every=tuple(gate for gate in gates if not gate.is_open))
        case AnyOf():
            either = tuple(gate_of(part, within) for part in rule.parts)
            return Gate() if any(gate.is_open for gate in either) else Gate(either=either)
        case Inside() | Has() | Precedes() | Follows():
            return gate_of(rule.rule, within)
        case Util() if rule.name not in within:
            return gate_of(rule.utils[rule.name], within | {rule.name})
        case _:
            return Gate()
