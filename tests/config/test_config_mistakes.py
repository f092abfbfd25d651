"""Every mistake is told at its place, with what was found and what was expected; all of them at once."""

from pathlib import Path

import pytest

from archlint.config.pages import HEADER
from archlint.errors import ConfigError, Mistake
from archlint.model import Origin
from tests.config.configs import RULE, config_of, lay_out, mistakes_of

ON_ITS_OWN = [
    ("", '1:1: no rules: neither packs nor rules are named; for example packs = ["recommended"]'),
    ("rules = []", '1:1: no rules: neither packs nor rules are named; for example packs = ["recommended"]'),
    ('rules = ["a"', "1:9: not TOML: this list is not closed; ] is missing"),
    ("rules = 1", "1:9: expected a string or a list of strings, found a number; write it in quotes"),
]
BESIDE_RULES = [
    ("a = 1\nzones = = 1", "2:9: not TOML: invalid value"),
    ("\r\n\r\nx = é", '3:5: not TOML: invalid value; text stands in quotes: "é"'),
    ("x = '😀' 1", "1:10: not TOML: expected newline or end of document after a statement"),
    ("exclud = []", '1:1: unknown key "exclud"; did you mean "exclude"?'),
    ("limits.bytes = 1", '1:8: unknown key "bytes"; did you mean "read-bytes"?'),
    ("limits.read-bytes = 0", "1:21: expected more than 0 and at most 1,099,511,627,776, found 0"),
    ("limits.file-seconds = nan", "1:23: expected more than 0 and at most 86,400, found nan"),
    ("limits.file-seconds = inf", "1:23: expected more than 0 and at most 86,400, found inf"),
    ("limits.read-bytes = 1.5", "1:21: expected a whole number, found a number"),
    ("exclude = 5", "1:11: expected a string or a list of strings, found a number; write it in quotes"),
    ("exclude = [['x']]", "1:12: expected a string, found a list"),
    (
        "exclude = 2001-01-01",
        "1:11: expected a string or a list of strings, found a date; write it in quotes",
    ),
    ("exclude = ['/x']", "1:12: bad glob \"/x\": globs are relative to the root, without a leading '/'"),
    ("exclude = 'zone:app'\nzones.apps = 'x'", '1:11: unknown zone "app"; did you mean "apps"?'),
    ("zones = 'x'", '1:9: expected a mapping, found "x"; write NAME = VALUE for each'),
    ("zones.a = 'zone:a'", '1:11: zone "a" refers to itself'),
    (
        "zones.a = 'zone:b'\nzones.b = ['x', 'zone:a']",
        "2:11: zones refer to each other in a circle: a -> b -> a",
    ),
    ("zones.'a b' = 'x'", "1:7: bad zone name \"a b\"; letters, digits, '-', '_' and '.'"),
    (
        "aliases.'@' = 5",
        "1:15: expected a string, a list of strings or a mapping, found a number; write it in quotes",
    ),
    (
        "aliases.'@' = '../src'",
        "1:15: bad place \"../src\": it is a path below the root, with '/' between names",
    ),
    (
        "aliases.'@' = ['src', '/lib']",
        "1:23: bad place \"/lib\": it is a path below the root, with '/' between names",
    ),
    ("aliases.'@' = 'src/*'", "1:15: bad place \"src/*\": '*' stands for what '*' in the alias does"),
    ("aliases.'@/*/*' = 'src/*'", "1:9: bad alias \"@/*/*\": at most one '*'"),
    ("aliases.'./a' = 'src'", '1:9: bad alias "./a": it is what a specifier begins with, as "@"'),
    (
        "aliases.apps.'@' = 'src'",
        '1:9: no folder "apps" below the root, for aliases to hold in; an alias itself is written "apps" = "folder"',
    ),
    ("rule.oversized-fil = {}", '1:6: unknown rule "oversized-fil"; did you mean "oversized-file"?'),
    ("rule.oversized-file.files = 'x**'", "1:29: bad glob \"x**\": '**' stands alone between slashes"),
    (
        "rule.oversized-file.severity = 'of'",
        '1:32: expected "error", "note", "off" or "warning", found "of"; did you mean "off"?',
    ),
    ("rule.oversized-file.severity = 'off'", "1:1: every rule is turned off"),
]


