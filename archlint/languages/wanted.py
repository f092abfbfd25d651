"""Which constants the demands ask of a file, as one question."""

from dataclasses import dataclass

from archlint.facts import ConstantDemand, Demand
from archlint.regexes import Regex, compile_regex


@dataclass(frozen=True, slots=True)
class Wanted:
    """The union of the constant demands on one file."""

    values: frozenset[str]
    regexes: tuple[Regex, ...]
    every: bool
    identifiers: frozenset[str]

    @property
    def only_values(self) -> bool:
        """Whether looking for the values' own text in the bytes finds everything that is wanted."""
        return not self.every and not self.regexes

    def wants(self, value: str) -> bool:
        """Whether a constant of this value is asked for."""
        return self.every or value in self.values or any(regex.fullmatch(value) for regex in self.regexes)


def wanted(demands: tuple[Demand, ...]) -> Wanted | None:
    """What is asked about constants; None if nothing is."""
    constants = [demand for demand in demands if isinstance(demand, ConstantDemand)]
    if not constants:
        return None
    return Wanted(
        values=frozenset(value for demand in constants for value in demand.values),
        regexes=tuple(compile_regex(demand.regex) for demand in constants if demand.regex),
        every=any(demand.every for demand in constants),
        identifiers=frozenset(name for demand in constants for name in demand.identifiers),
    )
