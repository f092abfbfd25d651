"""Python files."""

from msgspec.structs import replace

from archlint.facts import Demand, Facts, MeasureDemand, Occurrence, ReferenceDemand
from archlint.languages.measuring import measures
from archlint.languages.python3.constants import occurrences
from archlint.languages.python3.identifiers import identifiers
from archlint.languages.python3.imports import Imports
from archlint.languages.python3.measures import comments, longest_function
from archlint.languages.python3.paths import TooDeepError
from archlint.languages.python3.references import end_of_imports, references
from archlint.languages.python3.syntax import Syntax, parse
from archlint.languages.wanted import Wanted, asks, wanted
from archlint.limits import too_deep
from archlint.model import Extent, Problem, Reason
from archlint.source import Source


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file; none beside the problem if it is no Python."""
    if all(isinstance(demand, ReferenceDemand) for demand in demands):
        return _references_alone(source)
    syntax = parse(source)
    if isinstance(syntax, Problem):
        return Facts(source.path, source.digest, problems=(syntax,))
    asked = wanted(demands)
    found, too_deep = _constants(syntax, asked) if asked is not None else ((), ())
    facts = Facts(source.path, source.digest, occurrences=found, problems=too_deep)
    if asks(demands, ReferenceDemand):
        facts = _with_references(facts, syntax)
    if asks(demands, MeasureDemand):
        facts = replace(facts, measures=measures(source, comments(syntax), longest_function(syntax)))
    return facts


def _references_alone(source: Source) -> Facts:
    """The references of a file. What stands behind the last of them is not read if what is before reads alone."""
    facts, end = Facts(source.path, source.digest), end_of_imports(source.data)
    if not end:
        return facts
    syntax = parse(Source(source.path, source.data[:end]))
    if isinstance(syntax, Problem) and end < len(source.data):
        syntax = parse(source)
    return (
        replace(facts, problems=(syntax,)) if isinstance(syntax, Problem) else _with_references(facts, syntax)
    )


def _with_references(facts: Facts, syntax: Syntax) -> Facts:
    try:
        return replace(facts, references=references(syntax, Imports()))
    except TooDeepError as error:
        return replace(facts, problems=(*facts.problems, _too_deep(syntax, error)))


def _constants(syntax: Syntax, asked: Wanted) -> tuple[tuple[Occurrence, ...], tuple[Problem, ...]]:
    found: list[Occurrence] = []
    imports = Imports()
    try:
        found.extend(occurrences(syntax, imports, asked))
        found.extend(identifiers(syntax, imports, asked.identifiers))
    except TooDeepError as error:
        return tuple(found), (_too_deep(syntax, error),)
    return tuple(found), ()


def _too_deep(syntax: Syntax, error: TooDeepError) -> Problem:
    span = syntax.source.lines.span(*syntax.place(error.node))
    return Problem(syntax.source.path, span, Reason.DEPTH_LIMIT, too_deep(), Extent.PART)
