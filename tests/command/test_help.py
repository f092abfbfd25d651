"""Help, completion, and output of any width: what a terminal of any kind shows."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.adoption.repositories import git, repository
from tests.commands import BREACH, archlint, tree
from tests.documentation.reference import commands
from tests.trees import write_tree

COMMANDS = [name for name, _ in commands()]
ESCAPE = "\x1b"


@pytest.mark.parametrize("columns", [60, 80, 200])
@pytest.mark.parametrize("command", ["", "cache", *COMMANDS])
def test_the_help_of_a_command_fits_and_has_examples(tmp_path: Path, command: str, columns: int) -> None:
    run = archlint(*command.split(), "--help", cwd=tmp_path, COLUMNS=str(columns))

    assert (run.returncode, run.stderr) == (0, "")
    assert f"Examples:\n    archlint {command}" in run.stdout or not command
    assert [line for line in run.stdout.splitlines() if len(line) > columns] == []
    assert ESCAPE not in run.stdout
    assert not re.search(r"<(path|str|int)\b|x>=", run.stdout)


@pytest.mark.parametrize("words", [("help",), ("-h",), ()])
def test_help_is_where_newcomers_ask_for_it(tmp_path: Path, words: tuple[str, ...]) -> None:
    asked, plain = archlint(*words, cwd=tmp_path), archlint("--help", cwd=tmp_path)

    assert (asked.stdout or asked.stderr).strip() == plain.stdout.strip()
    assert asked.returncode == (0 if words else 2)
    assert archlint("help", "check", cwd=tmp_path).stdout == archlint("check", "-h", cwd=tmp_path).stdout


EXAMPLES = [
    (command, match[1])
    for command, typed in commands()
    for match in re.finditer(r"^  (archlint \S.*?)(?:  +\S.*)?$", typed.epilog or "", re.MULTILINE)
]
NEAR = {
    "archlint.toml": 'rules = ["rules"]\n[zones]\nui = "ui/**"\ndb = "db/**"\n',
    "rules/plans.yml": """\
rules:
  - id: my-rule
    enforces: [A/plans-1]
    value: { forbid: legacy, at: [{ property: plan }] }
    tests: { bad: ["open({ plan: 'legacy' })"] }
  - id: retired-plan
    severity: note
    value: { forbid: older, at: [{ property: plan }] }
    tests: { bad: ["open({ plan: 'older' })"] }
""",
    "rules/requirements.yml": """\
documents: { A: The plan of plans }
requirements:
  - { id: A/plans-1, document: A, section: Plans, text: There is no legacy plan. }
