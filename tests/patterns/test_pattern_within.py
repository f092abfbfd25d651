"""Rules that look from every node through all that is within another: what is passed once is not passed again."""

import json

import pytest

from tests.patterns.peers import Written, ours, theirs
from tests.patterns.rules import SCRIPT

CALL = {"kind": "call_expression", "pattern": "$F($$$)"}
DECLARED = {"kind": "variable_declarator", "has": {"field": "name", "pattern": "$A"}}
FROM_EVERY_NODE: tuple[Written, ...] = tuple(
    {"kind": "identifier", "pattern": "$A", "inside": {"stopBy": "end", "kind": "program", "has": sought}}
    for sought in (
        {"stopBy": "end", **DECLARED},
        {"stopBy": "end", **DECLARED, "regex": "[12]"},
        {
            "stopBy": "end",
            **DECLARED,
            "any": [{"has": {"field": "value", "kind": "number"}}, {"regex": "list"}],
        },
        {"stopBy": "end", **DECLARED, "not": {"has": {"field": "value", "regex": "1|$A"}}},
        {"stopBy": "end", "any": [DECLARED, {"kind": "required_parameter", "has": {"pattern": "$A"}}]},
        {"stopBy": "end", "all": [CALL, {"has": {"stopBy": "end", "kind": "identifier", "pattern": "$A"}}]},
        {"stopBy": "end", "kind": "arguments", "nthChild": 2, "has": {"pattern": "$A", "nthChild": 1}},
        {"stopBy": "end", "pattern": "$B = $A"},
        {
            "stopBy": "end",
            "pattern": "go($A, $B)",
            "has": {"stopBy": "end", "kind": "arguments", "regex": "x"},
        },
        {"stopBy": "end", "kind": "number", "inside": {"stopBy": "end", **DECLARED}},
        {
            "stopBy": "end",
            "kind": "number",
            "follows": {"stopBy": "end", "kind": "identifier", "pattern": "$A"},
        },
        {"stopBy": "end", "kind": "statement_block", "has": {"stopBy": "end", "pattern": "$A", "regex": "e"}},
    )
)
FROM_ALL_OF_A_KIND: tuple[Written, ...] = (
    {"pattern": "$A", "has": {"stopBy": "end", "kind": "number"}},
    {"not": {"has": {"stopBy": "end", "kind": "number"}}},
    {"kind": "statement_block", "has": {"stopBy": "end", "kind": "identifier", "regex": "^each$"}},
    {
        "pattern": "$A",
        "has": {"stopBy": "end", "kind": "arguments", "has": {"stopBy": "end", "kind": "number"}},
    },
    {"pattern": "$A", "has": {"stopBy": "end", "kind": "identifier", "pattern": "$A"}},
    {"pattern": "$A", "has": {"stopBy": "end", "kind": "call_expression", "not": {"has": {"pattern": "$A"}}}},
)


@pytest.mark.parametrize("rule", [*FROM_EVERY_NODE, *FROM_ALL_OF_A_KIND], ids=json.dumps)
@pytest.mark.parametrize("times", [1, 3])
def test_ast_grep_finds_the_same_from_every_node(times: int, rule: Written) -> None:
    code = SCRIPT * times

    assert ours("typescript", rule, code) == theirs("typescript", rule, code)


def test_most_of_them_find_something() -> None:
    silent = [
        rule for rule in (*FROM_EVERY_NODE, *FROM_ALL_OF_A_KIND) if not ours("typescript", rule, SCRIPT)
    ]

    assert len(silent) <= 2


def test_a_rule_that_looks_from_every_name_through_the_file_takes_steps_in_proportion_to_it() -> None:
    code = "".join(f"const a{each} = b{each} + c{each};\n" for each in range(1_500))
    sought = {"stopBy": "end", **DECLARED, "all": [{"has": {"field": "value", "regex": "^nothing"}}]}
    rule = {
        "pattern": "$A",
        "kind": "identifier",
        "inside": {"stopBy": "end", "kind": "program", "has": sought},
    }

    assert ours("typescript", rule, code) == set()
