"""The page on adopting archlint, run from top to bottom as its reader would."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trees import REPOSITORY

PAGE = REPOSITORY / "docs" / "adopting.md"
_STEP = re.compile(
    r"^`(?P<path>[^`]+)`:\n\n```\w+\n(?P<content>.*?)^```$|^```console\n(?P<session>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


@pytest.mark.skipif(shutil.which("git") is None, reason="the page uses git")
def test_the_page_on_adopting_goes_as_it_says(tmp_path: Path) -> None:
    commands = 0
    for step in _STEP.finditer(PAGE.read_text()):
        if step["path"]:
            target = tmp_path / step["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step["content"])
            continue
        for command in _COMMAND.finditer(step["session"]):
            commands += 1

            assert output_of(command["command"], tmp_path) == command["output"], command["command"]
    assert commands == PAGE.read_text().count("\n$ ")


def output_of(command: str, folder: Path) -> str:
    """What a command prints; ``archlint`` is the one under test."""
    program = f'archlint() {{ "{sys.executable}" -m archlint "$@"; }}; {command}'
    run = subprocess.run(
        ["bash", "-c", program],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY), "HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return run.stdout
