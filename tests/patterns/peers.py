"""One rule on one text, by archlint and by ast-grep: the bytes of all matches."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from ast_grep_py import SgRoot

from archlint.languages.patterns import grammar_named
from archlint.languages.trees import parse
from archlint.patterns.compiling import Compiled, compiled
from archlint.patterns.finding import Nodes, find
from archlint.patterns.rule import CodeSearch

Region = tuple[int, int]
Written = Mapping[str, Any]
"""A rule object, or one under ``rule`` with ``constraints`` and ``utils`` beside it."""


def ours(grammar: str, rule: Written, code: str) -> set[Region]:
    """What archlint finds. The tree is the grammar's own: no stand-ins for what it does not know."""
    (found,) = ours_together(grammar, [rule], code)
    return found


def ours_together(grammar: str, rules: Sequence[Written], code: str) -> list[set[Region]]:
    """What archlint finds for each of several rules that are tried on one tree."""
    data = code.encode()
    read = [_compiled(grammar, msgspec.json.encode(_whole(rule))) for rule in rules]
    nodes = Nodes(parse(grammar, data), read)
    searches = [find(rule, nodes, data) for rule in read]
    assert all(search.is_complete for search in searches)
    return [{(each.node.start_byte, each.node.end_byte) for each in search.found} for search in searches]


@cache
def _compiled(grammar: str, rule: bytes) -> Compiled:
    made = compiled(msgspec.json.decode(rule, type=CodeSearch), grammar_named(grammar))
    assert made.mistakes == ()
    return made


def theirs(grammar: str, rule: Written, code: str) -> set[Region]:
    """What ast-grep finds. It counts characters."""
    offsets = [0]
    for character in code:
        offsets.append(offsets[-1] + len(character.encode()))
    ranges = (match.range() for match in SgRoot(code, grammar).root().find_all(_whole(rule)))  # type: ignore[call-overload]
    return {(offsets[each.start.index], offsets[each.end.index]) for each in ranges}


def _whole(rule: Written) -> dict[str, Any]:
    return dict(rule) if "rule" in rule else {"rule": dict(rule)}
