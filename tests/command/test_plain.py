"""The usual command lines of ``archlint check`` are read without typer, as typer reads them."""

import json
import subprocess
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict
from typer.main import get_command

from archlint.cli.app import app
from archlint.cli.plain import read
from tests.trees import write_tree

WORDS = (
    *("--staged", "--no-cache", "--show-suppressed", "--statistics", "--quiet", "-q", "--verbose", "-v"),
    *("--root", "--config", "--output", "-o", "--profile", "--format", "-f", "--since", "--gate"),
    *("--select", "--ignore", "--report"),
    *(
        "--jobs",
        "-j",
        "--fail-on",
        "--color",
        "--incomplete",
        "--help",
        "--",
        "-",
        "-qv",
        "--root=.",
        "--nothing",
    ),
    *("src", "a b", "", "3", "error", "json", "sarif=x.sarif", "HEAD"),
)


def said(options: Mapping[str, object]) -> dict[str, str]:
    """Options as text: typer holds some of them as strings until the command runs."""
    return {
        name: "|".join(map(str, value or ()))
        if isinstance(value, list | tuple)
        else str(value.value if isinstance(value, Enum) else value)
        for name, value in options.items()
        if value not in (None, [], ())
    }


def by_typer(arguments: list[str]) -> dict[str, str]:
    command = get_command(app).get_command(None, "check")  # type: ignore[attr-defined]
    return said(command.make_context("check", arguments[1:]).params)


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_is_read_without_typer_means_what_typer_reads(words: list[str]) -> None:
    plain = read(["check", *words])

    if plain is not None:
        assert said(asdict(plain)) == by_typer(["check", *words])


@pytest.mark.parametrize(
    "line", ["check", "check src a.ts", "check --root x --no-cache -q", "check -f json --select a --select b"]
)
def test_usual_command_lines_are_read_without_typer(line: str) -> None:
    assert read(line.split()) is not None


@pytest.mark.parametrize(
    "line", ["", "rules", "check -h", "check --root", "check --root -q", "check --rot x"]
)
def test_help_and_mistakes_are_left_to_typer(line: str) -> None:
    assert read(line.split()) is None


def test_completions_are_left_to_typer() -> None:
    assert read(["check"], {"_ARCHLINT_COMPLETE": "complete_bash"}) is None


def test_a_plain_check_loads_no_typer(tmp_path: Path) -> None:
    rule = {"id": "r", "message": "No.", "text": {"forbid": "open"}}
    write_tree(
        tmp_path,
        {
            "archlint.toml": 'rules = ["r.yml"]',
            "r.yml": json.dumps({"rules": [rule]}),
            "a.ts": "open();\n",
        },
    )
    code = (
        "import atexit, sys\nfrom archlint.cli import main\nsys.argv = ['archlint', 'check', '-q']\n"
        "atexit.register(lambda: print(*sorted({name.split('.')[0] for name in sys.modules})))\nmain()"
    )
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
        )
    assert run.returncode == 1, run.stderr
    loaded = set(run.stdout.splitlines()[-1].split())

    assert {"archlint", "msgspec"} <= loaded
    assert {"typer", "rich", "tree_sitter", "tempfile", "subprocess", "multiprocessing"} & loaded == set()
