"""``archlint trace``: statements, rules, tests and findings, joined both ways."""

import json
from pathlib import Path

import pytest

from tests.commands import archlint
from tests.trees import PACKS, REPOSITORY, write_tree

SHEET = 'rules = ["rules.yml"]\n'
RULES = """
rules:
  - id: retired-plan
    why: Billing dropped it.
    fix: Use `standard`.
    enforces: [A/plans-1, A/plans-2]
    value: { forbid: legacy, at: [{ property: plan }] }
    tests:
      bad: ["open({ plan: 'legacy' });"]
      good: ["open({ style: 'legacy' });", { path: src/a.ts, code: "// legacy" }]
  - id: stray-file
    severity: note
    files: { forbid: ["*.tmp"] }
"""
REQUIREMENTS = """
documents: { A: The plan of plans, B: A page }
requirements:
  - { id: A/plans-1, document: A, section: Plans, text: There is no legacy plan. }
  - { id: A/plans-2, document: A, section: Plans, text: There is *one* plan. }
  - { id: B/people, document: B, text: People like it., unchecked: It is for people to say. }
"""
SHOP = {
    "archlint.toml": SHEET,
    "rules.yml": RULES,
    "requirements.yml": REQUIREMENTS,
    "src/b.ts": "open({ plan: 'legacy' });\n",
}


def test_statements_are_told_with_rules_and_rules_with_statements_tests_and_findings(tmp_path: Path) -> None:
    run = archlint("trace", cwd=write_tree(tmp_path, SHOP))

    assert run.stdout == (
        "A  The plan of plans\n"
        "  Plans\n"
        "    A/plans-1  There is no legacy plan.\n"
        "      retired-plan  error · value · tests: 1 bad, 2 good · 1 finding\n"
        "    A/plans-2  There is *one* plan.\n"
        "      retired-plan  error · value · tests: 1 bad, 2 good · 1 finding\n"
        "B  A page\n"
        "    B/people  People like it.\n"
        "      unchecked: It is for people to say.\n"
        "rules\n"
        "    retired-plan  error · value · tests: 1 bad, 2 good · 1 finding · rules.yml:3\n"
        "      enforces: A/plans-1, A/plans-2\n"
        "      src/b.ts:1:15: 'legacy' is forbidden at property 'plan'\n"
        "    stray-file  note · files · tests: 0 bad, 0 good · 0 findings · rules.yml:11\n"
        "      enforces: no statement\n"
        "3 statements = 2 enforced + 1 unchecked + 0 open\n"
    )
    assert run.returncode == 0


def test_a_trace_without_findings_looks_at_no_tree(tmp_path: Path) -> None:
    run = archlint("trace", "--no-findings", cwd=write_tree(tmp_path, {**SHOP, "src/c.ts": b"\xff\xff"}))

    assert "finding" not in run.stdout
    assert (run.stderr, run.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("requirement", "gap"),
    [
        (
            "{ id: B/new, document: B, text: Something new. }",
            "requirements.yml:7:7: gap: no rule enforces B/new, and nothing says why none can",
        ),
        (
            "{ id: B/new, document: B, text: Something new., unchecked: '' }",
            "requirements.yml:7:64: expected a sentence, found nothing",
        ),
    ],
)
def test_a_statement_that_nothing_holds_is_a_gap(tmp_path: Path, requirement: str, gap: str) -> None:
    tree = {**SHOP, "requirements.yml": f"{REQUIREMENTS}  - {requirement}\n"}

    run = archlint("trace", cwd=write_tree(tmp_path, tree))

    assert gap in run.stdout + run.stderr
    assert run.returncode == (1 if "gap:" in gap else 2)


def test_a_rule_that_cites_an_unknown_statement_is_a_gap_with_the_nearest_one(tmp_path: Path) -> None:
    tree = {**SHOP, "rules.yml": RULES.replace("A/plans-2]", "A/plan-2]")}

    run = archlint("trace", cwd=write_tree(tmp_path, tree))

    assert run.stdout.splitlines()[-3:] == [
        "requirements.yml:5:7: gap: no rule enforces A/plans-2, and nothing says why none can",
        (
            "rules.yml:3:5: gap: rule 'retired-plan' enforces A/plan-2, which no requirements.yml states; "
            "did you mean A/plans-2?"
        ),
        "3 statements = 1 enforced + 1 unchecked + 1 open",
    ]
    assert run.returncode == 1


def test_an_excuse_that_is_not_needed_is_a_gap(tmp_path: Path) -> None:
    tree = {**SHOP, "rules.yml": RULES.replace("A/plans-2]", "A/plans-2, B/people]")}

    run = archlint("trace", "--no-findings", cwd=write_tree(tmp_path, tree))

    assert "requirements.yml:6:7: gap: B/people is excused as unchecked, and a rule enforces it" in run.stdout
    assert run.returncode == 1


