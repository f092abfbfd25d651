"""TypeScript, TSX and JavaScript files, and script regions of other files."""

from tree_sitter import Tree

from archlint.facts import Demand, Facts, MeasureDemand, Occurrence
from archlint.languages.ecmascript.constants import identifiers, occurrences
from archlint.languages.ecmascript.measures import comments, longest_function
from archlint.languages.ecmascript.paths import TooDeepError
from archlint.languages.ecmascript.syntax import parse_script
from archlint.languages.measuring import measures
from archlint.languages.trees import MAX_DEPTH
from archlint.languages.wanted import Wanted, wanted
from archlint.model import Extent, Problem, Reason
from archlint.source import Source

_GRAMMAR_OF = {".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx"}
Region = tuple[int, int]


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    suffix = source.path[source.path.rfind(".") :].lower()
    grammar = _GRAMMAR_OF.get(suffix, "javascript")
    tree, problems = parse_script(source, None, grammar)
    found, too_deep = _constants(source, tree, wanted(demands))
    sizes = None
    if any(isinstance(demand, MeasureDemand) for demand in demands):
        sizes = measures(source, comments(tree), longest_function(source, tree))
    return Facts(
        source.path, source.digest, occurrences=found, measures=sizes, problems=(*problems, *too_deep)
    )


def read_region(source: Source, region: Region, grammar: str, demands: tuple[Demand, ...]) -> Facts:
    """The constants of a script within another file; every place is the whole file's."""
    tree, problems = parse_script(source, region, grammar)
    found, too_deep = _constants(source, tree, wanted(demands))
    return Facts(source.path, source.digest, occurrences=found, problems=(*problems, *too_deep))


def _constants(
    source: Source, tree: Tree, asked: Wanted | None
) -> tuple[tuple[Occurrence, ...], tuple[Problem, ...]]:
    found: list[Occurrence] = []
    if asked is None:
        return (), ()
    try:
        found.extend(occurrences(source, tree, asked))
        found.extend(identifiers(source, tree, asked, tuple(found)))
    except TooDeepError as error:
        span = source.lines.span(error.node.start_byte, error.node.end_byte)
        message = f"nested deeper than {MAX_DEPTH:,}; what is below was not judged"
        return tuple(found), (Problem(source.path, span, Reason.DEPTH_LIMIT, message, Extent.PART),)
    return tuple(found), ()
