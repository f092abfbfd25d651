"""A command that begins with all of it imported says what one does that Python starts."""

import os
from pathlib import Path

import pytest

from tests.commands import BREACH, archlint, process, tree
from tests.forking import server

COMMANDS = (
    "--version",
    "--help",
    "",
    "check",
    "check --no-cache --format json --jobs 8",
    "check --nonsense",
    "check --config nowhere.toml",
    "docs howto",
    "explain a.ts",
    "fix --diff",
    "graph --format json",
    "init --help",
    "schema rules",
    "test",
    "trace",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_said_does_not_depend_on_how_a_command_begins(tmp_path: Path, command: str) -> None:
    root = tree(tmp_path, {"a.ts": BREACH, "b.ts": "import './a';\nlet x = ;\n", "package.json": "{}"})

    forked, own = (start(*command.split(), cwd=root) for start in (archlint, process))

    assert (forked.returncode, forked.stdout, forked.stderr) == (own.returncode, own.stdout, own.stderr)


def test_a_variable_that_is_looked_at_when_a_command_begins_takes_a_process_of_its_own() -> None:
    assert server().serves({**os.environ, "COLUMNS": "60"})
    assert not server().serves({**os.environ, "FORCE_COLOR": "1"})
    assert not server().serves({})
