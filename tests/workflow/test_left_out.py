"""Commands of workflows that lead to what is there and was left out: never called missing."""

from pathlib import Path

import pytest

from tests.trees import check_tree, write_tree
from tests.workflow.wirings.trees import AUTH, run

RULE = """\
rules:
  - id: a-rule
    workflow:
      files: [.github/workflows/ci.yml]
      runs: [{ command: "node scripts/parity.mjs --mode auth", blocking: true }]
"""
MISSING = f"no step runs `{AUTH}`"


def messages(root: Path, files: dict[str, str], exclude: str = "", ignore: str = "") -> list[str]:
    sheet = f'rules = ["rules.yml"]\nexclude = ["rules.yml"{exclude and f", {exclude!r}"}]\n'
    tree = {**files, "archlint.toml": sheet, "rules.yml": RULE, ".gitignore": ignore}
    return [finding.message for finding in check_tree(write_tree(root, tree)).findings]


@pytest.mark.parametrize(
    "settings", [{"exclude": "scripts/**"}, {"ignore": "scripts/\n"}, {"ignore": "*.mjs\n"}]
)
def test_a_file_that_is_left_out_is_not_missing(tmp_path: Path, settings: dict[str, str]) -> None:
    assert messages(tmp_path, run(AUTH), **settings) == []


def test_a_file_that_is_not_there_is_missing_beside_what_is_left_out(tmp_path: Path) -> None:
    files = {path: text for path, text in run(AUTH).items() if path != "scripts/parity.mjs"}

    assert messages(tmp_path, {**files, "other/parity.mjs": ""}, exclude="other/**") == [
        f"`{AUTH}` runs 'scripts/parity.mjs', which is not there"
    ]


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("bash tools/ci.sh", "tools/ci.sh"),
        ("pnpm -C tools parity", "tools/package.json"),
        ("make -C tools parity", "tools/Makefile"),
    ],
)
def test_what_was_left_out_on_the_way_is_told(tmp_path: Path, command: str, path: str) -> None:
    tree = {**run(command), "tools/ci.sh": AUTH, "tools/package.json": "{}", "tools/Makefile": ""}

    assert messages(tmp_path, tree, exclude="tools/**") == [
        f"{MISSING}; '{path}' is excluded by configuration, so nobody looked into it (line 6)"
    ]


def test_an_action_that_was_left_out_is_told(tmp_path: Path) -> None:
    action = ".github/actions/parity/action.yml"
    files = run(AUTH)
    workflow = files[".github/workflows/ci.yml"].replace(f"run: {AUTH}", "uses: ./.github/actions/parity")
    tree = {**files, ".github/workflows/ci.yml": workflow, action: "runs: { steps: [] }\n"}

    assert messages(tmp_path, tree, ignore=".github/actions/\n") == [
        f"{MISSING}; '{action}' is ignored by git, so nobody looked into it (line 6)"
    ]
