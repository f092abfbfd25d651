"""Whether a text can hold what a rule means, by the regular expressions that some part of it must match."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

import msgspec

from archlint.certain import Certain, certain
from archlint.patterns.matchers import All, AnyOf, Matcher, OfText, Util
from archlint.patterns.relations import Follows, Has, Inside, Precedes
from archlint.regexes import spotter, within_longer

# The sign of a group in which letters of either case match.
_FOLDS = re.compile(r"(?<=\(\?)([smU]*)i([smU]*)(?=[:)])")
_TELLING = 3  # characters: shorter texts are in most files
_MOST_TEXTS = 64


class Gate(msgspec.Struct, frozen=True, dict=True):
    """Lets a text through that an expression finds something in, and each of several gates, and one of others."""

    expression: str = ""
    every: "tuple[Gate, ...]" = ()
    either: "tuple[Gate, ...]" = ()

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through."""
        return not self.expression and not self.every and not self.either

    def lets(self, text: bytes, spotted: frozenset[str]) -> bool:
        """Whether something in ``text`` may be what the rule means, given which of the signs are in it."""
        if self._sign and self._sign not in spotted:
            return False
        if self.expression and not _spots(self.expression, text):
            return False
        if not all(gate.lets(text, spotted) for gate in self.every):
            return False
        return not self.either or any(gate.lets(text, spotted) for gate in self.either)

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """Expressions that are found in a fraction of the time, and in few files, of this gate and those in it."""
        inner = (sign for gate in (*self.every, *self.either) for sign in gate.signs)
        return tuple(dict.fromkeys((*((self._sign,) if self._sign else ()), *inner)))

    @cached_property
    def _sign(self) -> str:
        """Texts of which one is in all that the gate lets through, as an expression; '' if none are telling."""
        texts = _needed(self).telling
        if not texts or min(map(len, texts)) < _TELLING or len(texts) > _MOST_TEXTS:
            return ""
        return f"(?i){'|'.join(map(re.escape, sorted(texts)))}"


OPEN = Gate()


def gate_of(rule: Matcher, within: frozenset[str] = frozenset()) -> Gate:
    """What a text must match to hold what the rule means; what is not known lets everything through.

    ``within`` are the names of the utility rules on the way: one that names itself says nothing more.
    """
    match rule:
        case OfText():
            # As it finds in a whole file what it finds in a node's text.
            return Gate(within_longer(rule.regex.pattern))
        case All():
            return _every(gate_of(part, within) for part in rule.parts)
        case AnyOf():
            return _either(gate_of(part, within) for part in rule.parts)
        case Inside() | Has() | Precedes() | Follows():
            return gate_of(rule.rule, within)
        case Util() if rule.name not in within:
            return gate_of(rule.utils[rule.name], within | {rule.name})
        case _:
            return OPEN


def _every(gates: Iterable[Gate]) -> Gate:
    parts: list[Gate] = []
    for gate in gates:
        is_plain = gate == Gate(every=gate.every)
        parts.extend(gate.every if is_plain else (gate,))
    different = tuple(dict.fromkeys(parts))
    return different[0] if len(different) == 1 else Gate(every=different)


def _either(gates: Iterable[Gate]) -> Gate:
    """One search for all of them where each is an expression."""
    parts = tuple(dict.fromkeys(_alternatives(gates)))
    if any(gate.is_open for gate in parts):
        return OPEN
    if len(parts) == 1:
        return parts[0]
    if all(gate == Gate(gate.expression) for gate in parts):
        return Gate("|".join(f"(?:{gate.expression})" for gate in parts))
    return Gate(either=parts)


def _alternatives(gates: Iterable[Gate]) -> Iterator[Gate]:
    for gate in gates:
        is_plain = bool(gate.either) and gate == Gate(either=gate.either)
        yield from gate.either if is_plain else (gate,)


def _needed(gate: Gate) -> Certain:
    """What is certain of all that a gate lets through, letters of either case."""
    own = certain(_FOLDS.sub(r"\1\2", gate.expression).replace("(?)", ""))
    either = Certain(either=tuple(map(_needed, gate.either)))
    return Certain(every=(own, *map(_needed, gate.every), either))


@lru_cache(maxsize=256)  # rules ask the same of a file, and files are looked at one after the other
def _spots(expression: str, text: bytes) -> bool:
    return spotter(expression)(text)
