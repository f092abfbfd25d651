"""Help, completion, and output of any width: what a terminal of any kind shows."""

import os
from pathlib import Path

import pytest

from tests.commands import BREACH, archlint, tree
from tests.documentation.reference import commands

COMMANDS = [name for name, _ in commands()]
ESCAPE = "\x1b"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_examples(tmp_path: Path, command: str) -> None:
    run = archlint(*command.split(), "--help", cwd=tmp_path, COLUMNS="80")

    assert (run.returncode, run.stderr) == (0, "")
    assert f"Examples:\n    archlint {command}" in run.stdout
    assert [line for line in run.stdout.splitlines() if len(line) > 80] == []
    assert ESCAPE not in run.stdout


@pytest.mark.parametrize("columns", ["60", "80", "200", "0", "nonsense"])
def test_output_keeps_to_the_width_of_the_terminal(tmp_path: Path, columns: str) -> None:
    long = f"import 'x';\n{'a' * 300}; {BREACH}"
    run = archlint("check", cwd=tree(tmp_path, {"a.ts": BREACH, "b.ts": long}), COLUMNS=columns)
    wide = int(columns) if columns in ("60", "80", "200") else 100

    # Only what must stay whole to be of use runs over: places, and the sentence of a finding.
    lines = [line for line in run.stdout.splitlines() if "|" in line or line.startswith("  = ")]
    assert lines
    assert [line for line in lines if len(line) > wide] == []


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
    assert "ARCHLINT" not in "".join(os.environ)


def test_the_list_of_commands_is_not_cut(tmp_path: Path) -> None:
    run = archlint("--help", cwd=tmp_path, COLUMNS="60")

    assert all(f"\n  {name.split()[0]} " in run.stdout for name in COMMANDS)
    assert "..." not in run.stdout.partition("Commands:")[2]
