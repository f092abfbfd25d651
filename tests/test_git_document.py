"""The session of docs/git.md runs, command by command, in the repository that the page describes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import ENVIRONMENT, repository
from tests.trees import REPOSITORY

PAGE = (REPOSITORY / "docs" / "git.md").read_text()


def steps() -> list[tuple[str, list[str]]]:
    """Each command of the page with the lines that it shows."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_session_goes_as_the_page_shows(tmp_path: Path) -> None:
    files = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    root = repository(tmp_path / "root", files)
    command = tmp_path / "archlint"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m archlint "$@"\n')
    command.chmod(0o755)
    python_path = os.environ.get("PYTHONPATH", str(REPOSITORY))
    environment = {**ENVIRONMENT, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": python_path}
    for line, shown in steps():
        run = subprocess.run(
            ["sh", "-c", line], cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        printed = [each for each in (run.stdout + run.stderr).splitlines() if not each.startswith("files: ")]

        assert [re.sub(r" \(\w{12}\):", " …:", each) for each in printed] == shown
