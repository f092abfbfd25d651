"""``archlint explain`` says what a rule sees, and why it is silent."""

from pathlib import Path

import pytest

from tests.commands import archlint
from tests.documentation.test_docs import files_of
from tests.trees import REPOSITORY, write_tree

FILES = files_of(REPOSITORY / "docs" / "explain.md")


def place(root: Path, files: dict[str, str], where: str) -> str:
    run = archlint("explain", where, cwd=write_tree(root, {**FILES, **files}))
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def test_a_place_on_the_way_of_a_value_is_a_place_of_its_finding(tmp_path: Path) -> None:
    code = "const chosen = 'legacy';\nlog('x');\nopen({ plan: chosen });\n"

    assert "1 finding here" in place(tmp_path, {"src/a.ts": code}, "src/a.ts:3")
    assert "nothing here for retired-plan" in place(tmp_path, {"src/a.ts": code}, "src/a.ts:2")


def test_a_constant_outside_the_functions_of_a_rule_is_told(tmp_path: Path) -> None:
    rule = FILES["architecture/plans.yml"].replace(
        "    value:", "    inside: { function: 'open*' }\n    value:"
    )
    files = {"architecture/plans.yml": rule, "src/a.ts": "function close() { send({ plan: 'legacy' }); }\n"}

    told = place(tmp_path, files, "src/a.ts:1")

    assert "found 'legacy' at property 'plan', but in function 'close', where the rule does not look" in told


@pytest.mark.parametrize(
    ("path", "sheet", "reason"),
    [
        ("src/a.test.ts", "", "it ignores **/*.test.ts"),
        ("lib/a.ts", "", "it looks at src/**"),
        ("src/a.ts", '[rule.retired-plan]\nfiles = "src/old/**"\n', "archlint.toml narrows it to src/old/**"),
        ("src/a.md", "", "kind 'value' cannot read text files"),
    ],
)
def test_a_rule_that_does_not_look_at_a_file_says_why(
    tmp_path: Path, path: str, sheet: str, reason: str
) -> None:
    files = {path: "open({ plan: 'legacy' });\n", "archlint.toml": FILES["archlint.toml"] + sheet}

    assert f"retired-plan: {reason}" in place(tmp_path, files, f"{path}:1")


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        ("retired-plans", "no rule is called 'retired-plans'; did you mean 'retired-plan'?"),
        ("src/none.ts:1", "src/none.ts: no such file or directory"),
        ("src:1", "src: not a file; no rule looks at it"),
        ("vendor/a.ts:1", "vendor/a.ts: excluded by configuration; no rule looks at it"),
        ("../a.ts:1", "../a.ts: no such file or directory"),
    ],
)
def test_what_cannot_be_explained_is_said(tmp_path: Path, subject: str, message: str) -> None:
    sheet = f'exclude = ["vendor/**"]\n{FILES["archlint.toml"]}'
    write_tree(tmp_path, {**FILES, "vendor/a.ts": "", "archlint.toml": sheet})

    run = archlint("explain", subject, cwd=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr


def test_the_rules_that_look_at_a_file_are_listed(tmp_path: Path) -> None:
    rules = FILES["architecture/plans.yml"] + "  - id: long-file\n    size: { lines: 99 }\n"
    write_tree(tmp_path, {**FILES, "architecture/plans.yml": rules, "lib/a.ts": ""})

    run = archlint("rules", "--files", "src/open.ts", "--files", "lib/a.ts", cwd=tmp_path)

    assert run.stdout == (
        "src/open.ts: 2 rules of 2 look at it\n"
        "  retired-plan  error · value\n"
        "  long-file  error · size\n"
        "\n"
        "lib/a.ts: 1 rule of 2 looks at it\n"
        "  long-file  error · size\n"
        "  not retired-plan: it looks at src/**\n"
    )


def test_a_file_that_is_not_there_has_no_rules(tmp_path: Path) -> None:
    run = archlint("rules", "--files", "src/none.ts", cwd=write_tree(tmp_path, FILES))

    assert (run.returncode, run.stdout) == (2, "")
    assert "src/none.ts: no such file or directory" in run.stderr