""",
    "src/open.ts": "\n" * 11 + "open({ plan: 'standard' });\n",
    "src/app.ts": "import './db';\nimport 'lodash';\n",
    "src/db.ts": "export {};\n",
    "src/cart/a.ts": "export {};\n",
    "ui/a.ts": "import '../db/a';\n",
    "db/a.ts": "export {};\n",
    "tests/shop/archlint.toml": 'rules = ["rules.yml"]\n',
    "tests/shop/rules.yml": "- { id: a-rule, value: { forbid: old, at: [{ property: plan }] } }\n",
    "tests/shop/a.ts": "open({ plan: 'old' }); // expect: a-rule\n",
    "lint/no-eval.yml": "id: no-eval\nlanguage: TypeScript\nrule: { pattern: eval($A) }\n",
    "pyproject.toml": "[tool.importlinter]\nroot_package = 'a'\n[[tool.importlinter.contracts]]\n"
    "name = 'Layers'\ntype = 'layers'\nlayers = ['a.b', 'a.c']\n",
    "ci/archlint.toml": 'packs = ["recommended"]\n',
}


@pytest.mark.skipif(shutil.which("git") is None, reason="some examples ask git")
@pytest.mark.parametrize(("command", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_the_examples_of_the_help_run(tmp_path: Path, command: str, example: str) -> None:
    root = repository(tmp_path / "root", {} if command == "init" else NEAR)
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    write_tree(tmp_path / "shop", {"a.ts": BREACH})
    if command == "baseline" and "--update" in example:
        archlint("baseline", cwd=root)

    run = archlint(*example.partition(" > ")[0].split()[1:], cwd=root)

    assert run.returncode in {0, 1}, run.stdout + run.stderr
    assert example.startswith(f"archlint {command}")


@pytest.mark.parametrize("columns", ["60", "80", "200", "0", "nonsense"])
def test_output_keeps_to_the_width_of_the_terminal(tmp_path: Path, columns: str) -> None:
    long = f"import 'x';\n{'a' * 300}; {BREACH}"
    run = archlint("check", cwd=tree(tmp_path, {"a.ts": BREACH, "b.ts": long}), COLUMNS=columns)
    wide = int(columns) if columns in ("60", "80", "200") else 100

    # Only what must stay whole to be of use runs over: places, and the sentence of a finding.
    lines = [line for line in run.stdout.splitlines() if "|" in line or line.startswith("  = ")]
    assert lines
    assert [line for line in lines if len(line) > wide] == []


def test_a_notice_keeps_to_the_width_too(tmp_path: Path) -> None:
    run = archlint("check", cwd=write_tree(tmp_path, {"a.ts": "export {};\n"}), COLUMNS="60")
    notice = run.stdout.partition("\n\n")[0]

    assert max(map(len, notice.splitlines())) <= 60
    assert " ".join(notice.split()) == (
        'note: no archlint.toml found: the pack "recommended" runs; archlint init writes an archlint.toml'
    )


@pytest.mark.parametrize(
    ("environment", "options", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, (), True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, (), False),
        ({"TERM": "dumb"}, (), False),
        ({"NO_COLOR": "1"}, ("--color", "always"), True),
        ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
        ({}, (), False),
    ],
)
def test_colour_is_where_it_is_wanted(
    tmp_path: Path, environment: dict[str, str], options: tuple[str, ...], *, coloured: bool
) -> None:
    unset = {"NO_COLOR": "", "FORCE_COLOR": "", "TERM": "xterm"}
    run = archlint("check", *options, cwd=tree(tmp_path, {"a.ts": BREACH}), **{**unset, **environment})

    assert (ESCAPE in run.stdout) is coloured
    assert run.returncode == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(tmp_path: Path, shell: str) -> None:
    # Otherwise typer goes by the shell that runs the tests, and knows no plain sh.
    script = archlint(
        "--show-completion", shell, cwd=tmp_path, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
    )
    assert "_ARCHLINT_COMPLETE" in script.stdout

    instruction = {"bash": "complete_bash", "zsh": "complete_zsh", "fish": "complete_fish"}[shell]
    asked = {
        "_ARCHLINT_COMPLETE": instruction,
        "COMP_WORDS": "archlint ba",
        "COMP_CWORD": "1",
        "_TYPER_COMPLETE_ARGS": "archlint ba",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    assert "baseline" in archlint(cwd=tmp_path, **asked).stdout
    page = {"COMP_WORDS": "archlint docs ru", "COMP_CWORD": "2", "_TYPER_COMPLETE_ARGS": "archlint docs ru"}
    assert "rules" in archlint(cwd=tmp_path, **asked | page).stdout
    form = {name: words.replace("docs ru", "check -f sar") for name, words in page.items()}
    assert "sarif" in archlint(cwd=tmp_path, **asked | form | {"COMP_CWORD": "3"}).stdout
    assert "ARCHLINT" not in "".join(os.environ)


def test_the_list_of_commands_is_not_cut(tmp_path: Path) -> None:
    run = archlint("--help", cwd=tmp_path, COLUMNS="60")

    assert all(f"\n  {name.split()[0]} " in run.stdout for name in COMMANDS)
    assert "..." not in run.stdout.partition("Commands:")[2]
