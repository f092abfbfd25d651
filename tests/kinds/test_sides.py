"""Sides that may be absent, values that do not count, names of sides; several required texts; examples as trees."""

from pathlib import Path

import pytest

from archlint.config import load
from tests.trees import check_tree, found, write_tree

SHEET = {"archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml", "archlint.toml"]\n'}


def messages(root: Path, rule: str, **files: str) -> list[str]:
    """What a rule says of files; ``__`` in a name is a dot."""
    named = {name.replace("__", "."): text for name, text in files.items()}
    report = check_tree(write_tree(root, {**SHEET, "rules.yml": f"- {{ id: a-rule, {rule} }}", **named}))
    return [finding.message for finding in report.findings]


TWO_LISTS = (
    "parity: { must: equal, sides: [{ name: left, files: a.json, at: x, optional: true }, "
    "{ name: right, files: b.json, at: x }] }"
)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ('{ "x": ["1"] }', []),
        ('{ "x": ["1", "2"] }', ["'2' is in left, not in right"]),
        ('{ "y": ["2"] }', []),
        ('{ "x": [] }', []),
    ],
)
def test_an_optional_side_counts_only_where_there_is_something(
    tmp_path: Path, left: str, expected: list[str]
) -> None:
    assert messages(tmp_path, TWO_LISTS, a__json=left, b__json='{ "x": ["1"] }') == expected


def test_the_file_of_an_optional_side_may_be_missing_and_no_other(tmp_path: Path) -> None:
    assert messages(tmp_path / "1", TWO_LISTS, b__json='{ "x": ["1"] }') == []
    assert messages(tmp_path / "2", TWO_LISTS, a__json='{ "x": ["1"] }') == [
        "rule 'a-rule' looks at nothing: no file matches 'b.json'"
    ]


def test_values_that_are_ignored_are_on_no_side(tmp_path: Path) -> None:
    sides = ", ".join(
        f"{{ name: {name}, files: {name}.json, at: x, take: pairs, ignore-values: [local*, '/^#/'] }}"
        for name in ("a", "b")
    )
    rule = f"parity: {{ must: equal, sides: [{sides}] }}"

    left, right = '{ "x": { "u": "localhost", "v": "#", "w": "1" } }', '{ "x": { "w": "2" } }'

    assert messages(tmp_path, rule, a__json=left, b__json=right) == ['\'w\' is "1" in a, but "2" in b']


def test_two_values_of_a_key_are_one_difference_and_values_beside_a_shared_one_are_one_each(
    tmp_path: Path,
) -> None:
    sides = ", ".join(f"{{ name: {name}, files: {name}.json, at: $..u, take: pairs }}" for name in ("a", "b"))
    rule = f"parity: {{ must: equal, sides: [{sides}] }}"

    apart = messages(tmp_path, rule, a__json='{ "x": { "u": "1" } }', b__json='{ "u": "2" }')
    beside = messages(
        tmp_path, rule, a__json='{ "u": "0", "x": { "u": "1" } }', b__json='{ "u": "0", "x": { "u": "2" } }'
    )

    assert apart == ['\'u\' is "1" in a, but "2" in b']
    assert beside == ['\'u\' is "1" in a, but "0" in b', '\'u\' is "2" in b, but "0" in a']


def test_each_of_several_required_texts_must_be_there(tmp_path: Path) -> None:
    rule = "files: [a.txt], text: { require: ['^one$', '^two$', '^three$'] }"

    assert messages(tmp_path, rule, a__txt="three\n# two\none\n") == [
        "there is no text matching /^two$/, which is required here"
    ]


def test_a_required_text_goes_by_its_name(tmp_path: Path) -> None:
    rule = "files: [a.txt], message: 'no {name}', text: { require: { licence: MIT, owner: 'by \\w+' } }"

    assert messages(tmp_path, rule, a__txt="MIT, by nobody\n") == []
    assert messages(tmp_path, rule, a__txt="MIT\n") == ["no owner"]


def test_an_example_may_be_a_tree(tmp_path: Path) -> None:
    rule = "{ id: a-rule, text: { forbid: x }, tests: { bad: [{ files: { a/b.txt: x, c.txt: y } }] } }"
    write_tree(tmp_path, {**SHEET, "rules.yml": f"- {rule}"})

    (example,) = load(tmp_path, None, tmp_path).rules[0].tests.bad

    assert example.files == {"a/b.txt": "x", "c.txt": "y"}
    assert found(check_tree(write_tree(tmp_path, example.files))) == {("a/b.txt", 1, "a-rule"): 1}


def test_a_glob_of_alternatives_may_end_in_two_stars(tmp_path: Path) -> None:
    rule = "files: ['{a,b/**}'], text: { forbid: x }"
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_text("x")

    assert messages(tmp_path, rule, a="x", c="x") == ["text matching /x/ is forbidden here"] * 2
