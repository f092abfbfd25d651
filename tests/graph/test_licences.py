"""Imports judged by the licences of packages, as lock files and what is installed state them."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.installed import read_installed
from archlint.kinds.graph.spdx import forced, granted
from archlint.source import Source
from tests.commands import archlint
from tests.trees import write_tree

# --- expressions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "patterns", "is_forced", "is_granted"),
    [
        ("MIT", ["MIT"], True, True),
        ("mit", ["MIT"], True, True),
        ("MIT", ["GPL-*"], False, False),
        ("MIT OR GPL-3.0", ["GPL-*"], False, True),
        ("(MIT AND GPL-3.0)", ["GPL-*"], True, False),
        ("MIT OR GPL-2.0 AND GPL-3.0", ["MIT"], False, True),
        ("(MIT OR GPL-2.0) AND GPL-3.0", ["MIT"], False, False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", ["GPL-2.0-only"], True, True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", ["*Classpath*"], True, True),
        ("MIT OR GPL-2.0-only WITH Classpath-exception-2.0", ["*Classpath*"], False, True),
        ("GPL-2.0+", ["GPL-2.0"], True, True),
        ("Apache 2.0", ["Apache*"], True, True),
        ("Apache 2.0", ["Apache"], False, False),
        ("SEE LICENSE IN EULA.txt", ["SEE LICENSE*"], True, True),
        ("(MIT OR", ["MIT"], False, False),
        ("MIT OR OR ISC", ["MIT"], False, False),
        ("OR", ["OR"], True, True),
        ("(" * 9_999 + "MIT", ["MIT"], False, False),
        ("AGPL-3.0", ["/^A?GPL/"], True, True),
        ("", ["unknown"], True, True),
        ("", ["*"], False, False),
        ("NOASSERTION", ["unknown", "MIT"], True, True),
    ],
)
def test_or_is_a_choice_and_and_is_none(
    expression: str, patterns: list[str], is_forced: object, is_granted: object
) -> None:
    assert (forced(expression, patterns), granted(expression, patterns)) == (is_forced, is_granted)


Tree = str | tuple[str, list[Any]]
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.sampled_from(["MIT", "ISC", "GPL-3.0", "AGPL-3.0"]),
    lambda inner: st.tuples(st.sampled_from(["OR", "AND"]), st.lists(inner, min_size=2, max_size=3)),
    max_leaves=12,
)


def written(tree: Tree) -> str:
    if isinstance(tree, str):
        return tree
    operator, sides = tree
    # AND binds tighter: of its sides those with OR need brackets.
    texts = [f"({written(s)})" if not isinstance(s, str) and s[0] == "OR" else written(s) for s in sides]
    return f" {operator} ".join(texts)


def ways_to_choose(tree: Tree) -> list[frozenset[str]]:
    """The sets of licences that a user can end up under."""
    if isinstance(tree, str):
        return [frozenset({tree})]
    operator, sides = tree
    if operator == "OR":
        return [way for side in sides for way in ways_to_choose(side)]
    ways = [frozenset[str]()]
    for side in sides:
        ways = [way | more for way in ways for more in ways_to_choose(side)]
    return ways


@given(TREES)
def test_an_expression_is_what_its_ways_to_choose_are(tree: Tree) -> None:
    ways, expression = ways_to_choose(tree), written(tree)

    assert forced(expression, ["*GPL*"]) is all(any("GPL" in each for each in way) for way in ways)
    assert granted(expression, ["MIT", "ISC"]) is any(way <= {"MIT", "ISC"} for way in ways)


# --- rules -------------------------------------------------------------------------------------------------

LOCK = {
    "lockfileVersion": 3,
    "packages": {
        "": {"name": "shop"},
        "node_modules/free": {"version": "1.0.0", "license": "MIT"},
        "node_modules/chosen": {"version": "1.0.0", "license": "(MIT OR GPL-3.0-only)"},
        "node_modules/viral": {"version": "1.0.0", "license": "AGPL-3.0-only"},
        "node_modules/@acme/silent": {"version": "1.0.0"},
        "packages/a/node_modules/free": {"version": "2.0.0", "license": "GPL-3.0-only"},
    },
}
PAGE = """\
import "free";
import "chosen/deep";
import "viral";
import "@acme/silent";
import "node:fs";
import "./other";
"""
TREE = {
    "package.json": '{ "name": "shop", "workspaces": ["packages/*"] }',
    "page.ts": PAGE,
    "other.ts": "",
    "packages/a/package.json": '{ "name": "@shop/a" }',
    "packages/a/index.ts": 'import "free"; // import "viral"\n',
    "tool.py": "import viral\n",
}


def findings(root: Path, rule: str, files: Mapping[str, str], *, code: int = 1) -> list[str]:
    """What a rule ``imports`` says of a tree."""
    setup = {"archlint.toml": 'rules = ["rules.yml"]\n', "rules.yml": f"- id: licence\n  imports: {rule}\n"}
    run = archlint("check", "--format", "json", cwd=write_tree(root, {**files, **setup}))
    found = json.loads(run.stdout)["findings"]

    assert run.returncode == code, run.stdout + run.stderr
    return [f"{each['place']['path']}:{each['place']['line']} {each['message']}" for each in found]


def test_a_licence_is_forbidden_where_nobody_can_choose_another(tmp_path: Path) -> None:
    files = {**TREE, "package-lock.json": json.dumps(LOCK, indent=2)}
    line = files["package-lock.json"].split("AGPL")[0].count("\n") + 1
    inner = files["package-lock.json"].split('"GPL-3.0-only"')[0].count("\n") + 1

    assert findings(tmp_path, '{ forbid: { licences: ["*GPL-*"] } }', files) == [
        f"packages/a/index.ts:1 imports 'free', which is under the licence 'GPL-3.0-only' (package-lock.json:{inner})",
        f"page.ts:3 imports 'viral', which is under the licence 'AGPL-3.0-only' (package-lock.json:{line})",
    ]


def test_only_some_licences_are_fine_and_what_nobody_knows_is_none_of_them(tmp_path: Path) -> None:
    files = {**TREE, "package-lock.json": json.dumps(LOCK)}
    rest = "only what is under MIT may be imported"

    assert findings(tmp_path, "{ from: page.ts, only: { licences: MIT } }", files) == [
        f"page.ts:3 imports 'viral', which is under the licence 'AGPL-3.0-only' (package-lock.json:1); {rest}",
        (
            "page.ts:4 imports '@acme/silent', which is under a licence that neither package-lock.json nor "
            f"node_modules states; {rest}"
        ),
    ]


def test_both_sides_of_and_must_be_among_the_only_ones(tmp_path: Path) -> None:
    files = {
        "page.ts": 'import "a";\nimport "b";\nimport "own";\n',
        "node_modules/a/package.json": '{ "license": "BSD-3-Clause AND MPL-2.0" }',
        "node_modules/b/package.json": '{ "license": "BSD-3-Clause AND ISC" }',
    }
    rule = '{ only: { packages: own, licences: [ISC, "BSD-*"] } }'

    assert findings(tmp_path, rule, files) == [
        (
            "page.ts:1 imports 'a', which is under the licence 'BSD-3-Clause AND MPL-2.0' "
            "(node_modules/a/package.json:1); only own, what is under ISC, BSD-* may be imported"
        )
    ]


def test_an_unknown_licence_can_be_forbidden_and_a_package_excused(tmp_path: Path) -> None:
    files = {**TREE, "package-lock.json": json.dumps(LOCK)}
    rule = '{ forbid: { licences: [unknown, "AGPL-*"], ignore: viral } }'

    assert findings(tmp_path, rule, files) == [
        (
            "page.ts:4 imports '@acme/silent', which is under a licence that neither package-lock.json nor "
            "node_modules states"
        )
    ]


def test_a_package_of_the_workspace_is_under_the_licence_that_it_states(tmp_path: Path) -> None:
    files = {
        "package.json": '{ "workspaces": ["packages/*"] }',
        "packages/a/package.json": '{ "name": "@shop/a", "license": "UNLICENSED" }',
        "packages/b/package.json": '{ "name": "@shop/b" }',
        "packages/a/index.ts": "",
        "packages/b/index.ts": "",
        "page.ts": 'import "@shop/a";\nimport "@shop/b";\n',
    }

    assert findings(tmp_path, "{ forbid: { licences: [UNLICENSED, unknown] } }", files) == [
        "page.ts:1 imports 'packages/a/index.ts', which is under the licence 'UNLICENSED' (packages/a/package.json:1)"
    ]


def test_what_is_installed_says_what_no_lock_file_does(tmp_path: Path) -> None:
    files = {
        **TREE,
        ".gitignore": "node_modules\n",
        "node_modules/free/package.json": '{\n  "licenses": [{ "type": "MIT" }, { "type": "ISC" }]\n}',
        "node_modules/viral/package.json": '{\n  "license": { "type": "AGPL-3.0" }\n}',
        "node_modules/@acme/silent/package.json": "not JSON",
        "packages/a/node_modules/free/package.json": '{ "license": "GPL-2.0" }',
        "packages/a/node_modules/viral/index.js": "",
    }

    assert findings(tmp_path, '{ forbid: { licences: "*GPL-*" } }', files) == [
        (
            "packages/a/index.ts:1 imports 'free', which is under the licence 'GPL-2.0' "
            "(packages/a/node_modules/free/package.json:1)"
        ),
        "page.ts:3 imports 'viral', which is under the licence 'AGPL-3.0' (node_modules/viral/package.json:2)",
    ]


def test_the_types_of_a_package_may_be_all_that_is_installed(tmp_path: Path) -> None:
    files = {
        "page.ts": 'import type { A } from "@acme/a";\nimport "@acme/a";\n',
        "node_modules/@types/acme__a/package.json": '{ "license": "MIT" }',
    }

    assert findings(tmp_path, "{ only: { licences: MIT } }", files) == [
        (
            "page.ts:2 imports '@acme/a', which is under a licence that neither package-lock.json nor node_modules "
            "states; only what is under MIT may be imported"
        )
    ]


def test_pnpm_links_are_taken_inside_the_tree(tmp_path: Path) -> None:
    store = "node_modules/.pnpm/viral@1.0.0/node_modules/viral"
    files = {**TREE, f"{store}/package.json": '{ "license": "AGPL-3.0" }'}
    write_tree(tmp_path, files)
    (tmp_path / "node_modules" / "viral").symlink_to(".pnpm/viral@1.0.0/node_modules/viral")

    assert findings(tmp_path, '{ forbid: { licences: "AGPL-*" } }', files) == [
        "page.ts:3 imports 'viral', which is under the licence 'AGPL-3.0' (node_modules/viral/package.json:1)"
    ]


def test_a_rule_that_knows_no_licence_looks_at_nothing(tmp_path: Path) -> None:
    (told,) = findings(tmp_path, '{ forbid: { licences: "GPL-*" } }', TREE)

    assert "rule 'licence' looks at nothing: no licence of what is imported is known" in told


def test_a_tree_without_packages_needs_no_licence(tmp_path: Path) -> None:
    files = {"page.ts": 'import "node:fs";', "tool.py": "import yaml"}

    assert findings(tmp_path, "{ forbid: { licences: MIT } }", files, code=0) == []


def test_a_lock_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    files = {**TREE, "package-lock.json": "<<<<<<< HEAD\n{}\n"}
    setup = {
        "archlint.toml": 'rules = ["rules.yml"]\n',
        "rules.yml": "- id: licence\n  allow-empty: true\n  imports: { forbid: { licences: MIT } }\n",
    }

    run = archlint("check", cwd=write_tree(tmp_path, {**files, **setup}))

    assert "partly read[syntax]: its licences cannot be read: JSON is malformed" in run.stdout
    assert "--> package-lock.json" in run.stdout
    assert run.returncode == 3


def test_a_lock_file_may_be_larger_than_what_is_parsed(tmp_path: Path) -> None:
    filler = {f"node_modules/filler-{number}": {"resolved": "x" * 1000} for number in range(1500)}
    lock = {"packages": {**filler, "node_modules/viral": {"license": "AGPL-3.0"}}}
    files = {"page.ts": 'import "viral";', "package-lock.json": json.dumps(lock)}

    assert len(files["package-lock.json"]) > 1_048_576
    assert len(findings(tmp_path, '{ forbid: { licences: "AGPL-*" } }', files)) == 1


def test_what_is_installed_is_read_for_no_other_rule(tmp_path: Path) -> None:
    files = {**TREE, "node_modules/viral/package.json": '{ "license": "AGPL-3.0" }'}
    setup = {
        "archlint.toml": 'rules = ["rules.yml"]\n',
        "rules.yml": "- id: licence\n  imports: { forbid: { packages: gone } }\n",
    }
    write_tree(tmp_path, {**files, **setup})
    os.mkfifo(tmp_path / "node_modules" / "free")  # would hold up whoever opens it

    run = archlint("check", cwd=tmp_path)

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{ require: { licences: MIT } }", "licences can be forbidden, or be the only ones"),
        ('{ forbid: { licences: ["/(/"] } }', "bad name pattern"),
        ("{ forbid: { licenses: MIT } }", 'unknown key "licenses"; did you mean "licences"?'),
    ],
)
def test_a_mistake_about_licences_is_told(tmp_path: Path, rule: str, said: str) -> None:
    setup = {"archlint.toml": 'rules = ["rules.yml"]\n', "rules.yml": f"- id: licence\n  imports: {rule}\n"}

    run = archlint("check", cwd=write_tree(tmp_path, setup))

    assert said in run.stderr
    assert run.returncode == 2


# --- links -------------------------------------------------------------------------------------------------


def test_no_link_leads_out_of_the_tree(tmp_path: Path) -> None:
    outside = write_tree(tmp_path / "outside", {"package.json": "{}"})
    root = write_tree(tmp_path / "root", {"a/package.json": "{}", "a/other.json": "{}"})
    modules = root / "node_modules"
    modules.mkdir()
    links = {
        "absolute": str(outside),
        "up": "../../outside",
        "around": "../a/../../root/a",
        "root": "../../../../../../../../../../..",
        "itself": "itself",
        "one": "other",
        "other": "one",
        "gone": "../gone",
        "fine": "../a/./../a",
        "twice": "fine",
    }
    for name, target in links.items():
        (modules / name).symlink_to(target)
    (modules / "file").mkdir()
    (modules / "file" / "package.json").symlink_to("../../a/other.json")
    (modules / "pipe").mkdir()
    os.mkfifo(modules / "pipe" / "package.json")

    found = {
        name
        for name in (*links, "file", "pipe", "\0", "x" * 300)
        if read(root, f"node_modules/{name}/package.json")
    }

    assert found == {"fine", "twice"}
    assert read_installed(root, "node_modules/fine/package.json", 1) is None


def read(root: Path, path: str) -> Source | None:
    return read_installed(root, path, 1000)
