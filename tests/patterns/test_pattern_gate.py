"""A file that cannot hold what a pattern means is not searched, and none that can is passed over."""

from pathlib import Path

import pytest

from archlint.languages.patterns import may_match
from archlint.model import Scope
from archlint.searches import PatternDemand
from archlint.source import Source
from tests.trees import check_tree, write_tree

RULE = "rules:\n  - id: found\n    pattern:\n      forbid: {forbid}\n"


def findings(root: Path, forbid: str, code: str) -> int:
    write_tree(
        root, {"archlint.toml": 'rules = ["r.yml"]\n', "r.yml": RULE.format(forbid=forbid), "a.ts": code}
    )
    return len(check_tree(root, jobs=1).findings)


@pytest.mark.parametrize(
    ("forbid", "code"),
    [
        ("{ kind: identifier, regex: '^old$' }", "const newOld = old;"),
        ("{ kind: identifier, regex: '(^|_)old(_|$)' }", "const a = b.c + old_name;"),
        (r"{ kind: string, regex: '^.\bold\b.$' }", "f('old');"),
        (r"{ kind: string, regex: '^.[^a]$' }", "f('');"),
        ("{ kind: string, any: [{ regex: '^.old' }, { regex: 'new.$' }] }", "f('very new');"),
        ("{ kind: call_expression, regex: '(?s)^f.*old.*[)]$' }", "g(f(\n'old'\n));"),
        ("{ kind: string, not: { regex: old } }", "f('new');"),
        (
            "{ kind: string, inside: { stopBy: end, kind: call_expression, has: { field: function, regex: ^f$ } } }",
            "f('x');",
        ),
    ],
)
def test_what_a_node_holds_is_found_wherever_it_stands_in_the_file(
    tmp_path: Path, forbid: str, code: str
) -> None:
    assert findings(tmp_path, forbid, code) == 1


def search(rule: str) -> PatternDemand:
    return PatternDemand(Scope(), "key", ("typescript",), f'{{"rule": {rule}}}')


def test_a_file_without_what_an_expression_needs_is_not_searched() -> None:
    asked = search('{"kind": "identifier", "any": [{"regex": "^old$"}, {"regex": "^older$"}]}')

    assert may_match(asked, Source("a.ts", b"const old = 1;"))
    assert not may_match(asked, Source("a.ts", b"const fresh = 1;"))
