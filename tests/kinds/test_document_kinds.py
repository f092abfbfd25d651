"""What rules of the kinds ``document`` and ``parity`` say, where, and which of them cannot be meant."""

import json
import time
from pathlib import Path

import pytest

from archlint.model import Report
from tests.config.configs import mistakes_of
from tests.trees import check_tree, write_tree

RULES = {"archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml", "archlint.toml"]\n'}


def report_of(root: Path, body: str, **files: str) -> Report:
    """The report on files (``__`` in a name is a dot) under one rule, whose keys besides ``id`` are ``body``."""
    named = {name.replace("__", "."): text for name, text in files.items()}
    return check_tree(write_tree(root, {**RULES, "rules.yml": f"- {{ id: a-rule, {body} }}", **named}))


def told(report: Report) -> list[str]:
    return [
        f"{finding.place.path}:{finding.place.span.line}:{finding.place.span.column} {finding.message}"
        for finding in report.findings
    ]


@pytest.mark.parametrize(
    ("options", "text", "expected"),
    [
        (
            "at: workspaces, exists: true",
            '{"a": 1, "workspcaes": []}',
            ["1:1 workspaces is missing; found `workspcaes`"],
        ),
        ("at: a.b.c.d, equals: 1", '{"a": {"b": {}}}', ["1:9 a.b.c.d is missing"]),
        ("at: 'a[1].b', equals: 1", '{"a": [{}]}', ["1:3 a[1].b is missing"]),
        ("at: $..b, exists: true", '{"a": 1}', ["1:1 $..b is missing"]),
        ("at: a.*, exists: true", '{"a": {}}', ["1:3 a.* is missing"]),
        ("at: a.*.b, exists: true", '{"a": {"x": {"b": 1}, "y": {"c": 1}}}', ["1:24 a.y.b is missing"]),
        (
            "at: a, type: [string, sequence]",
            '{"a": {}}',
            ["1:3 a is a mapping; it must be a string or a sequence"],
        ),
        ("at: a, equals: 16", '{"a": "16"}', ['1:8 a is "16"; it must be 16']),
        ("at: a, equals: '16'", '{"a": 16}', ['1:7 a is 16; it must be "16"']),
        ("at: a, equals: false", '{"a": null}', ["1:7 a is null; it must be false"]),
        ("at: a, equals: 16", '{"a": 1.6e1}', []),
        ("at: a, one-of: [1, x]", '{"a": 2}', ['1:7 a is 2; it must be 1 or "x"']),
        ("at: a, matches: b+", '{"a": "xbb"}', ['1:8 a is "xbb"; it must match /b+/']),
        ("at: a, matches: .*", '{"a": []}', ["1:3 a is a sequence; it must match /.*/"]),
        ("at: a.*, count: 1", '{"a": {"b": 1, "c": 2}}', ["1:17 a.* selects 2; it must be 1"]),
        ("at: a.*, count: { min: 3 }", '{"a": {"b": 1}}', ["1:3 a.* selects 1; it must be at least 3"]),
        ("at: a.*, count: { max: 0 }", "{}", []),
        ("at: a, equals: 1, optional: true", '{"a": 1}', []),
        ("holds: { a.b: 1, a.c: x }", '{"a": {"b": 1}}', ["1:3 a.c is missing"]),
        ("at: a, exists: false", '{"b": {"a": 1}}', []),
        ("at: '[\"x y\"]', exists: true", '{"x y": 1}', []),
    ],
)
def test_a_document_is_told_what_its_values_must_be(
    tmp_path: Path, options: str, text: str, expected: list[str]
) -> None:
    report = report_of(tmp_path, f"files: [a.json], document: {{ {options} }}", a__json=text)

    assert told(report) == [f"a.json:{finding}" for finding in expected]


def test_nothing_is_missing_from_a_file_that_was_not_read_whole(tmp_path: Path) -> None:
    rule = "files: ['*.json'], document: { at: b, equals: 1 }"

    report = report_of(tmp_path, rule, a__json='{"a": 1, ?', c__json='{"b": 2, ?')

    assert told(report) == ["c.json:1:7 b is 2; it must be 1"]
    assert len(report.problems) == 2


def test_many_gaps_and_differences_take_no_longer_than_they_are_many(tmp_path: Path) -> None:
    many = json.dumps({"a": {f"k{number}": {"b": str(number)} for number in range(5_000)}})
    sides = "{ files: a.json, at: a.*.b }, { files: b.json, at: a.*.b, ignore: '*' }"
    rules = (
        "- { id: gaps, files: [a.json], document: { at: a.*.c, exists: true } }\n"
        f"- {{ id: differences, allow-empty: true, parity: {{ must: equal, sides: [{sides}] }} }}\n"
    )
    started = time.process_time()

    report = check_tree(write_tree(tmp_path, {**RULES, "rules.yml": rules, "a.json": many, "b.json": many}))

    assert len(report.findings) == 10_000
    assert time.process_time() - started < 10