def test_a_rule_that_is_turned_off_holds_nothing(tmp_path: Path) -> None:
    tree = {**SHOP, "archlint.toml": SHEET + '[rule.retired-plan]\nseverity = "off"\n'}

    run = archlint("trace", "--no-findings", cwd=write_tree(tmp_path, tree))

    assert "no rule enforces A/plans-1" in run.stdout
    assert run.returncode == 1


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "requirements.yml:1:1: the file states nothing"),
        ("documents: { A: a }\n", 'requirements.yml:1:1: missing key "requirements"'),
        (
            REQUIREMENTS.replace("section:", "sektion:", 1),
            'requirements.yml:4:35: unknown key "sektion"; did you mean "section"?',
        ),
        (
            REQUIREMENTS.replace("document: B,", "document: Bb,"),
            'requirements.yml:6:31: unknown document "Bb"; did you mean "B"?',
        ),
        (
            REQUIREMENTS.replace("A/plans-2", "A/plans-1"),
            'requirements.yml:5:11: a second requirement has the id "A/plans-1"; the first is at requirements.yml:4:7',
        ),
        (
            REQUIREMENTS.replace("B/people", "B people"),
            'requirements.yml:6:11: bad requirement id "B people"',
        ),
        (REQUIREMENTS.replace("There is no legacy plan.", "' '"), "expected a sentence, found nothing"),
        (REQUIREMENTS.replace("A/plans-1", "&a A/plans-1"), "requirements.yml:4:"),
    ],
)
def test_a_mistake_in_the_requirements_is_told_with_its_place(
    tmp_path: Path, text: str, mistake: str
) -> None:
    run = archlint("trace", cwd=write_tree(tmp_path, {**SHOP, "requirements.yml": text}))

    assert mistake in " ".join(run.stderr.split())
    assert (run.stdout, run.returncode) == ("", 2)


def test_rules_without_requirements_cannot_be_traced(tmp_path: Path) -> None:
    tree = {path: text for path, text in SHOP.items() if path != "requirements.yml"}

    run = archlint("trace", cwd=write_tree(tmp_path, tree))

    assert "no requirements.yml stands beside the rule files" in run.stderr
    assert run.returncode == 2


def test_the_json_names_both_directions(tmp_path: Path) -> None:
    document = json.loads(archlint("trace", "--format", "json", cwd=write_tree(tmp_path, SHOP)).stdout)

    rule = document["rules"][0]
    assert [(each["id"], each["rules"]) for each in document["statements"]] == [
        ("A/plans-1", ["retired-plan"]),
        ("A/plans-2", ["retired-plan"]),
        ("B/people", []),
    ]
    assert (rule["enforces"], rule["tests"]) == (["A/plans-1", "A/plans-2"], {"bad": 1, "good": 2})
    assert rule["findings"][0]["place"] == {"path": "src/b.ts", "line": 1, "column": 15}
    assert document["summary"] == {"total": 3, "enforced": 2, "unchecked": 1, "open": 0}
    assert document["gaps"] == []


def test_the_page_links_statements_to_rules_and_shows_what_they_say(tmp_path: Path) -> None:
    run = archlint("trace", "-f", "markdown", "-o", "out.md", "--no-findings", cwd=write_tree(tmp_path, SHOP))

    page = (tmp_path / "out.md").read_text()
    assert run.returncode == 0
    assert "- `A/plans-2` There is \\*one\\* plan.\n  Held by [`retired-plan`](#retired-plan).\n" in page
    assert "- `B/people` People like it.\n  *Not checked:* It is for people to say.\n" in page
    assert "### retired-plan\n\nError, kind `value`. Looks at every file that can hold it.\n" in page
    assert "**Instead.** Use `standard`.\n\n**Holds** `A/plans-1`, `A/plans-2`.\n" in page
    assert "**Breaks it:**\n\n```tsx\nopen({ plan: 'legacy' });\n```\n" in page


def test_a_hostile_tree_cannot_write_into_the_page(tmp_path: Path) -> None:
    path = "src/](javascript:alert(1)) <b>.ts"
    tree = {**SHOP, path: "open({ plan: 'legacy' });\n"}

    run = archlint("trace", "-f", "markdown", cwd=write_tree(tmp_path, tree))

    assert "2 findings" in run.stdout
    assert "](javascript" not in run.stdout
    assert "<b>" not in run.stdout.replace("\\<b\\>", "")


CLICKEEN = PACKS / "clickeen" / "archlint.toml"


def test_every_statement_behind_the_clickeen_pack_is_enforced_or_excused() -> None:
    run = archlint("trace", "--no-findings", "--config", str(CLICKEEN), cwd=REPOSITORY)

    assert [line for line in run.stdout.splitlines() if "gap:" in line] == []
    assert run.returncode == 0


def test_the_handbook_is_what_the_pack_says() -> None:
    run = archlint(
        "trace", "--no-findings", "--format", "markdown", "--config", str(CLICKEEN), cwd=REPOSITORY
    )

    assert run.stdout == (REPOSITORY / "docs" / "clickeen.md").read_text(), "run: make handbook"
