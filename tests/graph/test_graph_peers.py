"""The graph of public packages, beside what dependency-cruiser and oxlint make of the same sources."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from tests.oracles import oracle

PACKAGES = ("@tanstack/query-core", "effect", "rxjs")
Ends = tuple[str, str]
pytestmark = pytest.mark.slow


@pytest.fixture(params=PACKAGES)
def package(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The TypeScript sources of a package, as its authors publish them."""
    published = oracle("dependency-cruiser", "npm-graph") / "node_modules" / request.param
    shutil.copytree(published / "src", tmp_path / "src")
    for document in ("package.json", "tsconfig.json"):
        if (published / document).exists():
            shutil.copy(published / document, tmp_path)
    (tmp_path / "archlint.toml").write_text('packs = ["recommended"]\n')
    return tmp_path


def test_every_import_is_an_edge_to_dependency_cruiser_too(package: Path) -> None:
    cruised = json.loads(peer(package, "depcruise", "src", *CRUISE))
    theirs = {
        (module["source"], each["resolved"])
        for module in cruised["modules"]
        for each in module["dependencies"]
    }

    assert set(edges(package)) == {ends for ends in theirs if ends[1].startswith("src/")}


def test_oxlint_sees_cycles_in_the_same_files(package: Path) -> None:
    values = nx.DiGraph(ends for ends, is_type in edges(package).items() if not is_type)
    on_cycles = {
        path for group in nx.strongly_connected_components(values) if len(group) > 1 for path in group
    }
    linted = json.loads(peer(package, "oxlint", *LINT, "src"))

    assert {told["filename"] for told in linted["diagnostics"]} == on_cycles


CRUISE = ("--no-config", "--ts-pre-compilation-deps", "--output-type", "json")
LINT = ("--import-plugin", "-A", "all", "-D", "import/no-cycle", "-f", "json")


def peer(root: Path, name: str, *arguments: str) -> str:
    """What a program of npm prints."""
    program = oracle("dependency-cruiser", "npm-graph") / "node_modules" / ".bin" / name
    run = subprocess.run(
        [program, *arguments], cwd=root, capture_output=True, text=True, check=False, timeout=300
    )
    assert run.stdout, run.stderr
    return run.stdout


def edges(root: Path) -> dict[Ends, bool]:
    """Which file imports which, and whether for its types alone."""
    command = [sys.executable, "-m", "archlint", "graph", "--format", "json"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode in (0, 3), run.stderr
    return {(each["from"], each["to"]): each["type-only"] for each in json.loads(run.stdout)["edges"]}
