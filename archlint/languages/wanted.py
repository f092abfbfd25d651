"""Which constants the demands ask of a file, as one question."""

from collections.abc import Sequence

import msgspec

from archlint.facts import ConstantDemand, Demand, ExportDemand, ImportDemand
from archlint.regexes import Regex, compile_regex


class Wanted(msgspec.Struct, frozen=True):
    """The union of the constant demands on one file."""

    values: frozenset[str]
    regexes: tuple[Regex, ...]
    every: bool
    identifiers: frozenset[str]
    circumstances: bool = False

    @property
    def only_values(self) -> bool:
        """Whether looking for the values' own text in the bytes finds everything that is wanted."""
        return not self.every and not self.regexes

    @property
    def expressions(self) -> tuple[str, ...]:
        """The expressions, without the flag that all of them are read with."""
        return tuple(regex.pattern.removeprefix("(?m)") for regex in self.regexes)

    def wants(self, value: str) -> bool:
        """Whether a constant of this value is asked for."""
        return self.every or value in self.values or any(regex.fullmatch(value) for regex in self.regexes)


def asks(demands: tuple[Demand, ...], kind: type[Demand]) -> bool:
    """Whether one of the demands is of that kind."""
    return any(isinstance(demand, kind) for demand in demands)


def asks_circumstances(demands: tuple[Demand, ...]) -> bool:
    """Whether it is asked under which circumstances constants count."""
    return any(isinstance(each, ConstantDemand | ImportDemand) and each.circumstances for each in demands)


def wanted(demands: tuple[Demand, ...]) -> Wanted | None:
    """What is asked about constants at their sinks; None if nothing is."""
    constants = [demand for demand in demands if isinstance(demand, ConstantDemand)]
    names = frozenset(name for demand in constants for name in demand.identifiers)
    return _union(constants, names)


def wanted_exports(demands: tuple[Demand, ...]) -> Wanted | None:
    """What is asked about constants that other files can import; None if nothing is."""
    return _union([demand for demand in demands if isinstance(demand, ExportDemand)], frozenset())


def _union(demands: Sequence[ConstantDemand | ExportDemand], identifiers: frozenset[str]) -> Wanted | None:
    if not demands:
        return None
    return Wanted(
        values=frozenset(value for demand in demands for value in demand.values),
        regexes=tuple(compile_regex(demand.regex) for demand in demands if demand.regex),
        every=any(demand.every for demand in demands),
        identifiers=identifiers,
        circumstances=any(isinstance(each, ConstantDemand) and each.circumstances for each in demands),
    )


def wanted_modules(demands: tuple[Demand, ...]) -> frozenset[str] | None:
    """The modules whose imports are asked about, none for all of them; None if nothing is asked."""
    imports = [demand for demand in demands if isinstance(demand, ImportDemand)]
    if not imports:
        return None
    if not all(demand.modules for demand in imports):
        return frozenset()
    return frozenset(module for demand in imports for module in demand.modules)
