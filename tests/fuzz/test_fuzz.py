"""Each fuzz target holds on its seeds and on some changes to them; `make fuzz` looks further."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.minimising import minimised
from tests.fuzz.mutation import LARGEST, mutated, words
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS
from tests.fuzz.trying import tried

ROOT = Path(__file__).parent.parent.parent
EACH = pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))


@EACH
def test_a_target_holds_on_its_seeds(target: Target) -> None:
    faults = [fault.told for data in target.corpus() if (fault := tried(target, data).fault)]

    assert faults == []


@EACH
def test_a_target_holds_on_changed_seeds(target: Target) -> None:
    pool = target.corpus()
    tokens = (*target.tokens, *words(pool))

    @settings(max_examples=12, database=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def holds(chance: object) -> None:
        data = mutated(chance, pool, tokens)  # type: ignore[arg-type] # hypothesis' own Random
        assert len(data) <= LARGEST
        assert tried(target, data).fault is None

    holds()


def test_a_find_is_told_with_the_command_that_shows_it_again(tmp_path: Path) -> None:
    """A target that breaks on purpose is found, made small, and breaks again when its file is tried."""
    script = (
        "import sys, tests.fuzz.targets as all_, tests.fuzz.target as of\n"
        "def check(data):\n    assert b'legacy' not in data, 'legacy'\n    return (str(len(data)),)\n"
        "all_.TARGETS['planted'] = of.Target('planted', check, seeds='script')\n"
        "import tests.fuzz.__main__ as main\nsys.exit(main.main())\n"
    )
    command = [sys.executable, "-c", script, "--target", "planted"]

    run = _run([*command, "--minutes", "0.02"], tmp_path)
    find = next((tmp_path / "out" / "fuzz" / "finds" / "planted").glob("*[0-9a-f]"))

    assert find.read_bytes() == b"legacy"
    assert f"python -m tests.fuzz --target planted --input {find.relative_to(tmp_path)}" in run.stdout
    assert run.returncode == 1
    assert _run([*command, "--input", str(find)], tmp_path).returncode == 1


def test_a_target_that_kills_its_process_is_a_find(tmp_path: Path) -> None:
    script = (
        "import os, sys, tests.fuzz.targets as all_, tests.fuzz.target as of\n"
        "def check(data):\n    os.abort() if b'legacy' in data else None\n    return ()\n"
        "all_.TARGETS['planted'] = of.Target('planted', check, seeds='script')\n"
        "import tests.fuzz.__main__ as main\nsys.exit(main.main())\n"
    )

    run = _run([sys.executable, "-c", script, "--target", "planted", "--minutes", "0.02"], tmp_path)

    assert "planted: died" in run.stdout


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_what_can_be_left_out_of_a_find_is_left_out() -> None:
    text = b"one\ntwo a\nthree b\nfour\n"

    assert minimised(text, lambda kept: b"a" in kept and b"b" in kept) == b"ab"
