"""Whether a text can hold what a rule means, by the regular expressions that some part of it must match."""

from collections.abc import Sequence

import msgspec

from archlint.patterns.matchers import All, AnyOf, Matcher, OfText, Util
from archlint.patterns.relations import Follows, Has, Inside, Precedes
from archlint.regexes import spotter, within_longer


class Gate(msgspec.Struct, frozen=True):
    """Lets a text through that an expression finds something in, and each of several gates, and one of others."""

    expression: str = ""
    every: "tuple[Gate, ...]" = ()
    either: "tuple[Gate, ...]" = ()

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through."""
        return not self.expression and not self.every and not self.either

    def lets(self, text: bytes) -> bool:
        """Whether something in ``text`` may be what the rule means."""
        if self.expression and not spotter(self.expression)(text):
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
            return Gate(within_longer(rule.regex.pattern))
        case All():
            gates = (gate_of(part, within) for part in rule.parts)
            return Gate(every=tuple(gate for gate in gates if not gate.is_open))
        case AnyOf():
            return _either([gate_of(part, within) for part in rule.parts])
        case Inside() | Has() | Precedes() | Follows():
            return gate_of(rule.rule, within)
        case Util() if rule.name not in within:
            return gate_of(rule.utils[rule.name], within | {rule.name})
        case _:
            return Gate()


def _either(gates: Sequence[Gate]) -> Gate:
    """One search for all of them where each is an expression."""
    if any(gate.is_open for gate in gates):
        return Gate()
    if all(gate == Gate(gate.expression) for gate in gates):
        return Gate("|".join(f"(?:{gate.expression})" for gate in gates))
    return Gate(either=tuple(gates))
