"""Checks trees whose comments are the whole expectation: nothing missing, nothing more."""

from collections import Counter
from pathlib import Path

import msgspec

from archlint.discover import discover
from archlint.evaluate import VACUOUS
from archlint.limits import Limits
from archlint.model import Report
from archlint.run import Request, check
from archlint.source import Source, read
from archlint.trial.markers import Expectation, marked, seen


class Fixture(msgspec.Struct, frozen=True):
    """A tree, what its markers expect, and the report on it."""

    root: Path
    expected: Counter[Expectation]
    report: Report

    @property
    def found(self) -> Counter[Expectation]:
        """What the report says; a rule that looks at nothing stands apart."""
        return seen(found for found in self.report.findings if found.rule != VACUOUS.id)

    @property
    def passed(self) -> bool:
        """Whether both agree, and the whole tree was read."""
        return self.found == self.expected and self.report.complete


def fixture(root: Path, config: Path | None, jobs: int) -> Fixture:
    """The tree at ``root``, checked with its own archlint.toml unless another is given."""
    report = check(Request(cwd=root, root=root, config=config, jobs=jobs))
    return Fixture(root, expectations(root), report)


def expectations(root: Path) -> Counter[Expectation]:
    """What the markers in the files below ``root`` expect."""
    sources = (read(root, path, Limits().read_bytes) for path in discover(root, ()).paths)
    files = (source for source in sources if isinstance(source, Source))
    return Counter(mark for file in files for mark in marked(file.path, file.data))