def test_an_empty_document_lacks_what_it_must_hold(tmp_path: Path) -> None:
    report = report_of(tmp_path, "files: [a.yaml], document: { at: b, exists: true }", a__yaml="# b: 1\n")

    assert told(report) == ["a.yaml:1:1 b is missing"]


def test_files_that_are_no_documents_lack_nothing(tmp_path: Path) -> None:
    rules = (
        "- { id: a-rule, files: ['src/**'], document: { at: b, exists: true } }\n"
        "- { id: size, files: ['src/**'], size: { lines: 9 } }\n"
    )
    files = {"rules.yml": rules, "src/a.ts": "export {};\n", "src/a.json": '{"b": 1}'}

    report = check_tree(write_tree(tmp_path, {**RULES, **files}))

    assert told(report) == []


def test_a_path_with_wildcards_that_selects_nothing_anywhere_is_a_rule_that_looks_at_nothing(
    tmp_path: Path,
) -> None:
    rule = "files: ['*.json'], document: { at: [$..uses, $..run], not-matches: x }"

    report = report_of(tmp_path, rule, a__json='{"use": 1, "run": "y"}', b__json="{}")
    confined = check_tree(tmp_path, paths=("b.json",))

    assert told(report) == [
        "rules.yml:1:5 rule 'a-rule' looks at nothing: '$..uses' selects nothing in its files"
    ]
    assert told(confined) == []


def test_a_message_may_name_the_key_the_value_and_what_was_expected(tmp_path: Path) -> None:
    rule = "files: [a.json], message: '{key}|{value}|{expected}', document: { at: a.b, equals: 1 }"

    report = report_of(tmp_path, rule, a__json='{"a": {"b": 2}}')

    assert told(report) == ["a.json:1:13 a.b|2|be 1"]


def test_a_finding_keeps_its_fingerprint_when_items_are_put_before_it(tmp_path: Path) -> None:
    rule = "files: [a.json], document: { at: 'a[*].b', equals: 1 }"

    (before,) = report_of(tmp_path, rule, a__json='{"a": [{"b": 2}]}').findings
    (after,) = report_of(tmp_path, rule, a__json='{"a": [{"b": 1}, {"b": 2}]}').findings

    assert after.place != before.place
    assert after.fingerprint == before.fingerprint


def test_a_difference_points_at_what_the_other_sides_have(tmp_path: Path) -> None:
    sides = "{ files: a.json, at: v, take: pairs }, { files: b.toml, at: v, take: pairs }"

    report = report_of(
        tmp_path,
        f"parity: {{ must: equal, sides: [{sides}] }}",
        a__json='{"v": {"x": 1, "y": "2"}}',
        b__toml='[v]\nx = "é1"\n',
    )

    assert told(report) == [
        "a.json:1:13 'x' is \"1\" in 'v' of a.json, but \"é1\" in 'v' of b.toml",
        "a.json:1:22 'y = 2' is in 'v' of a.json, not in 'v' of b.toml",
    ]
    assert [
        (remark.place.path, remark.place.span.line, remark.text)
        for finding in report.findings
        for remark in finding.related
    ] == [("b.toml", 2, 'it is "é1" here'), ("b.toml", 1, "'v' of b.toml lacks it")]


def test_the_fewest_elements_that_explain_another_order_are_told(tmp_path: Path) -> None:
    sides = "{ files: a.json, at: $ }, { files: b.json, at: $ }"
    rule = f"parity: {{ must: same-order, sides: [{sides}] }}"

    report = report_of(
        tmp_path, rule, a__json='["a", "b", "c", "d", "e"]', b__json='["e", "a", "b", "x", "d", "c"]'
    )

    assert told(report) == [
        "b.json:1:3 'e' stands in another order in b.json than in a.json",
        "b.json:1:23 'd' stands in another order in b.json than in a.json",
    ]


def test_what_is_stripped_is_cut_from_texts_in_any_script(tmp_path: Path) -> None:
    sides = "{ files: a.json, at: $, strip: '^größe:|;$' }, { files: b.json, at: $ }"

    report = report_of(
        tmp_path,
        f"parity: {{ must: equal, sides: [{sides}] }}",
        a__json='["größe:é1;", "größe:ok"]',
        b__json='["é1", "ok"]',
    )

    assert told(report) == []


def test_a_side_that_selects_nothing_is_told_of_the_rule_and_nothing_else_is(tmp_path: Path) -> None:
    sides = "{ files: a.json, at: x }, { files: b.json, at: gone }"
    rule = f"parity: {{ must: equal, sides: [{sides}] }}"
    files = {"a__json": '{"x": ["y"]}', "b__json": '{"gnoe": ["y"]}'}

    report = report_of(tmp_path, rule, **files)
    allowed = report_of(tmp_path, f"allow-empty: true, {rule}", **files)

    assert told(report) == ["rules.yml:1:5 rule 'a-rule' looks at nothing: 'gone' of b.json selects nothing"]
    assert told(allowed) == ["a.json:1:9 'y' is in 'x' of a.json, not in 'gone' of b.json"]


