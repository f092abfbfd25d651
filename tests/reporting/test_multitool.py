"""The SARIF Multitool, which knows what GitHub asks of a log, finds no error in ours."""

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from archlint.extend import Style
from archlint.model import Report
from archlint.reporters.sarif import render
from tests.oracles import oracle
from tests.reporting.reports import HOSTILE, a_full_report, a_report, hostile_report


def test_the_multitool_finds_no_error(tmp_path: Path) -> None:
    for number, report in enumerate([a_report(), a_full_report(), an_all_hostile_report()]):
        (tmp_path / f"{number}.sarif").write_text(render(report, Style()), "utf-8")

    assert ghas_errors(sorted(tmp_path.glob("*.sarif")), tmp_path / "verdict") == []


def ghas_errors(logs: Iterable[Path], verdict: Path) -> list[object]:
    """What GitHub would refuse in these logs; ``verdict`` is a file to write. Skips where the program cannot be had."""
    multitool = the_multitool()
    # Its exit code is 0 even with errors; what it found stands in its own log.
    options = ["--rule-kind", "Sarif;Ghas", "--output", str(verdict), "--log", "ForceOverwrite"]
    command = [multitool, "validate", *map(str, logs), *options]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (run,) = json.loads(verdict.read_text("utf-8-sig"))["runs"]

    assert run["invocations"][0]["executionSuccessful"]
    return [result for result in run["results"] if result.get("level") == "error"]


def an_all_hostile_report() -> Report:
    reports = [hostile_report(text) for text in HOSTILE]
    return a_report(
        [finding for report in reports for finding in report.findings],
        [problem for report in reports for problem in report.problems],
        [card for report in reports for card in report.rules],
        notices=HOSTILE,
    )


def the_multitool() -> str:
    """The program, installed from npm when it is not there yet."""
    folder = oracle("@microsoft/sarif-multitool")
    locate = ["node", "--print", "require('@microsoft/sarif-multitool')"]
    found = subprocess.run(locate, cwd=folder, check=False, capture_output=True, text=True)
    program = Path(found.stdout.strip())
    if found.returncode or not program.is_file():
        pytest.skip(f"the SARIF Multitool does not run on this platform: {found.stderr.strip()[-200:]}")
    program.chmod(0o755)
    return os.fspath(program)