@pytest.mark.parametrize(("toml", "expected"), ON_ITS_OWN)
def test_a_configuration_without_rules_is_a_mistake(tmp_path: Path, toml: str, expected: str) -> None:
    assert mistakes_of(tmp_path, toml) == [f"archlint.toml:{expected}"]


@pytest.mark.parametrize(("toml", "expected"), BESIDE_RULES)
def test_a_mistake_in_archlint_toml_has_its_place(tmp_path: Path, toml: str, expected: str) -> None:
    assert mistakes_of(tmp_path, f'{toml}\nrules = "rules.yml"') == [f"archlint.toml:{expected}"]


HEAD = "- id: a\n  size: { lines: 1 }\n  "
IN_A_HEADER = [
    ("whi: x", '3:3: unknown key "whi"; did you mean "why"?'),
    ("why:", "3:3: expected a string, found nothing"),
    ("why: 5", "3:8: expected a string, found a number; write it in quotes"),
    ("why: true", "3:8: expected a string, found true; write it in quotes"),
    ("severity: eror", '3:13: expected "error", "warning" or "note", found "eror"; did you mean "error"?'),
    ("enforces: [a, [b]]", "3:17: expected a string, found a list"),
    ("files: [a, 'b**']", "3:14: bad glob \"b**\": '**' stands alone between slashes"),
    ("ignores: 'a\\b'", "3:12: bad glob \"a\\b\": paths are written with '/'"),
    ("ignores: '[z-a]'", '3:12: bad glob "[z-a]": bad character range z-a'),
    ("ignores: zone:x", '3:12: unknown zone "x"; known: apps'),
    ("severity-in: [{ files: zone:app, severity: note }]", '3:26: unknown zone "app"; did you mean "apps"?'),
    ("severity-in: [{ files: a }]", '3:17: missing key "severity"'),
    (
        "severity-in: { files: a }",
        "3:16: expected a list of mappings, found a mapping; put it in a list: [{ … }]",
    ),
    (
        "inside: { function: f }",
        '3:3: a rule of kind "size" does not know what is inside a function; it goes with value, pattern, definition, shape or condition',
    ),
    ("allow-empty: yes", '3:16: expected true or false, found "yes"; write true'),
    ("allow-empty: 1", "3:16: expected true or false, found a number"),
    ("message: '{valu}'", '3:14: unknown field "valu" in the message; did you mean "value"?'),
    ("message: 'a } b'", '3:12: a "}" stands alone in the message; "}}" shows one'),
    ("message: '{value!r}'", '3:14: unknown field "value!r" in the message; did you mean "value"?'),
    ("tests: { god: [] }", '3:12: unknown key "god"; did you mean "good"?'),
    ("tests: { bad: [{ path: a }] }", "3:18: an example needs code, or files"),
    ("tests: { bad: [5] }", "3:18: expected a string or a mapping, found a number; write it in quotes"),
    (
        "tests: { bad: [{ path: ../a, code: x }] }",
        "3:26: bad path \"../a\": it is relative to the root, with '/' between names",
    ),
    ("text: { forbid: x }", '3:3: a rule has one kind; this one has "size" already'),
    ("why: a\n  why: b", "4:3: this key is here a second time; the first is in line 3"),
]


@pytest.mark.parametrize(("header", "expected"), IN_A_HEADER)
def test_a_mistake_in_the_header_of_a_rule_has_its_place(tmp_path: Path, header: str, expected: str) -> None:
    toml = 'rules = "rules.yml"\nzones.apps = "a"'

    assert mistakes_of(tmp_path, toml, HEAD + header) == [f"rules.yml:{expected}"]


