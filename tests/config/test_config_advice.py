"""What somebody who knows other tools writes by mistake is answered with what to write instead, at the very word."""

from itertools import pairwise
from pathlib import Path

import pytest

from archlint.errors import ConfigError
from archlint.extend import Style
from archlint.reporters.mistakes import render
from tests.config.configs import config_of, mistakes_of

RULES = 'rules = "rules.yml"\n'
IN_TOML = [
    ('rule = ["rules.yml"]', '1:1: expected a mapping as "rule", found a list; did you mean "rules"?'),
    ('[rules]\na = "off"', '1:2: expected a string or a list of strings as "rules", found a mapping; did you mean "rule"?'),
    ('extends = ["recommended"]', '1:1: unknown key "extends"; did you mean "packs"?'),
    (f'{RULES}ignorePatterns = ["dist"]', '2:1: unknown key "ignorePatterns"; did you mean "exclude"?'),
    (f'{RULES}zones = ["apps/**"]', "2:9: expected a mapping, found a list; write NAME = VALUE for each"),
    (f'{RULES}[rule]\noversized-file = "off"', '3:18: expected a mapping, found "off"; write { severity: "off" }'),
    (f'{RULES}exclude = ["!src/**"]', '2:12: bad glob "!src/**": a glob cannot be negated; what to leave out stands under "ignores"; in archlint.toml under "exclude"'),
    (f"{RULES}[allow]\nrule = 'oversized-file'\npath = 'a'\nreason = 'x'", "2:2: expected a list of mappings, found a mapping; write [[allow]]"),
    (f"{RULES}[[allow]]\nrule = 'oversized-file'\npath = 'a'\nreason = 'x'\nuntil = 'soon'", '6:9: expected a date such as 2027-01-31, found "soon"'),
    ("rules = rules.yml", '1:9: not TOML: invalid value; text stands in quotes: "rules.yml"'),
    ("rules:\n  - a.yml", "1:6: not TOML: expected '=' after a key in a key/value pair; TOML is written KEY = VALUE"),
    ('rules = ["a.yml"\n\n# end\n', "1:9: not TOML: this list is not closed; ] is missing"),
    (f"{RULES}rules = 'b'", "2:1: not TOML: this key is here a second time"),
    (f"{RULES}[zones]\na = 'a'\n[zones]", "4:2: not TOML: this table is here a second time; put its keys under the first"),
]  # fmt: skip
IN_YAML = [
    ("files: './src/**'\n  size: { lines: 1 }", '2:10: bad glob "./src/**": globs begin at the root; write "src/**"'),
    ("files: **/*.ts\n  size: { lines: 1 }", "2:10: an alias cannot be used here: rule files are plain data; write the value out; a glob that begins with * stands in quotes"),
    ("files: @app/x", "2:10: not YAML: found character '@' that cannot start any token; text that begins with @ stands in quotes"),
    ("why: note: this", '2:12: not YAML: mapping values are not allowed here; text with ": " in it stands in quotes'),
    (" size: { lines: 1 }", "2:8: not YAML: mapping values are not allowed here; a key begins in the column of the keys beside it"),
    ("message: {value} is bad", "2:20: not YAML: expected <block end>, but found '<scalar>'; text that begins with { stands in quotes as a whole"),
    ('files: "src\\d"', r"2:15: not YAML: found unknown escape character 'd'; in double quotes \ is written \\; in single quotes it stands for itself"),
    ("files: [src/**\n  why: x", "2:10: not YAML: this list is not closed; ] is missing before line 3, column 6"),
    ("severity: ERROR\n  size: { lines: 1 }", '2:13: expected "error", "warning" or "note", found "ERROR"; did you mean "error"?'),
    ("value: { forbid: x, at: property }", '2:27: expected a list of mappings, found "property"; write { property: … }'),
    ("value: { forbid: x, at: [propertyy] }", '2:28: expected a mapping, found "propertyy"; write { property: … }'),
    ("value: { forbid: x, at: { property: y } }", "2:27: expected a list of mappings, found a mapping; put it in a list: [{ … }]"),
    ("value: { forbid: x, att: [{ property: y }] }", '2:23: unknown key "att"; did you mean "at"?'),
    ("pattern: { forbid: 'foo($A)' }", '2:22: expected a mapping, found "foo($A)"; write { pattern: "foo($A)" }'),
    ("value: devstudio", '2:10: expected a mapping, found "devstudio"; write { forbid: "devstudio" }'),
    ("workflow: { files: [a], runs: pnpm test }", '2:33: expected a list of mappings, found "pnpm test"; write { command: "pnpm test" }'),
    ("layers: [ui, db]", "2:11: expected a mapping, found a list; write { order: […] }"),
    ("imports: { from: a, to: b }", '2:23: unknown key "to"; did you mean "forbid"?'),
    ("allow-empty: off\n  size: { lines: 1 }", '2:16: expected true or false, found "off"; write false'),
    ("message: |\n    {value} and {valeu}\n  value: { forbid: x, at: [{ property: y }] }", '3:18: unknown field "valeu" in the message; did you mean "value"?'),
    ("pattern: $X == $X\n  languages: [ts]\n  message: m", "1:3: this is a rule of semgrep; archlint import semgrep rules.yml writes it as a rule of archlint"),
    ("language: ts\n  rule: { pattern: eval($A) }", "1:3: this is a rule of ast-grep; archlint import ast-grep rules.yml writes it as a rule of archlint"),
    ("from: {}\n  to: { circular: true }", "1:3: this is a rule of dependency-cruiser; archlint import dependency-cruiser rules.yml writes it as a rule of archlint"),
]  # fmt: skip


