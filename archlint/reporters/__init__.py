"""The formats a report can be told in, in one list. Each is a pure function from the report to text."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from archlint.extend import Reporter

FORMATS: Mapping[str, str] = {
    "text": "text",
    "concise": "concise",
    "json": "json",
    "sarif": "sarif",
    "github": "ci.github",
    "gitlab": "ci.gitlab",
    "junit": "ci.junit",
    "markdown": "ci.markdown",
    "rdjson": "ci.rdjson",
}
"""The module of each format, by its name; it is loaded when a report is told in it."""


class _Reporters(Mapping[str, Reporter]):
    def __getitem__(self, name: str) -> Reporter:
        reporter: Reporter = import_module(f"archlint.reporters.{FORMATS[name]}").REPORTER
        return reporter

    def __iter__(self) -> Iterator[str]:
        return iter(FORMATS)

    def __len__(self) -> int:
        return len(FORMATS)

    def __contains__(self, name: object) -> bool:
        return name in FORMATS


REPORTERS = _Reporters()

__all__ = ["FORMATS", "REPORTERS"]
