"""Programs from npm that tests ask for their opinion; installed below node_modules/ when they are not there yet."""

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
INSTALLED = TESTS.parent / "node_modules"


def oracle(package: str, listed: str = "npm") -> Path:
    """The folder in which node finds a package; skips the test where it cannot be had.

    ``listed`` is the folder of tests/ whose package.json asks for it.
    """
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm is not installed")
    folder = INSTALLED / f"archlint-{listed}"
    if not (folder / "node_modules" / package).is_dir():
        _install(package, TESTS / listed, folder)
    return folder


def _install(package: str, listed: Path, folder: Path) -> None:
    shutil.copytree(listed, folder, dirs_exist_ok=True)
    # oxlint comes in builds for other machines, which a lock made on this one does not list: there is none then.
    command = [
        "npm",
        "ci" if (listed / "package-lock.json").exists() else "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=300)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"{package} cannot be installed: {str(error.stderr or error)[-300:]}")
