"""Every fixture is a small repository whose markers are the whole expectation: nothing missing, nothing extra."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from archlint.model import Report
from tests.trees import FIXTURES, PACKS, check_tree, expected, found

CLICKEEN = PACKS / "clickeen" / "archlint.toml"
SMALL = sorted(path.parent for path in FIXTURES.glob("*/*/archlint.toml"))


@pytest.mark.parametrize("root", SMALL, ids=lambda root: str(root.relative_to(FIXTURES)))
def test_a_small_repository_gives_exactly_the_findings_its_markers_expect(root: Path) -> None:
    report = check_tree(root)

    assert found(report) == expected(root)
    assert report.complete


@cache
def report_of(state: str) -> Report:
    return check_tree(FIXTURES / "monorepo" / state, config=CLICKEEN)


@pytest.mark.parametrize("state", ["before", "after", "refactored"])
def test_the_monorepo_gives_exactly_the_findings_its_markers_expect(state: str) -> None:
    report = report_of(state)

    assert found(report) == expected(FIXTURES / "monorepo" / state)
    assert report.complete


@pytest.mark.parametrize("state", ["after", "refactored"])
def test_the_monorepo_after_the_work_is_clean_and_every_rule_looked_at_it(state: str) -> None:
    report = report_of(state)

    assert report.findings == ()
    assert report.exit_code == 0


def test_what_breaks_the_contracts_after_a_refactor_is_found_where_it_moved_to(tmp_path: Path) -> None:
    root = tmp_path / "monorepo"
    for layer in ("refactored", "refactored-breaches"):
        shutil.copytree(FIXTURES / "monorepo" / layer, root, dirs_exist_ok=True)

    report = check_tree(root, config=CLICKEEN)

    assert found(report) == expected(root)
    assert len({rule for _, _, rule in expected(root)}) >= 10
