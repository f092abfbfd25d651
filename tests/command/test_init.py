"""``archlint init`` proposes what holds: the rules it writes find nothing in the tree they were written for."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archlint.config import load
from archlint.proposal import propose
from archlint.proposal.writing import written
from archlint.run import Request
from tests.commands import archlint
from tests.trees import FIXTURES, check_tree, write_tree

SHOP = {
    "package.json": '{ "workspaces": ["apps/*", "libs/*"], "scripts": { "test:unit": "node t.mjs", "lint": "eslint", "test:watch": "node w.mjs" } }',
    "apps/shop/package.json": '{ "name": "shop", "dependencies": { "@acme/ui": "workspace:*" } }',
    "apps/shop/main.ts": "import { button } from '@acme/ui';\nbutton();\n",
    "apps/admin/package.json": '{ "name": "admin", "dependencies": { "@acme/ui": "workspace:*" } }',
    "apps/admin/main.ts": "import { button } from '@acme/ui';\nbutton();\n",
    "libs/ui/package.json": '{ "name": "@acme/ui", "main": "index.ts", "dependencies": { "@acme/core": "workspace:*" } }',
    "libs/ui/index.ts": "import { core } from '@acme/core';\nexport const button = () => core;\n",
    "libs/core/package.json": '{ "name": "@acme/core", "main": "index.ts" }',
    "libs/core/index.ts": "export const core = 1;\n" + "export const more = 2;\n" * 500,
    ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run test:unit\n",
    "t.mjs": "",
    "w.mjs": "",
}


def test_what_is_seen_in_a_workspace_is_written_down(tmp_path: Path) -> None:
    write_tree(tmp_path, SHOP)

    proposal = propose(Request(cwd=tmp_path, root=tmp_path))

    assert {zone.name: zone.glob for zone in proposal.zones} == {
        "shop": "apps/shop/**",
        "admin": "apps/admin/**",
        "ui": "libs/ui/**",
        "core": "libs/core/**",
    }
    assert proposal.layers.levels == (("admin", "shop"), ("ui",), ("core",))
    assert (proposal.longest, proposal.ceiling) == (("libs/core/index.ts", 501), 550)
    assert (proposal.wired, proposal.unwired) == (("test:unit",), ("lint",))


def test_what_breaks_the_contracts_later_is_found(tmp_path: Path) -> None:
    archlint("init", "--yes", cwd=write_tree(tmp_path, SHOP))
    upward = "import { main } from '../../apps/shop/main';\nexport const core = main;\n"
    write_tree(tmp_path, {"libs/core/up.ts": upward, ".github/workflows/ci.yml": SHOP["libs/core/index.ts"]})
    write_tree(tmp_path, {".github/workflows/ci.yml": "on: push\njobs: {}\n"})
    write_tree(tmp_path, {"apps/shop/long.ts": "open();\n" * 551})

    report = check_tree(tmp_path)

    rules = {finding.rule for finding in report.findings}
    assert {"upward-import", "unwired-gate", "oversized-file"} <= rules


@pytest.mark.parametrize("name", ["before", "after"])
def test_the_proposed_rules_hold_in_the_tree_they_were_made_for(tmp_path: Path, name: str) -> None:
    proposal = propose(Request(cwd=tmp_path, root=FIXTURES / "monorepo" / name))
    config = write_tree(tmp_path, written(proposal)) / "archlint.toml"
    own = {
        rule.id for rule in load(tmp_path, config, tmp_path).rules if rule.origin.path.endswith("rules.yml")
    }

    report = check_tree(FIXTURES / "monorepo" / name, config=config)

    assert own >= {"upward-import", "oversized-file"}
    assert [finding for finding in report.findings if finding.rule in {*own, "vacuous-rule"}] == []


FOLDERS = st.sampled_from(
    ["a", "b", "[id]", "(group)", "@x", "A b", "c.d", "ü", "{x}", "*", "a'b", 'q"q', "src"]
)
IMPORTS = st.lists(st.tuples(FOLDERS, FOLDERS), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(IMPORTS, st.sampled_from(["", "src/", "packages/"]))
def test_any_tree_gets_a_configuration_that_holds(
    tmp_path_factory: pytest.TempPathFactory, imports: list[tuple[str, str]], base: str
) -> None:
    root = tmp_path_factory.mktemp("tree")
    files = {f"{base}{folder}/index.ts": "" for pair in imports for folder in pair}
    for source, target in imports:
        files[f"{base}{source}/index.ts"] += f"import '../{target}/index';\n"
    write_tree(root, files)
    write_tree(root, written(propose(Request(cwd=root, root=root))))

    report = check_tree(root)

    shipped = {
        rule.id for rule in report.rules if rule.id not in {"upward-import", "oversized-file", "unwired-gate"}
    }
    assert [each for each in report.findings if each.rule not in shipped - {"vacuous-rule"}] == []


def test_nothing_is_written_without_consent(tmp_path: Path) -> None:
    write_tree(tmp_path, SHOP)

    run = archlint("init", cwd=tmp_path)

    assert run.returncode == 0
    assert "archlint init --yes" in run.stdout
    assert not (tmp_path / "archlint.toml").exists()


def test_a_configuration_that_is_there_is_left_alone(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, "archlint.toml": 'packs = ["recommended"]\n'})

    run = archlint("init", "--yes", cwd=tmp_path)

    assert run.returncode == 2
    assert "archlint.toml: is there already; edit it, or remove it first" in run.stderr
    assert (tmp_path / "archlint.toml").read_text() == 'packs = ["recommended"]\n'


@pytest.mark.parametrize(("answer", "is_written"), [(b"y\n", True), (b"\n", True), (b"n\n", False)])
def test_a_terminal_is_asked(tmp_path: Path, answer: bytes, *, is_written: bool) -> None:
    write_tree(tmp_path, SHOP)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "archlint", "init"], cwd=tmp_path, stdin=theirs, stdout=subprocess.PIPE
    ) as process:
        os.write(ours, answer)
        output, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)

    assert b"Write these files?" in output
    assert (tmp_path / "archlint.toml").exists() is is_written


def test_an_empty_tree_gets_the_recommended_rules(tmp_path: Path) -> None:
    run = archlint("init", "--yes", cwd=tmp_path)

    assert run.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [".archlint", "archlint.toml"]