IN_RULES = [
    ("- size: { lines: 1 }", '1:3: missing key "id"'),
    ("- id: 5\n  size: { lines: 1 }", "1:7: expected a string, found a number; write it in quotes"),
    (
        "- id: Big_file\n  size: { lines: 1 }",
        "1:7: bad rule id \"Big_file\"; small letters and digits in words joined by '-', at most 100 characters",
    ),
    ("- id: unread-file\n  size: { lines: 1 }", '1:7: the id "unread-file" is archlint\'s own'),
    ("- id: vacuous-rule\n  size: { lines: 1 }", '1:7: the id "vacuous-rule" is archlint\'s own'),
    (RULE + RULE, '3:7: a second rule has the id "oversized-file"; the first is at rules.yml:1:7'),
    ("- id: a\n  size: { lins: 1 }", '2:11: unknown key "lins"; did you mean "lines"?'),
    ("- id: a\n  size: { lines: '1' }", '2:18: expected a whole number, found "1"'),
    ("- id: a\n  size: { lines: }", "2:11: expected a whole number, found nothing"),
    ("- id: a\n  size:", "2:3: expected a mapping, found nothing"),
    ("- id: a\n  size: { lines: -1 }", "2:18: a ceiling is zero or more"),
    (
        "- id: a\n  size: {}",
        "2:9: size needs at least one ceiling: code-lines, lines, bytes or longest-function",
    ),
    ("- 5", "1:3: expected a rule, which is a mapping, found a number"),
    ("rules: {}", "1:8: expected a list of rules, found a mapping"),
    ("rules: []", "1:8: the list of rules is empty"),
    ("hello", '1:1: expected a rule, which is a mapping, found "hello"'),
    ("", "1:1: the file holds no rules"),
    ("--- # nothing\n", "1:1: the file holds no rules"),
]


@pytest.mark.parametrize(("rules", "expected"), IN_RULES)
def test_a_mistake_in_a_rule_has_its_place(tmp_path: Path, rules: str, expected: str) -> None:
    assert mistakes_of(tmp_path, rules=rules) == [f"rules.yml:{expected}"]


def test_a_rule_without_a_kind_is_told_the_kinds(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(tmp_path, rules="- id: a\n  why: b")

    assert mistake.startswith("rules.yml:1:3: a rule needs one kind: value, single-source,")


def test_a_kind_that_is_spelt_wrong_is_one_mistake(tmp_path: Path) -> None:
    mistakes = mistakes_of(tmp_path, rules="- id: a\n  sise: { lines: 1 }")

    assert mistakes == ['rules.yml:2:3: unknown key "sise"; did you mean "size"?']


def test_a_name_pattern_that_is_no_regular_expression_is_a_mistake(tmp_path: Path) -> None:
    rules = "- id: a\n  inside: { function: ['ok*', '/(/', '{a', ''] }\n  value: { forbid: [x], at: [{ property: y }] }"

    regex, glob, empty = mistakes_of(tmp_path, rules=rules)

    assert regex.startswith('rules.yml:2:31: bad name pattern "/(/": ')
    assert glob == 'rules.yml:2:38: bad name pattern "{a": a brace is not closed'
    assert empty == 'rules.yml:2:44: bad name pattern "": it is empty'


def test_all_mistakes_in_all_files_are_told_at_once_in_order(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "r/a.yml": "- id: a\n  severity: bad\n  size: { lines: x }\n  files: zone:no\n- id: b\n  text: {}\n",
            "r/b.yml": "- &x id: a\n",
            "r/c.yml": "- id: a\n  size: { lines: 1 }\n",
        },
    )

    mistakes = mistakes_of(tmp_path, 'rules = ["r", "gone.yml"]\nlimits.read-bytes = -1\nrule.c.files = "a"')

    assert mistakes == [
        'archlint.toml:1:15: no rule file matches "gone.yml"',
        "archlint.toml:2:21: expected more than 0 and at most 1,099,511,627,776, found -1",
        'archlint.toml:3:6: unknown rule "c"; known: a, b',
        'r/a.yml:2:13: expected "error", "warning" or "note", found "bad"',
        'r/a.yml:3:18: expected a whole number, found "x"',
        'r/a.yml:4:10: unknown zone "no"; archlint.toml names no zones; for example [zones] apps = "apps/**"',
        "r/a.yml:6:9: text needs forbid or require",
        "r/b.yml:1:3: an anchor cannot be used here: rule files are plain data; write the value out",
        'r/c.yml:1:7: a second rule has the id "a"; the first is at r/a.yml:1:7',
    ]


def test_a_mistake_carries_its_origin_and_hint_apart(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        config_of(tmp_path, rules="- id: a\r\n  sice: 1\r\n  size: { lines: 1 }\r\n")

    hint = 'did you mean "size"?'
    origin = Origin("rules.yml", 2, 3, "  sice: 1")
    assert raised.value.mistakes == (Mistake('unknown key "sice"', hint, origin, HEADER),)