@pytest.mark.parametrize(("toml", "expected"), IN_TOML)
def test_archlint_toml_says_what_to_write(tmp_path: Path, toml: str, expected: str) -> None:
    assert mistakes_of(tmp_path, toml) == [f"archlint.toml:{expected}"]


@pytest.mark.parametrize(("rule", "expected"), IN_YAML)
def test_a_rule_file_says_what_to_write(tmp_path: Path, rule: str, expected: str) -> None:
    assert mistakes_of(tmp_path, rules=f"- id: a\n  {rule}\n") == [f"rules.yml:{expected}"]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            "rules:\n  big:\n    size: { lines: 1 }",
            "2:3: expected a list of rules, found a mapping; write - id: big",
        ),
        ("big:\n  size: { lines: 1 }", '1:1: unknown key "big"; a rule begins with id: NAME'),
        ("- nme: big\n  of: { lines: 1 }", '1:3: unknown key "nme"; a rule begins with id: NAME'),
        ("- {}", "1:3: this rule is empty; a rule begins with id: NAME"),
    ],
)
def test_what_is_no_rule_at_all_is_one_mistake(tmp_path: Path, rules: str, expected: str) -> None:
    assert mistakes_of(tmp_path, rules=rules) == [f"rules.yml:{expected}"]


@pytest.mark.parametrize(
    ("rule", "marked"),
    [
        ("files: zone:aps", "zone:aps"),
        ("files: [zone:aps, b]", "zone:aps"),
        ("ignores: 'zone:a b'", "'zone:a b'"),
        ("sise: 1", "sise"),
        ("message: '{valeu} is bad'", "valeu"),
        ("why: 5", "5"),
    ],
)
def test_the_mark_is_under_the_whole_word_that_is_meant(tmp_path: Path, rule: str, marked: str) -> None:
    shown = rendered(tmp_path, f"- id: a\n  {rule}\n  value: {{ forbid: x, at: [{{ property: y }}] }}\n", 80)
    line, mark = next((above, below) for above, below in pairwise(shown) if set(below[3:]) == {" ", "^"})

    assert line[mark.index("^") : mark.rindex("^") + 1] == marked


@pytest.mark.parametrize("width", [60, 80, 200])
def test_sentences_keep_to_the_width_and_nothing_is_told_twice(tmp_path: Path, width: int) -> None:
    rules = "".join(f"- id: Rule_{number}\n  zzz: 1\n  qqq: 2\n" for number in range(3))
    shown = rendered(tmp_path, rules, width)

    assert max(map(len, shown)) <= width
    assert " ".join(shown).count("known: ") == 1
    assert shown.count("archlint: docs: archlint docs reference/kinds#the-header") == 1


def test_no_rules_are_missed_where_the_mistake_in_their_key_is_told(tmp_path: Path) -> None:
    assert len(mistakes_of(tmp_path, 'extend = ["recommended"]')) == 1
    assert len(mistakes_of(tmp_path, 'exclude = ["a"]')) == 1


def rendered(root: Path, rules: str, width: int) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config_of(root, rules=rules)
    return render(caught.value.mistakes, Style(colour=False, width=width, verbosity=0)).splitlines()
