"""``archlint test --update``: what is expected follows what the rules say, and nothing else of a file changes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from archlint.config.checked import settle
from archlint.config.reading.quoting import quoted
from archlint.config.reading.text import Text
from archlint.config.reading.yaml import ends_of, parse_yaml
from archlint.trial.update.scalars import as_list, as_text, replaced
from tests.commands import archlint
from tests.trees import write_tree

SHEET = 'rules = ["rules.yml"]\nexclude = ["*.yml"]\n'
RULES = """\
# Our plans.
rules:
  - id:   retired-plan          # spaced by hand
    value: { forbid: [legacy, old], at: [{ property: plan }] }
    tests:
      bad:
        - code: "open({ plan: 'legacy' });"
          expect: EXPECT
        # the second
        - |
          open({ plan: 'legacy' });
          open({ plan: 'free' });   // expect: retired-plan

          open({ plan: 'old' }); /* why not */
        - 'open({ plan: ''old'' }); // expect-next: retired-plan'
      good: ["open({ style: 'legacy' })"]
"""
UPDATED = """\
# Our plans.
rules:
  - id:   retired-plan          # spaced by hand
    value: { forbid: [legacy, old], at: [{ property: plan }] }
    tests:
      bad:
        - code: "open({ plan: 'legacy' });"
          expect: EXPECT
        # the second
        - |
          open({ plan: 'legacy' }); // expect: retired-plan
          open({ plan: 'free' });

          open({ plan: 'old' }); /* why not */ // expect: retired-plan
        - 'open({ plan: ''old'' }); // expect: retired-plan'
      good: ["open({ style: 'legacy' })"]
