"""TypeScript as a peer for tests: a process that says where it would take specifiers."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.resolution.modules import Tree, written

TESTS = Path(__file__).parent.parent
INSTALLED = TESTS.parent / "node_modules" / "archlint-typescript"


class TypeScript:
    """Asks a running process; one line a question."""

    def __init__(self, questions: IO[str], answers: IO[str]) -> None:
        self._questions = questions
        self._answers = answers

    def resolve(
        self, files: Tree, importer: str, specifiers: list[str], links: dict[str, str]
    ) -> list[str | None]:
        """Where TypeScript takes each specifier; None where it finds nothing."""
        question = {
            "files": {path: written(content) for path, content in files.items()},
            "importer": importer,
            "specifiers": specifiers,
            "links": links,
        }
        self._questions.write(json.dumps(question) + "\n")
        self._questions.flush()
        found: list[str | None] = json.loads(self._answers.readline())
        return found


@contextlib.contextmanager
def typescript() -> Iterator[TypeScript]:
    """A running TypeScript; installed from npm below node_modules/ when it is not there yet."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm is not installed")
    if not (INSTALLED / "node_modules" / "typescript").is_dir():
        _install()
    environment = {**os.environ, "NODE_PATH": str(INSTALLED / "node_modules")}
    command = ["node", str(TESTS / "typescript" / "resolve.cjs")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as process:
        assert process.stdin
        assert process.stdout
        yield TypeScript(process.stdin, process.stdout)
        process.stdin.close()


def _install() -> None:
    INSTALLED.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=INSTALLED.parent) as fresh:
        shutil.copytree(TESTS / "typescript", fresh, dirs_exist_ok=True)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            subprocess.run(command, cwd=fresh, check=True, capture_output=True, text=True, timeout=300)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            pytest.skip(f"TypeScript cannot be installed: {str(error.stderr or error)[-300:]}")
        with contextlib.suppress(OSError):  # another test may have been quicker
            shutil.copytree(fresh, INSTALLED)
