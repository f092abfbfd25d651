"""The boundary of the whole tool for tests: write a tree, check it, read what its markers expect."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from archlint.model import Report
from archlint.run import Request, check

REPOSITORY = Path(__file__).parent.parent
FIXTURES = REPOSITORY / "fixtures"
PACKS = REPOSITORY / "rules"

_MARKER = re.compile(rb"expect(-next)?:\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)")
_BUILT_IN = frozenset({"vacuous-rule"})

Expectation = tuple[str, int, str]  # path, line, rule


def write_tree(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """``root`` with these files in it."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def check_tree(root: Path, *, config: Path | None = None, jobs: int = 2, **request: object) -> Report:
    """The report of a run on ``root``."""
    return check(Request(cwd=root, root=root, config=config, jobs=jobs, **request))  # type: ignore[arg-type]


def found(report: Report) -> Counter[Expectation]:
    """What a report found, as markers would say it; built-in rules stand apart."""
    return Counter(
        (finding.place.path, finding.place.span.line, finding.rule)
        for finding in report.findings
        if finding.rule not in _BUILT_IN
    )


def expected(root: Path) -> Counter[Expectation]:
    """What the markers in a tree expect.

    ``expect: RULE`` speaks of its own line, ``expect-next: RULE`` of the next; the file ``.expect`` at the root
    holds ``path:line RULE`` for files without comments. An id twice means two findings.
    """
    return Counter(_markers(root))


def _markers(root: Path) -> Iterator[Expectation]:
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        relative = path.relative_to(root).as_posix()
        if relative.startswith(".archlint_cache/"):
            continue
        if relative == ".expect":
            yield from _listed(path.read_text())
            continue
        for number, line in enumerate(re.split(rb"\r\n|\n|\r", path.read_bytes()), start=1):
            for match in _MARKER.finditer(line):
                for rule in match[2].decode().split(","):
                    yield relative, number + bool(match[1]), rule.strip()


def _listed(text: str) -> Iterator[Expectation]:
    for entry in text.splitlines():
        if entry.strip():
            place, rule = entry.split()
            path, line = place.rsplit(":", 1)
            yield path, int(line), rule
