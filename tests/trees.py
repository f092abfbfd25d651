"""The boundary of the whole tool for tests: write a tree, check it, read what its markers expect."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from archlint.model import Report
from archlint.run import Request, check
from archlint.trial.fixtures import expectations
from archlint.trial.markers import Expectation

REPOSITORY = Path(__file__).parent.parent
FIXTURES = REPOSITORY / "fixtures"
PACKS = REPOSITORY / "rules"

_BUILT_IN = frozenset({"vacuous-rule"})


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


def check_rule(root: Path, rule: str, files: Mapping[str, str]) -> Report:
    """The report of one rule, `a-rule`, whose kind and keys are given as YAML's flow text, on these files."""
    config = {
        "archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml", "archlint.toml"]',
        "rules.yml": f"rules: [{{ id: a-rule, {rule} }}]",
    }
    return check_tree(write_tree(root, {**config, **files}), jobs=1)


def found(report: Report) -> Counter[Expectation]:
    """What a report found, as markers would say it; built-in rules stand apart."""
    return Counter(
        (finding.place.path, finding.place.span.line, finding.rule)
        for finding in report.findings
        if finding.rule not in _BUILT_IN
    )


def expected(root: Path) -> Counter[Expectation]:
    """What the markers in a tree expect."""
    return expectations(root)
