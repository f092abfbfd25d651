"""Python files."""

from archlint.facts import Demand, Facts, MeasureDemand, Occurrence
from archlint.languages.measuring import measures
from archlint.languages.python3.constants import occurrences
from archlint.languages.python3.identifiers import identifiers
from archlint.languages.python3.imports import Imports
from archlint.languages.python3.measures import comments, longest_function
from archlint.languages.python3.paths import MAX_DEPTH, TooDeepError
from archlint.languages.python3.syntax import Syntax, parse
from archlint.languages.wanted import Wanted, wanted
from archlint.model import Extent, Problem, Reason
from archlint.source import Source


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file; none beside the problem if it is no Python."""
    syntax = parse(source)
    if isinstance(syntax, Problem):
        return Facts(source.path, source.digest, problems=(syntax,))
    asked = wanted(demands)
    found, too_deep = _constants(syntax, asked) if asked is not None else ((), ())
    sizes = None
    if any(isinstance(demand, MeasureDemand) for demand in demands):
        sizes = measures(source, comments(syntax), longest_function(syntax))
    return Facts(source.path, source.digest, occurrences=found, measures=sizes, problems=too_deep)


def _constants(syntax: Syntax, asked: Wanted) -> tuple[tuple[Occurrence, ...], tuple[Problem, ...]]:
    found: list[Occurrence] = []
    imports = Imports()
    try:
        found.extend(occurrences(syntax, imports, asked))
        found.extend(identifiers(syntax, imports, asked.identifiers))
    except TooDeepError as error:
        source = syntax.source
        span = source.lines.span(*syntax.place(error.node))
        message = f"nested deeper than {MAX_DEPTH:,}; what is below was not judged"
        return tuple(found), (Problem(source.path, span, Reason.DEPTH_LIMIT, message, Extent.PART),)
    return tuple(found), ()
