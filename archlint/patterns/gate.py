"""Whether a text can hold what a rule means, by the regular expressions that some part of it must match."""

import re

import msgspec

from archlint.patterns.matchers import All, AnyOf, Matcher, OfText, Util
from archlint.patterns.relations import Follows, Has, Inside, Precedes
from archlint.regexes import BadRegexError, Regex, compile_as_is

# Signs that speak of the ends of a node's text, or of what is around them; classes and escapes are passed over.
_EDGE = re.compile(r"(\\[^bBAzZ]|\[\^?\]?(?:[^\]\\]|\\.)*\])|\^|\$|\\[bBAzZ]", re.DOTALL)


class Gate(msgspec.Struct, frozen=True):
    """Lets a text through if an expression, or each of several gates, or one of them does. Without any, lets all."""

    regex: Regex | None = None
    every: "tuple[Gate, ...]" = ()
    either: "tuple[Gate, ...]" = ()

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through."""
        return self.regex is None and not self.every and not self.either

    def lets(self, text: str) -> bool:
        """Whether something in ``text`` may be what the rule means."""
        if self.regex is not None and self.regex.search(text) is None:
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
            return Gate(_anywhere(rule.regex))
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


def _anywhere(regex: Regex) -> Regex | None:
    """The expression as it finds in a whole file what it finds in a node's text; None if that cannot be said."""
    try:
        return compile_as_is(_EDGE.sub(lambda match: match[1] or "", regex.pattern))
    except BadRegexError:
        return None
