"""The code facts of one script, as far as they are asked for."""

from msgspec.structs import replace

from archlint.code import Built, Call, Code, CodeDemand, ConditionDemand, Definition, Given, ObjectDemand
from archlint.facts import Demand
from archlint.languages.ecmascript.code.branches import Branches
from archlint.languages.ecmascript.code.building import built
from archlint.languages.ecmascript.code.calling import CALLS, Calling
from archlint.languages.ecmascript.code.definitions import DEFINERS, Definitions
from archlint.languages.ecmascript.code.giving import given
from archlint.languages.ecmascript.code.passing import passed
from archlint.languages.ecmascript.code.values import Values
from archlint.languages.ecmascript.conditions.facts import conditions, tested
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.paths import paths_of


def code_of(script: Script, demands: tuple[Demand, ...]) -> Code | None:
    """What is asked about the script's code; None if nothing is."""
    symbols = [demand for demand in demands if isinstance(demand, CodeDemand)]
    objects = [demand for demand in demands if isinstance(demand, ObjectDemand)]
    tests = [demand for demand in demands if isinstance(demand, ConditionDemand)]
    if not (symbols or objects or tests):
        return None
    values = Values(script)
    found = Code(passed=tuple(passed(script)))
    if symbols:
        wanted = values if any(demand.arguments for demand in symbols) else None
        definitions, calls = _symbols(script, wanted)
        found = replace(found, definitions=definitions, calls=calls)
    if tests:
        found = replace(
            found, conditions=tuple(conditions(script, tests)), tested=tuple(tested(script, tests))
        )
    return replace(found, built=_built(script, values, objects), given=_given(script, values, objects))


def _built(script: Script, values: Values, asked: list[ObjectDemand]) -> tuple[Built, ...]:
    keys = [frozenset(demand.keys) for demand in asked if demand.keys is not None]
    return tuple(built(script, values, keys)) if keys else ()


def _given(script: Script, values: Values, asked: list[ObjectDemand]) -> tuple[Given, ...]:
    names = frozenset(name for demand in asked for name in demand.exports)
    return tuple(given(script, values, names)) if names else ()


def _symbols(script: Script, values: Values | None) -> tuple[tuple[Definition, ...], tuple[Call, ...]]:
    branches = Branches(script.source.lines)
    definitions, calling = Definitions(script, branches), Calling(script, branches, values)
    defined: list[Definition] = []
    calls: list[Call] = []
    for path in paths_of(script.tree, DEFINERS | CALLS):
        if path[-1].type in CALLS:
            calls.extend(calling.of(path))
        else:
            defined.extend(definitions.of(path))
    return tuple(defined), tuple(calls)
