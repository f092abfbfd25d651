"""Code patterns on the trees of files: what rules mean, with the functions around it. Knows no rule's own words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

import msgspec
from tree_sitter import Node, Tree

from archlint.languages.code_asked import Functions
from archlint.languages.trees import EndlessParseError, grammar_of, language, parse
from archlint.languages.yaml12.nesting import has_too_many_blocks
from archlint.limits import LIMITS
from archlint.model import Extent, Problem, Reason
from archlint.patterns.compiling import CodeMistake, Compiled, compiled
from archlint.patterns.dialects import dialect_of, may_hold
from archlint.patterns.finding import Found, Nodes, Search, find, text_of
from archlint.patterns.gate import Gate, gate_of
from archlint.patterns.needles import Needles, needles_of
from archlint.patterns.reading import BadPatternError, Grammar
from archlint.patterns.rule import CodeSearch
from archlint.regexes import spotters
from archlint.searches import CodeMatch, PatternDemand
from archlint.source import Source

_LONGEST_CAPTURE = 1000
_LONGEST_SHOWN = 60
# What is written there may be spelled with character references, which hide a text.
_SPELLED = (".html", ".htm", ".astro", ".svelte", ".vue")

_Gates = tuple[tuple[tuple[Needles, Gate], ...], ...]


def searched(
    source: Source, tree: Tree, asked: Sequence[PatternDemand], functions: Functions | None
) -> tuple[tuple[CodeMatch, ...], tuple[Problem, ...]]:
    """The code of a tree that the demands mean, and what was not looked at. Nodes' places are offsets into the source."""
    rules = [_compiled(demand.search, grammar_of(tree)) for demand in asked]
    nodes = Nodes(tree, rules)
    matches: list[CodeMatch] = []
    problems: list[Problem] = []
    for demand, rule in zip(asked, rules, strict=True):
        search = find(rule, nodes, source.data)
        own = (each for each in search.found if source.holds(each.node.start_byte, each.node.end_byte))
        matches.extend(_match(source, tree, demand.key, each, functions) for each in own)
        problems.extend(_incomplete(source, tree, demand, search))
    return tuple(matches), tuple(problems)


def mistakes(search: CodeSearch, grammars: tuple[str, ...]) -> tuple[CodeMistake, ...]:
    """What is wrong with a rule object in every grammar. What one of them can read is fine."""
    found = [compiled(search, grammar_named(grammar)).mistakes for grammar in grammars]
    common = set.intersection(*({path for path, _ in each} for each in found))
    return tuple(each for each in found[0] if each[0] in common)


def may_match(demand: PatternDemand, source: Source) -> bool:
    """Whether the bytes hold what the code must hold, or may hide it."""
    return bool(may_be_matched((demand,), source))


def may_be_matched(demands: tuple[PatternDemand, ...], source: Source) -> frozenset[int]:
    """The positions of those demands for which the bytes hold what the code must hold, or may hide it."""
    data, suffix = source.data, source.path[source.path.rfind(".") :].lower()
    gates, signs = _gates(demands, suffix)
    is_hidden = suffix in _SPELLED and b"&" in data
    spotted = spotters(signs)(data) if signs else frozenset[str]()
    return frozenset(
        position
        for position, each in enumerate(gates)
        if any(is_hidden or (_holds(data, needles) and gate.lets(data, spotted)) for needles, gate in each)
    )


@lru_cache(maxsize=256)
def _gates(demands: tuple[PatternDemand, ...], suffix: str) -> tuple[_Gates, tuple[str, ...]]:
    """What files of a suffix must hold for each of the demands, in one of its grammars; and the signs of all that."""
    gates = tuple(tuple(_in_grammars(demand, suffix)) for demand in demands)
    signs = (sign for each in gates for _, gate in each for sign in gate.signs)
    return gates, tuple(dict.fromkeys(signs))


def _in_grammars(demand: PatternDemand, suffix: str) -> Iterator[tuple[Needles, Gate]]:
    for grammar in demand.grammars:
        if may_hold(suffix, (grammar,)):
            yield _needles(demand.search, grammar), _gate(demand.search, grammar)


def _holds(data: bytes, needles: Needles) -> bool:
    return all(any(text in data for text in group) for group in needles)


@lru_cache(maxsize=1024)
def _needles(search: str, grammar: str) -> Needles:
    return needles_of(_compiled(search, grammar).rule)


@lru_cache(maxsize=1024)
def _gate(search: str, grammar: str) -> Gate:
    return gate_of(_compiled(search, grammar).rule)


@lru_cache(maxsize=1024)
def _compiled(search: str, grammar: str) -> Compiled:
    return compiled(msgspec.json.decode(search, type=CodeSearch), grammar_named(grammar))


@lru_cache
def grammar_named(grammar: str) -> Grammar:
    """What patterns of a grammar are read with."""
    dialect = dialect_of(grammar)
    assert dialect is not None
    kills = has_too_many_blocks if grammar == "yaml" else None
    return Grammar(dialect, language(grammar), partial(_parsed, grammar), kills)


def _parsed(grammar: str, text: bytes) -> Tree:
    """The tree of a pattern. Raises BadPatternError."""
    try:
        return parse(grammar, text)
    except EndlessParseError:
        raise BadPatternError(
            f"the pattern cannot be read as {grammar}; write balanced code that stands alone"
        ) from None


def _match(source: Source, tree: Tree, key: str, found: Found, functions: Functions | None) -> CodeMatch:
    captures = ((name.lstrip("$"), text_of(source.data, held)) for name, held in found.bound.items())
    return CodeMatch(
        key,
        source.lines.span(found.node.start_byte, found.node.end_byte),
        _cut(text_of(source.data, found.node)),
        tuple(sorted((name, _cut(text)) for name, text in captures)),
        functions(_path(tree, found.node)) if functions else (),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_CAPTURE else f"{text[:_LONGEST_CAPTURE]}…"


def _path(tree: Tree, node: Node) -> tuple[Node, ...]:
    """The way from the root to a node."""
    at: Node | None = tree.root_node
    path: list[Node] = []
    while at is not None:
        path.append(at)
        at = at.child_with_descendant(node) if at != node else None
    return tuple(path)


def _incomplete(source: Source, tree: Tree, demand: PatternDemand, search: Search) -> Iterator[Problem]:
    if search.is_complete:
        return
    shown = demand.search[:_LONGEST_SHOWN]
    limits = LIMITS.get()
    reason, why, bound = Reason.TIMEOUT, "takes too many steps", "pattern-steps"
    if len(search.found) > limits.pattern_matches:
        why, bound = f"means more than {limits.pattern_matches:,} places", "pattern-matches"
        reason = Reason.TOO_LARGE
    span = source.lines.span(tree.root_node.start_byte, tree.root_node.start_byte)
    message = f"the code pattern {shown}… {why} here; what came after was not judged, see [limits] {bound}"
    yield Problem(source.path, span, reason, message, Extent.PART)
