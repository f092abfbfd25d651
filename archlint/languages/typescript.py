"""TypeScript, TSX and JavaScript files, and script regions of other files. What reads a family is loaded when asked for."""

from msgspec.structs import replace
from tree_sitter import Tree

from archlint.code import Code, CodeDemand, ConditionDemand, ObjectDemand
from archlint.facts import Demand, Facts, MeasureDemand, Reference, ReferenceDemand
from archlint.languages.code_asked import with_code
from archlint.languages.ecmascript.constants import identifiers, occurrences
from archlint.languages.ecmascript.following.script import Script, script_of
from archlint.languages.ecmascript.names import function_names
from archlint.languages.ecmascript.paths import TooDeepError
from archlint.languages.ecmascript.syntax import parse_script
from archlint.languages.wanted import asks, asks_circumstances, wanted, wanted_exports, wanted_modules
from archlint.limits import too_deep
from archlint.measures import Measures
from archlint.model import WHOLE_FILE, Extent, Problem, Reason
from archlint.source import Source

_GRAMMAR_OF = {".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx"}
Region = tuple[int, int]


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    suffix = source.path[source.path.rfind(".") :].lower()
    grammar = _GRAMMAR_OF.get(suffix, "javascript")
    if _asks_for_references_alone(demands):
        return _with_references_alone(source, None, grammar)
    tree, problems = parse_script(source, None, grammar)
    facts = _values(source, tree, demands)
    if asks(demands, ReferenceDemand):
        facts = replace(facts, references=_references(source, None, tree))
    if asks(demands, MeasureDemand):
        facts = replace(facts, measures=_measures(source, tree, demands))
    facts = replace(facts, problems=(*problems, *facts.problems))
    return with_code(facts, source, tree, demands, function_names)


def read_region(source: Source, region: Region, grammar: str, demands: tuple[Demand, ...]) -> Facts:
    """The constants and references of a script within another file; every place is the whole file's."""
    if _asks_for_references_alone(demands):
        return _with_references_alone(source, region, grammar)
    tree, problems = parse_script(source, region, grammar)
    facts = _values(source, tree, demands)
    if asks(demands, ReferenceDemand):
        facts = replace(facts, references=_references(source, region, tree))
    facts = replace(facts, problems=(*problems, *facts.problems))
    return with_code(facts, source, tree, demands, function_names)


def _asks_for_references_alone(demands: tuple[Demand, ...]) -> bool:
    return bool(demands) and all(isinstance(demand, ReferenceDemand) for demand in demands)


def _with_references_alone(source: Source, region: Region | None, grammar: str) -> Facts:
    from archlint.languages.ecmascript.references.reading import references_alone

    found, problems = references_alone(source, region, grammar)
    return Facts(source.path, source.digest, references=found, problems=problems)


def _references(source: Source, region: Region | None, tree: Tree) -> tuple[Reference, ...]:
    from archlint.languages.ecmascript.references.reading import references

    return references(source, region, tree)


def _measures(source: Source, tree: Tree, demands: tuple[Demand, ...]) -> Measures:
    from archlint.languages.ecmascript.measures import comments, longest_function
    from archlint.languages.measuring import measures

    asks_functions = any(isinstance(demand, MeasureDemand) and demand.functions for demand in demands)
    longest = longest_function(source, tree) if asks_functions else (0, WHOLE_FILE)
    return measures(source, comments(tree), longest)


def _code(script: Script, demands: tuple[Demand, ...]) -> Code | None:
    if not any(isinstance(demand, CodeDemand | ConditionDemand | ObjectDemand) for demand in demands):
        return None
    from archlint.languages.ecmascript.code.reading import code_of

    return code_of(script, demands)


def _values(source: Source, tree: Tree, demands: tuple[Demand, ...]) -> Facts:
    """What is asked of constants (at their sinks, lent to other files, borrowed from them) and of code."""
    script = script_of(source, tree, has_circumstances=asks_circumstances(demands))
    facts = Facts(source.path, source.digest)
    asked = wanted(demands)
    try:
        if asked is not None:
            found = tuple(occurrences(script, asked))
            facts = replace(facts, occurrences=(*found, *identifiers(script, asked)))
        facts = _with_loans(script, facts, demands)
        facts = _with_borrowings(script, facts, demands)
        facts = replace(facts, code=_code(script, demands))
    except TooDeepError as error:
        span = source.lines.span(error.node.start_byte, error.node.end_byte)
        problem = Problem(source.path, span, Reason.DEPTH_LIMIT, too_deep(), Extent.PART)
        return replace(facts, problems=(problem,))
    return facts


def _with_loans(script: Script, facts: Facts, demands: tuple[Demand, ...]) -> Facts:
    lent = wanted_exports(demands)
    if lent is None:
        return facts
    from archlint.languages.ecmascript.lending import exports

    return replace(facts, exports=tuple(dict.fromkeys(exports(script, lent))))


def _with_borrowings(script: Script, facts: Facts, demands: tuple[Demand, ...]) -> Facts:
    modules = wanted_modules(demands)
    if modules is None:
        return facts
    from archlint.languages.ecmascript.lending import borrowings

    has = borrowings(script, modules)
    exported = (*facts.exports, *has.exports)
    return replace(facts, borrowed=has.sinks, exports=exported, changes=has.changes)
