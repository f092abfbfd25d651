"""The code facts of one script, as far as they are asked for."""

from archlint.code import Call, Code, CodeDemand, Definition
from archlint.facts import Demand
from archlint.languages.ecmascript.code.branches import Branches
from archlint.languages.ecmascript.code.calling import CALLS, Calling
from archlint.languages.ecmascript.code.definitions import DEFINERS, Definitions
from archlint.languages.ecmascript.code.passing import passed
from archlint.languages.ecmascript.code.values import Values
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.paths import paths_of


def code_of(script: Script, demands: tuple[Demand, ...]) -> Code | None:
    """What is asked about the script's code; None if nothing is."""
    asked = [demand for demand in demands if isinstance(demand, CodeDemand)]
    if not asked:
        return None
    values = Values(script) if any(demand.arguments for demand in asked) else None
    definitions, calls = _symbols(script, values)
    return Code(definitions, calls, tuple(passed(script)))


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
