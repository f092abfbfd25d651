"""Code patterns: what is refused, what is found, that nothing is passed over by the search for needles, and ast-grep."""

from collections.abc import Iterable

import msgspec

from archlint.languages.patterns import grammar_named, may_match
from archlint.languages.trees import EndlessParseError, parse
from archlint.patterns.compiling import compiled
from archlint.patterns.finding import Nodes, find
from archlint.patterns.rule import CodeRule, CodeSearch
from archlint.searches import PatternDemand
from archlint.source import Source
from tests.fuzz.demands import ANY
from tests.fuzz.target import RejectedError, Target, two
from tests.patterns.peers import theirs

_GRAMMARS = {"ts": "typescript", "tsx": "tsx", "html": "html", "yml": "yaml", "json": "json"}


def _pattern(data: bytes) -> Iterable[str]:
    """``ts`` or another suffix, a pattern or a rule as JSON, and after ``===`` the source."""
    head, code = two(data)
    suffix, _, written = head.partition(b"\n")
    grammar = _GRAMMARS.get(suffix.decode("latin-1").strip())
    if grammar is None:
        raise RejectedError
    search = _search(written)
    made = compiled(search, grammar_named(grammar))
    if made.mistakes:
        return [message[:30] for _, message in made.mistakes]
    text = code.decode("utf-8", "replace")
    try:
        tree = parse(grammar, text.encode())
    except EndlessParseError as error:
        raise RejectedError from error
    searched = find(made, Nodes(tree, [made]), text.encode())
    regions = {(each.node.start_byte, each.node.end_byte) for each in searched.found}
    demand = PatternDemand(ANY, "k", (grammar,), msgspec.json.encode(search).decode())
    source = Source(f"a.{suffix.decode('latin-1').strip()}", text.encode())
    assert may_match(demand, source) or not regions, "a match that the needles pass over"
    if searched.is_complete and not tree.root_node.has_error:
        _compare(grammar, search, text, regions)
    return (f"{min(len(regions), 3)} {sorted({each.node.type for each in searched.found})[:2]}",)


def _search(written: bytes) -> CodeSearch:
    try:
        text = written.decode()
        rule = msgspec.json.decode(text, type=CodeRule) if text.startswith("{ ") else CodeRule(pattern=text)
    except (UnicodeDecodeError, msgspec.MsgspecError, RecursionError) as error:
        raise RejectedError from error
    return CodeSearch(rule)


def _compare(grammar: str, search: CodeSearch, text: str, regions: set[tuple[int, int]]) -> None:
    rule = msgspec.to_builtins(search.rule)
    try:
        expected = theirs(grammar, rule, text)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return
    assert regions == expected, "ast-grep finds something else"


_TOKENS = (b"$A", b"$$$ARGS", b"$_", b"$$$", b"$F($$$)", b'"pattern":', b'"kind":', b'"regex":', b'"inside":', b'"has":', b'"not":', b'"any":', b'"all":', b'"stopBy":"end"', b'"follows":', b'"nthChild":', b'"field":', b"\n===\n", b"call_expression", b"identifier", b"string", b"($X) => $Y", b"const $N = $V")  # fmt: skip
TARGETS = (Target("patterns", _pattern, tokens=_TOKENS, seconds=2.0),)
