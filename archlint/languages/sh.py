"""Shell scripts: their constants and sizes. What they execute is read by ``shell_file``."""

import msgspec
from tree_sitter import Node as Syntax
from tree_sitter import Tree

from archlint.facts import Demand, Facts, MeasureDemand, Occurrence, ScriptDemand
from archlint.languages import shell_file
from archlint.languages.bash.constants import functions_around, identifiers, occurrences
from archlint.languages.code_asked import with_code
from archlint.languages.documents import comments, depth_problem, mistake, syntax_problem
from archlint.languages.ecmascript.paths import TooDeepError
from archlint.languages.measuring import measures
from archlint.languages.trees import parse
from archlint.languages.wanted import Wanted, asks, wanted
from archlint.measures import Measures
from archlint.model import WHOLE_FILE, Problem, Span
from archlint.source import Source


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    scripts = tuple(demand for demand in demands if isinstance(demand, ScriptDemand))
    found = shell_file.read(source, scripts)
    if len(scripts) == len(demands):
        return found
    tree = parse("bash", source.data)
    constants, too_deep = _constants(source, tree, wanted(demands))
    is_measured = asks(demands, MeasureDemand)
    facts = msgspec.structs.replace(
        found,
        occurrences=constants,
        measures=_measures(source, tree) if is_measured else None,
        problems=(*(found.problems or _mistakes(source, tree)), *too_deep),
    )
    return with_code(facts, source, tree, demands, functions_around)


def _constants(
    source: Source, tree: Tree, asked: Wanted | None
) -> tuple[tuple[Occurrence, ...], tuple[Problem, ...]]:
    found: list[Occurrence] = []
    if asked is None:
        return (), ()
    try:
        found.extend(occurrences(source, tree, asked))
        found.extend(identifiers(source, tree, asked))
    except TooDeepError as error:
        return tuple(found), (depth_problem(source, (error.node.start_byte, error.node.end_byte)),)
    return tuple(found), ()


def _mistakes(source: Source, tree: Tree) -> tuple[Problem, ...]:
    error = mistake(tree.root_node)
    if error is None:
        return ()
    message = "shell text that was not understood; what was read around it has been judged"
    return (syntax_problem(source, (error.start_byte, error.end_byte), message),)


def _measures(source: Source, tree: Tree) -> Measures:
    longest: tuple[int, Span] = (0, WHOLE_FILE)
    pending = [tree.root_node]
    while pending:
        node = pending.pop()
        pending.extend(node.named_children)
        if node.type == "function_definition":
            longest = max(
                longest, _length(source, node), key=lambda function: (function[0], -function[1].line)
            )
    return measures(source, comments(tree), longest)


def _length(source: Source, function: Syntax) -> tuple[int, Span]:
    first, last = source.lines.line(function.start_byte), source.lines.line(max(function.end_byte - 1, 0))
    body = function.child_by_field_name("body")
    head = body.start_byte if body is not None else function.end_byte
    return last - first + 1, source.lines.span(function.start_byte, head)
