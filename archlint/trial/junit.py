"""What came of trying rules, as JUnit XML: a suite for each rule, a case for each example."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from archlint.reporters.escape import terminal
from archlint.trial.examples import Trial
from archlint.trial.telling import reason


def junit(trials: Iterable[Trial]) -> str:
    """The document, with a line end."""
    root = Element("testsuites", name="archlint test")
    for rule, group in groupby(trials, key=lambda trial: trial.rule.id):
        cases = tuple(group)
        failures = str(sum(not case.passed for case in cases))
        suite = SubElement(root, "testsuite", name=rule, tests=str(len(cases)), failures=failures)
        for case in cases:
            _case(suite, case)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: Element, trial: Trial) -> None:
    origin = trial.rule.origin
    case = SubElement(
        suite,
        "testcase",
        classname=trial.rule.id,
        name=f"{trial.side} {trial.number}",
        file=terminal(origin.path),
        line=str(origin.line),
    )
    if not trial.passed:
        failure = SubElement(case, "failure", message=terminal(f"the example {reason(trial)}"))
        failure.text = "\n".join(terminal(found.message) for found in trial.verdict.findings)
