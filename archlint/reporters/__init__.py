"""The formats a report can be told in. Each is a pure function from the report to text."""

from collections.abc import Mapping

from archlint.extend import Reporter
from archlint.reporters import concise, github, json, sarif, text

REPORTERS: Mapping[str, Reporter] = {
    reporter.name: reporter
    for reporter in (text.REPORTER, concise.REPORTER, json.REPORTER, sarif.REPORTER, github.REPORTER)
}

__all__ = ["REPORTERS"]
