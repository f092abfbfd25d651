"""The SARIF Multitool, which knows what GitHub asks of a log, finds no error in ours."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from archlint.extend import Style
from archlint.model import Report
from archlint.reporters.sarif import render
from tests.reports import HOSTILE, a_full_report, a_report, hostile_report

TESTS = Path(__file__).parent
ORACLES = TESTS.parent / "node_modules" / "archlint-test-oracles"


def test_the_multitool_finds_no_error(tmp_path: Path) -> None:
    multitool = the_multitool()
    for number, report in enumerate([a_report(), a_full_report(), an_all_hostile_report()]):
        (tmp_path / f"{number}.sarif").write_text(render(report, Style()), "utf-8")
    verdict = tmp_path / "verdict"
    # Its exit code is 0 even with errors; what it found stands in its own log.
    logs = [str(path) for path in sorted(tmp_path.glob("*.sarif"))]
    options = ["--rule-kind", "Sarif;Ghas", "--output", str(verdict), "--log", "ForceOverwrite"]
    subprocess.run([multitool, "validate", *logs, *options], check=True, capture_output=True, timeout=120)
    (run,) = json.loads(verdict.read_text("utf-8-sig"))["runs"]

    assert run["invocations"][0]["executionSuccessful"]
    assert [result for result in run["results"] if result.get("level") == "error"] == []


def an_all_hostile_report() -> Report:
    reports = [hostile_report(text) for text in HOSTILE]
    return a_report(
        [finding for report in reports for finding in report.findings],
        [problem for report in reports for problem in report.problems],
        [card for report in reports for card in report.rules],
        notices=HOSTILE,
    )


def the_multitool() -> str:
    """The program, installed from npm below node_modules/ when it is not there yet."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm is not installed")
    locate = ["node", "--print", "require('@microsoft/sarif-multitool')"]
    if not (ORACLES / "node_modules" / "@microsoft").is_dir():
        install()
    found = subprocess.run(locate, cwd=ORACLES, check=False, capture_output=True, text=True)
    program = Path(found.stdout.strip())
    if found.returncode or not program.is_file():
        pytest.skip(f"the SARIF Multitool does not run on this platform: {found.stderr.strip()[-200:]}")
    program.chmod(0o755)
    return os.fspath(program)


def install() -> None:
    shutil.copytree(TESTS / "npm", ORACLES, dirs_exist_ok=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=ORACLES, check=True, capture_output=True, text=True, timeout=300)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        shutil.rmtree(ORACLES, ignore_errors=True)
        pytest.skip(f"the SARIF Multitool cannot be installed: {str(error.stderr or error)[-300:]}")
