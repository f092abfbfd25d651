"""A team adopts archlint on a repository with debt, from ``init`` to the pull request that pays some of it off."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.adoption.repositories import commit, git, repository
from tests.command.test_init import SHOP
from tests.commands import archlint
from tests.reporting.test_multitool import ghas_errors
from tests.reporting.test_sarif import SCHEMA

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

LEGACY = "export const open = () => fetch('/api/open?plan=legacy');\n"
STANDARD = LEGACY.replace("legacy", "standard")
DEBT = {
    **SHOP,
    "libs/core/plan.ts": "export const PLAN = 'standard';\n",
    "apps/shop/order.ts": "import { PLAN } from '../../libs/core/plan';\nfetch(`/api/order?plan=${PLAN}`);\n",
    "apps/shop/circle.ts": "import './back';\n",
    "apps/shop/back.ts": "import './circle';\n",
    "apps/admin/far.ts": "import 'left-pad';\n",
    **{f"apps/admin/{name}.ts": LEGACY for name in ("one", "two", "three")},
}
OWN_RULE = {
    "architecture/plans.yml": """\
rules:
  - id: retired-plan
    why: Billing dropped the legacy plan.
    fix: Use plan `standard`.
    files: ["zone:shop", "zone:admin"]
    value: { forbid: legacy, at: [{ query: plan }] }
"""
}


def run(root: Path, *arguments: str, code: int) -> str:
    """What archlint says, which ends with this exit code."""
    result: subprocess.CompletedProcess[str] = archlint(*arguments, cwd=root)

    assert result.returncode == code, result.stdout + result.stderr
    return result.stdout


def branch(root: Path, name: str, files: Mapping[str, str]) -> Path:
    git(root, "switch", "-q", "-c", name, "main")
    return commit(root, files)


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository, with archlint adopted on main."""
    root = repository(tmp_path_factory.mktemp("journey") / "root", DEBT)
    told = run(root, "init", "--yes", code=0)
    assert "findings already; next:\n  archlint check " in told
    git(root, "add", "--all")

    commit(root, OWN_RULE)
    first = run(root, "check", "--format", "concise", code=1)
    assert first.count("[retired-plan]") == 3
    assert first.count("[circular-import]") == first.count("[undeclared-dependency]") == 1

    run(root, "baseline", code=0)
    known = (root / "archlint-baseline.txt").read_text()
    assert known.count("\tretired-plan\t") == 3

    # What pre-commit runs: the index, with the baseline that is in it.
    run(root, "check", "--staged", code=1)
    git(root, "add", "--all")
    assert "0 new, 0 fixed" in run(root, "check", "--staged", code=0)
    return commit(root)


def test_a_commit_is_judged_by_what_is_staged(adopted: Path) -> None:
    (adopted / "apps/admin/four.ts").write_text(LEGACY)
    git(adopted, "add", "apps/admin/four.ts")

    told = run(adopted, "check", "--staged", "--format", "concise", code=1)
    git(adopted, "rm", "-q", "-f", "apps/admin/four.ts")

    assert told.startswith("apps/admin/four.ts:1:49: error[retired-plan]")
    assert ", 1 new, 0 fixed\n" in told


@pytest.fixture(scope="module")
def breach(adopted: Path) -> Path:
    """The log of a pull request that changes a constant in a package, which an app sends on."""
    plan = DEBT["libs/core/plan.ts"].replace("standard", "legacy")
    root = branch(adopted, "breach", {"libs/core/plan.ts": plan})
    log = root.parent / "breach.sarif"
    run(root, "check", "--gate", "main", "--since", "main", "--report", f"sarif={log}", code=1)

    assert git(root, "diff", "--name-only", "main").split() == ["libs/core/plan.ts"]
    return log


@pytest.fixture(scope="module")
def mended(adopted: Path) -> Path:
    """The log of a pull request that mends three findings, before its baseline is updated; it is afterwards."""
    files = {f"apps/admin/{name}.ts": STANDARD for name in ("one", "two", "three")}
    root = branch(adopted, "mend", files)
    log = root.parent / "mend.sarif"

    told = run(root, "check", "--report", f"sarif={log}", code=1)
    assert ", 0 new, 3 fixed\n" in told
    assert "3 taken out" in run(root, "baseline", "--update", code=0)
    commit(root)
    run(root, "check", "--gate", "main", "--since", "main", code=0)
    return log


def test_a_breach_in_a_file_that_a_pull_request_did_not_touch_is_told(breach: Path) -> None:
    assert places(breach) == [("retired-plan", "apps/shop/order.ts", 2)]


def test_a_pull_request_that_mends_three_shrinks_the_baseline(adopted: Path, mended: Path) -> None:
    before, after = (
        set(git(adopted, "show", f"{ref}:archlint-baseline.txt").splitlines()) for ref in ("main", "mend")
    )

    assert {rule for rule, *_ in places(mended)} == {"stale-baseline"}
    assert before - after == {line for line in before if "\tretired-plan\t" in line}
    assert after < before


def test_github_takes_the_logs_of_both(breach: Path, mended: Path, tmp_path: Path) -> None:
    for log in (breach, mended):
        SCHEMA.validate(json.loads(log.read_text()))

    assert ghas_errors([breach, mended], tmp_path / "verdict") == []


def places(log: Path) -> list[tuple[str, str, int]]:
    (only,) = json.loads(log.read_text())["runs"]
    physical = [(each["ruleId"], each["locations"][0]["physicalLocation"]) for each in only["results"]]
    return [(rule, at["artifactLocation"]["uri"], at["region"]["startLine"]) for rule, at in physical]