def test_a_side_without_files_is_told_of_the_rule(tmp_path: Path) -> None:
    sides = "{ files: a.json, at: x }, { files: [b.json, 'c/**'], at: x }"

    report = report_of(tmp_path, f"parity: {{ must: equal, sides: [{sides}] }}", a__json='{"x": ["y"]}')

    assert told(report) == [
        "rules.yml:1:5 rule 'a-rule' looks at nothing: no file matches 'b.json'",
        "rules.yml:1:5 rule 'a-rule' looks at nothing: no file matches 'c/**'",
    ]


def test_one_file_alone_has_nothing_to_agree_with(tmp_path: Path) -> None:
    rule = "parity: { must: equal, sides: [{ files: '*.json', at: x, each: true }] }"

    report = report_of(tmp_path, rule, a__json='{"x": ["y"]}')

    assert told(report) == ["rules.yml:1:5 rule 'a-rule' looks at nothing: there are no two sides to compare"]


def test_a_side_that_was_not_read_whole_lacks_nothing(tmp_path: Path) -> None:
    sides = "{ files: a.json, at: x }, { files: b.json, at: x }"

    report = report_of(
        tmp_path,
        f"parity: {{ must: equal, sides: [{sides}] }}",
        a__json='{"x": ["y"]}',
        b__json='{"x": ["z", ?',
    )

    assert told(report) == ["b.json:1:9 'z' is in 'x' of b.json, not in 'x' of a.json"]
    assert len(report.problems) == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("document: {}", "document needs at, with what is asked of the values there, or holds"),
        ("document: { at: a }", "'at' says of which values, and one of exists, equals, one-of, none-of, "),
        (
            "document: { equals: 1 }",
            "'at' says of which values, and one of exists, equals, one-of, none-of, ",
        ),
        (
            "document: { at: [a, 'b['], exists: true }",
            "bad path \"b[\": brackets hold 'names', positions and *, and are closed, at character 2",
        ),
        ("document: { holds: { a.0: 1 } }", "'0' can be a position or a key: write [0] or ['0']"),
        ("document: { at: a, matches: '(' }", "bad regular expression"),
        ("document: { at: a, exists: false, equals: 1 }", "nothing else can be asked of what must not exist"),
        (
            "document: { at: a, exists: true, optional: true }",
            "'optional' goes with what is asked of a value",
        ),
        (
            "document: { at: a, count: 2 }",
            "count is of the values a path selects, and 'a' can select only one",
        ),
        ("document: { at: a.*, count: { min: 2, max: 1 } }", "a count is zero or more"),
        ("document: { at: a, type: list }", "expected"),
        ("parity: { must: equal, sides: [{ at: a }] }", "parity needs two sides, or one with `each: true`"),
        (
            "parity: { must: equal, keys: [a], sides: [{ at: a, each: true }] }",
            "'keys' goes with `must: agree`",
        ),
        (
            "parity: { must: agree, sides: [{ at: a, each: true, take: keys }] }",
            "`must: agree` compares pairs",
        ),
        (
            "parity: { must: equal, sides: [{ at: a, take: pairs }, { at: b }] }",
            "pairs can be compared with pairs alone",
        ),
        (
            "parity: { must: equal, sides: [{ at: a }, { at: b, words: true, take: keys }] }",
            "words are taken",
        ),
        ("parity: { must: equal, sides: [{ at: a }, { at: 'b..' }] }", "a name is missing after the dot"),
        ("parity: { must: equal, sides: [{ at: a }, { at: b, only: '{' }] }", 'bad name pattern "{"'),
        ("parity: { must: equal, sides: [{ at: a }, { at: b, strip: '(?=a)' }] }", "bad regular expression"),
        ("parity: { must: equal, sides: [{ at: a }, { at: b, files: ../c }] }", 'bad glob "../c"'),
        ("parity: { must: equal, sides: [{ at: a }, { at: b, files: 'zone:apps' }] }", 'unknown zone "apps"'),
    ],
)
def test_a_rule_that_cannot_be_meant_is_a_mistake(tmp_path: Path, body: str, expected: str) -> None:
    (mistake,) = mistakes_of(tmp_path, rules=f"- id: a-rule\n  {body}\n")

    assert mistake.startswith("rules.yml:2:")
    assert expected in mistake


def test_a_bad_path_is_told_where_it_stands(tmp_path: Path) -> None:
    rule = "- id: a-rule\n  parity:\n    must: equal\n    sides:\n      - at: a\n      - at: [b, c.]\n"

    (mistake,) = mistakes_of(tmp_path, rules=rule)

    assert mistake.startswith('rules.yml:6:17: bad path "c."')