"""
SAID = "\"1: 'legacy' is forbidden at property 'plan'\""


def test_examples_come_to_expect_what_is_found_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    write_tree(
        tmp_path, {"archlint.toml": SHEET, "rules.yml": RULES.replace("EXPECT", '["2: other"] # mine')}
    )

    before = archlint("test", cwd=tmp_path)
    run = archlint("test", "--update", cwd=tmp_path)

    assert before.returncode == 1
    assert "  - 2: other\n  + src/snippet.tsx:1:15 retired-plan 'legacy' is forbidden" in before.stdout
    assert before.stdout.endswith("if the rule is right and the examples are old: archlint test --update\n")
    assert (tmp_path / "rules.yml").read_text() == UPDATED.replace("EXPECT", f"[{SAID}] # mine")
    assert run.returncode == 0, run.stdout
    assert run.stdout.startswith("--- a/rules.yml\n+++ b/rules.yml\n@@")
    assert run.stdout.endswith("\n1 rule: 4 examples, 4 as expected, 0 not\n")


def test_an_empty_list_is_filled_in_below_its_key_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, {"archlint.toml": SHEET, "rules.yml": RULES.replace("EXPECT", "[]")})

    archlint("test", "--update", cwd=tmp_path)
    once = (tmp_path / "rules.yml").read_text()
    again = archlint("test", "--update", cwd=tmp_path)

    assert once == UPDATED.replace(" EXPECT", f"\n            - {SAID}")
    assert (again.returncode, again.stdout) == (0, "1 rule: 4 examples, 4 as expected, 0 not\n")


@pytest.mark.parametrize(
    ("tests", "why"),
    [
        ('bad: ["a(); // expect: retired-plan"]', "bad example 1 of retired-plan gives no finding"),
        ('bad: [{ code: "a();", expect: ["1: b"] }]', "bad example 1 of retired-plan gives no finding"),
        ("good: [\"open({ plan: 'old' })\"]", "good example 1 of retired-plan gives a finding"),
        ("bad: [\"open({ plan: 'old' ; // expect: retired-plan\"]", "could not be read"),
        (
            'bad: ["open({ plan: \\x27old\\x27 });\\n// expect: retired-plan"]',
            "a string that cannot be kept as it is written",
        ),
        (
            'bad: [{ path: a.json, code: \'{ "plan": "old" } // expect-next: retired-plan\' }]',
            "a.json takes no comment",
        ),
    ],
)
def test_what_takes_a_person_is_told_and_left(tmp_path: Path, tests: str, why: str) -> None:
    rules = (
        "- id: retired-plan\n  value: { forbid: [old], at: [{ property: plan, key: plan }] }\n"
        f"  tests:\n    {tests}\n"
    )
    write_tree(tmp_path, {"archlint.toml": SHEET, "rules.yml": rules})

    run = archlint("test", "--update", cwd=tmp_path)

    assert (run.returncode, (tmp_path / "rules.yml").read_text()) == (1, rules)
    assert run.stdout.startswith("not updated: rules.yml:1: ")
    assert why in run.stdout.splitlines()[0]


def test_the_rules_of_a_shipped_pack_are_nobodys_to_update(tmp_path: Path) -> None:
    write_tree(tmp_path, {"archlint.toml": 'packs = ["recommended"]\n', "a.ts": ""})

    assert archlint("test", "--update", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("other", ["--mutate", "--format=junit"])
def test_update_is_of_examples_and_trees(tmp_path: Path, other: str) -> None:
    run = archlint("test", "--update", other, cwd=tmp_path)

    assert (run.returncode, "do not go together" in run.stderr) == (2, True)


def test_an_expectation_that_none_could_meet_is_a_mistake(tmp_path: Path) -> None:
    tests = "{ bad: [{ code: x, expect: [legacy] }], good: [{ code: x, expect: [] }] }"
    write_tree(
        tmp_path,
        {"archlint.toml": SHEET, "rules.yml": f"- {{ id: a, text: {{ forbid: x }}, tests: {tests} }}"},
    )

    told = " ".join(archlint("test", cwd=tmp_path).stderr.split())

    assert 'no finding can be "legacy"; it is LINE: MESSAGE, or PATH:LINE: MESSAGE' in told
    assert "a good example gives no finding to expect; leave it out" in told


def test_the_markers_of_a_tree_follow_what_is_found(tmp_path: Path) -> None:
    rules = "- { id: retired-plan, value: { forbid: old, at: [{ property: plan, key: plan, attribute: data-plan }] } }\n"
    files = {
        "archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml"]\n',
        "rules.yml": rules,
        "a.ts": "open({ plan: 'old' });\r\nclose(); // expect: retired-plan\r\n",
        "b.ts": "f(`\n${open({ plan: 'old' })}\n`);\n",
        "c.json": '{ "plan": "old" }\n',
        "d.yml": "plan: old # bill, not expect: retired-plan, other-rule\nplans: old # expect: retired-plan\n",
        "e.html": "<i data-plan=old></i><!-- see expect: retired-plan -->\n<i></i> <!-- expect: retired-plan -->\n",
        ".expect": "gone.json:3 retired-plan\n",
    }
    write_tree(tmp_path, files)

    run = archlint("test", "--fixture", ".", "--update", cwd=tmp_path)

    texts = {path: (tmp_path / path).read_bytes().decode() for path in files}
    assert texts == files | {
        "a.ts": "open({ plan: 'old' }); // expect: retired-plan\r\nclose();\r\n",
        "c.json": files["c.json"],
        "d.yml": "plan: old # bill, not expect: retired-plan\nplans: old\n",
        "e.html": "<i data-plan=old></i><!-- see expect: retired-plan -->\n<i></i>\n",
        # A comment in a template would be part of its text.
        ".expect": "b.ts:2 retired-plan\nc.json:1 retired-plan\n",
    }
    assert (run.returncode, run.stdout.splitlines()[-1]) == (
        0,
        "1 tree with 5 expected findings: 1 as marked, 0 not",
    )


# --- strings in YAML ----------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
LISTS = st.lists(st.sampled_from(["1: a", "1: b", "2: 'c'", '3: "d" # e', "4: é: f"]), min_size=1, max_size=5)


def written(items: list[str], style: str) -> str:
    if style == "flow":
        return f"a:\n  expect: [{', '.join(map(quoted, items))}] # kept\n  b: 1\n"
    lead = {"block": "    - ", "flat": "  - "}[style]
    lines = "".join(f"{lead}{quoted(item)}\n" for item in items)
    return f"a:\n  expect: # kept\n{lines}  b: 1 # kept too\n"


def loaded(text: str) -> Any:  # noqa: ANN401 -- YAML
    return YAML(typ="safe", pure=True).load(text)


@given(LISTS, LISTS, st.sampled_from(["flow", "block", "flat"]), st.sampled_from(["\n", "\r\n"]))
def test_a_list_becomes_the_one_that_is_wanted(
    old: list[str], new: list[str], style: str, line_end: str
) -> None:
    text = written(old, style).replace("\n", line_end)
    (document,) = settle(parse_yaml(Text("a.yml", text))) or ()

    after = replaced(text, [*as_list(document.below("a", "expect"), new, ends_of(text))])

    assert loaded(after) == {"a": {"expect": new, "b": 1}}
    assert after.count("# kept") == text.count("# kept")
    assert old != new or after == text
    assert "\n" not in after.replace("\r\n", "") or line_end == "\n"


@given(TEXTS, TEXTS, st.sampled_from(['"', "'"]))
def test_a_quoted_string_is_kept_quoted_or_left(old: str, new: str, mark: str) -> None:
    spelt = quoted(old) if mark == '"' else "'" + old.replace("'", "''") + "'"
    text = f"a: [{spelt}, x]"
    try:
        documents = settle(parse_yaml(Text("a.yml", text)))
    except Exception:  # noqa: BLE001 -- a character that YAML does not hold as it is
        return
    (document,) = documents or ()
    item = document.below("a").items[0]

    made = as_text(item, new, ends_of(text))

    if made is not None and mark == '"':
        assert loaded(replaced(text, [made])) == {"a": [new, "x"]}
