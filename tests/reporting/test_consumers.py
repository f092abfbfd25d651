"""Reports as programs read them that others wrote: JUnit by junitparser, rdjson by a validator of the format."""

import json
import subprocess
from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestSuite

from archlint.model import Report, Severity
from tests.commands import archlint
from tests.oracles import oracle
from tests.reporting.reports import told
from tests.reporting.test_formats import REPORTS
from tests.trees import write_tree

_VALIDATOR = "@umbrelladocs/rdformat-validator"


def suites(text: str) -> list[TestSuite]:
    return list(JUnitXml.fromstring(text.encode()))


@pytest.mark.parametrize("report", REPORTS)
def test_junitparser_finds_each_finding_once(report: Report) -> None:
    cases = [case for suite in suites(told("junit", report)) for case in suite]
    failing = sum(finding.severity.rank <= report.fail_on.rank for finding in report.findings)

    assert sum(any(isinstance(each, Failure) for each in case.result) for case in cases) == failing
    lighter = len(report.findings) - failing
    unread = len(report.problems) + report.is_idle
    skipped = sum(any(isinstance(each, Skipped) for each in case.result) for case in cases)
    errors = sum(any(isinstance(each, Error) for each in case.result) for case in cases)
    assert (skipped, errors) == ((lighter + unread, 0) if report.incomplete_passes else (lighter, unread))


@pytest.mark.parametrize("report", REPORTS)
def test_junitparser_counts_what_the_suites_say(report: Report) -> None:
    for suite in suites(told("junit", report)):
        said = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()  # type: ignore[no-untyped-call]

        assert said == (suite.tests, suite.failures, suite.errors, suite.skipped)


def test_junitparser_reads_what_came_of_examples(tmp_path: Path) -> None:
    rules = "- { id: a, text: { forbid: x }, tests: { bad: [x, y], good: [z] } }"
    write_tree(tmp_path, {"archlint.toml": 'rules = ["r.yml"]\n', "r.yml": rules})

    (suite,) = suites(archlint("test", "--format", "junit", cwd=tmp_path).stdout)

    assert (suite.name, len(list(suite))) == ("a", 3)
    assert [case.name for case in suite if case.result] == ["bad 2"]


def test_the_validator_of_rdformat_takes_every_report_and_no_other(tmp_path: Path) -> None:
    folder = oracle(_VALIDATOR, "npm-formats") / "node_modules" / _VALIDATOR
    for number, report in enumerate(REPORTS):
        (tmp_path / f"{number}.json").write_text(told("rdjson", report))

    def valid(*paths: Path) -> bool:
        command = ["node", str(folder / "bin" / "rdformat-validator.js"), *map(str, paths)]
        return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0

    assert all(valid(path) for path in sorted(tmp_path.glob("*.json")))
    broken = {"diagnostics": [{"message": "m", "location": {}, "severity": Severity.ERROR}]}
    (tmp_path / "broken.json").write_text(json.dumps(broken))
    assert not valid(tmp_path / "broken.json")
