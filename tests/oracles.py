"""Programs from npm that tests ask for their opinion; installed below node_modules/ when they are not there yet."""

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ORACLES = TESTS.parent / "node_modules" / "archlint-test-oracles"


def oracle(package: str) -> Path:
    """The folder in which node finds a package; skips the test where it cannot be had."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm is not installed")
    if not (ORACLES / "node_modules" / package).is_dir():
        _install(package)
    return ORACLES


def _install(package: str) -> None:
    shutil.copytree(TESTS / "npm", ORACLES, dirs_exist_ok=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=ORACLES, check=True, capture_output=True, text=True, timeout=300)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        shutil.rmtree(ORACLES, ignore_errors=True)
        pytest.skip(f"{package} cannot be installed: {str(error.stderr or error)[-300:]}")
