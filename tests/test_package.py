"""The wheel as users get it: built here, installed into an empty environment, run on a tree."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.trees import REPOSITORY, write_tree


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's programs, with nothing but archlint's wheel in it."""
    folder = tmp_path_factory.mktemp("package")
    built = run(sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", folder, REPOSITORY, cwd=folder)
    run(sys.executable, "-m", "venv", "venv", cwd=folder)
    programs = folder / "venv" / "bin"
    wheels = [*folder.glob("archlint-*.whl")]
    installed = run(programs / "python", "-m", "pip", "install", *wheels, cwd=folder)
    if built.returncode or installed.returncode:
        pytest.skip(f"the registry is out of reach: {(built.stderr + installed.stderr)[-300:]}")
    return programs


@pytest.mark.slow
def test_the_installed_wheel_brings_its_packs_and_judges_a_tree(environment: Path, tmp_path: Path) -> None:
    write_tree(
        tmp_path, {"archlint.toml": 'packs = ["clickeen"]', "bob/a.ts": "open({ subject: 'devstudio' });"}
    )

    report = run(environment / "archlint", "check", "--select", "devstudio-subject", cwd=tmp_path)

    assert report.returncode == 1, report.stderr
    assert "bob/a.ts:1:18" in report.stdout


@pytest.mark.slow
def test_the_module_runs_too(environment: Path, tmp_path: Path) -> None:
    assert run(environment / "python", "-m", "archlint", "--version", cwd=tmp_path).stdout.startswith(
        "archlint "
    )
