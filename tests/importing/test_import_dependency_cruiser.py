"""``archlint import dependency-cruiser``: rules by its documentation. An offence and a look-alike for each."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.importing.carrying import CannotCarryError
from archlint.importing.path_regexes import globs_of
from archlint.scope import captured, capturing, matching
from tests.importing.trees import found_in, imported
from tests.trees import write_tree

TEST_FILES = "[.](?:spec|test)[.](?:js|mjs|ts|tsx)$"
FORBIDDEN = [
    {
        "name": "no-circular",
        "severity": "warn",
        "comment": "Circles\nhurt",
        "from": {},
        "to": {"circular": True},
    },
    {
        "name": "no-orphans",
        "severity": "info",
        "from": {
            "orphan": True,
            "pathNot": ["(^|/)[.][^/]+[.](?:js|ts)$", "[.]d[.]ts$", "(^|/)vite[.]config[.]ts$"],
        },
        "to": {},
    },
    {"name": "lost", "severity": "error", "from": {}, "to": {"couldNotResolve": True}},
    {"name": "not-to-spec", "severity": "error", "from": {"pathNot": TEST_FILES}, "to": {"path": TEST_FILES}},
    {
        "name": "not-to-dev-dep",
        "severity": "error",
        "from": {"path": "^(src)", "pathNot": TEST_FILES},
        "to": {
            "dependencyTypes": ["npm-dev"],
            "dependencyTypesNot": ["type-only"],
            "pathNot": ["node_modules/@types/"],
        },
    },
    {
        "name": "undeclared",
        "severity": "error",
        "from": {},
        "to": {"dependencyTypes": ["npm-no-pkg", "npm-unknown"]},
    },
    {
        "name": "old-builtins",
        "severity": "warn",
        "from": {},
        "to": {"dependencyTypes": ["core"], "path": ["^v8/tools/codemap$", "^(punycode|domain)$"]},
    },
    {
        "name": "cross-feature",
        "severity": "error",
        "from": {"path": "^src/features/([^/]+)/"},
        "to": {"path": "^src/features/([^/]+)/", "pathNot": "^src/features/$1/"},
    },
    {
        "name": "own-schema",
        "severity": "error",
        "from": {"path": "^src/handlers/([^/]+)/"},
        "to": {"path": "^src/schemas/$1[.]ts$"},
    },
    {
        "name": "page-to-db",
        "severity": "error",
        "from": {"path": "^src/pages/"},
        "to": {"path": "^src/db/", "reachable": True},
    },
    {
        "name": "dead",
        "severity": "error",
        "from": {"path": "^src/main[.]ts$"},
        "to": {"path": "^src/lib/", "reachable": False},
    },
    {"name": "lodash", "severity": "error", "from": {}, "to": {"path": "node_modules/(lodash|underscore)/"}},
    {
        "name": "core-stays-pure",
        "severity": "error",
        "from": {"path": "^src/core/"},
        "to": {"pathNot": ["^src/core/", "^node_modules/zod/"]},
    },
]
REQUIRED = [
    {"name": "base", "module": {"path": "-controller[.]ts$"}, "to": {"path": "^src/base[.]ts$"}},
]
TREE = {
    "package.json": '{ "dependencies": { "zod": "3", "react": "1" }, "devDependencies": { "vitest": "1" } }',
    "src/main.ts": 'import "./lib/used"; import "./pages/home"; import "./core/a"; import "./user-controller";'
    ' import "./features/list/b"; import "./handlers/pay/index"; import "./schemas/pay"; import "./db/rows"; import "react"; import "./base"; import "./schemas/refund";',
    "src/lib/used.ts": 'export const a = 1; // import "lodash"',
    "src/base.ts": "export const a = 1;",
    "src/user-controller.ts": 'import "./base";',
    "src/pages/home.ts": 'import "../features/cart/a"; const text = "../db/rows";',
    "src/db/rows.ts": "export const a = 1;",
    "src/features/cart/a.ts": 'import "./c";',
    "src/features/cart/c.ts": "export const a = 1;",
    "src/features/list/b.ts": "export const a = 1;",
    "src/handlers/pay/index.ts": 'import "../../schemas/refund";',
    "src/schemas/pay.ts": "export const a = 1;",
    "src/schemas/refund.ts": "export const a = 1;",
    "src/core/a.ts": 'import "./b"; import { z } from "zod";',
    "src/core/b.ts": "export const a = 1;",
    "src/a.test.ts": 'import { test } from "vitest"; import "./b.test";',
    "src/b.test.ts": "export const a = 1;",
    "vite.config.ts": "export default {};",
}
OFFENCES = {
    "no-circular": {"src/features/cart/c.ts": 'import "./a";'},
    "no-orphans": {"src/alone.ts": "const a = 1;"},
    "lost": {"src/lib/used.ts": 'import "./gone";'},
    "not-to-spec": {"src/lib/used.ts": 'import "../b.test";'},
    "not-to-dev-dep": {"src/lib/used.ts": 'import { test } from "vitest";'},
    "undeclared": {"src/lib/used.ts": 'import "left-pad";'},
    "old-builtins": {"src/lib/used.ts": 'import "punycode"; import "fs";'},
    "cross-feature": {"src/features/cart/c.ts": 'import "../list/b";'},
    "own-schema": {"src/handlers/pay/index.ts": 'import "../../schemas/pay";'},
    "page-to-db": {"src/features/cart/c.ts": 'import "../../db/rows";'},
    "dead": {"src/lib/unused.ts": 'import "./used";'},
    "core-stays-pure": {"src/core/b.ts": 'import { a } from "../base";'},
    "base": {"src/user-controller.ts": 'import "./schemas/pay";'},
}


def config(**parts: object) -> str:
    """A configuration with tabs and comments, as people write them."""
    return "// rules of the shop\n" + json.dumps(parts, indent="\t").replace("{\n", "{ /* … */\n", 1)


def write(root: Path, text: str) -> None:
    write_tree(root, {**TREE, "lint/rules.json": text})


@pytest.mark.parametrize("name", ["", *OFFENCES])
def test_each_rule_finds_its_offence_and_no_look_alike(tmp_path: Path, name: str) -> None:
    write(tmp_path, config(forbidden=FORBIDDEN, required=REQUIRED, options={"tsPreCompilationDeps": True}))

    run = imported(tmp_path, "dependency-cruiser", "lint/rules.json")
    found = {rule for _, rule in found_in(tmp_path, OFFENCES.get(name, {}))}

    assert (run.err, run.code) == ("", 0)
    assert found == ({name} if name else set())


def test_packages_are_told_by_their_folder(tmp_path: Path) -> None:
    write(tmp_path, config(forbidden=[FORBIDDEN[11]]))
    imported(tmp_path, "dependency-cruiser", "lint/rules.json")

    found = found_in(tmp_path, {"src/a.ts": 'import "lodash";', "src/b.ts": 'import "lodash-es";'})

    assert found == {("src/a.ts", "lodash")}


def test_severities_comments_and_types_are_carried_over(tmp_path: Path) -> None:
    write(tmp_path, config(forbidden=FORBIDDEN[:2]))

    run = imported(tmp_path, "dependency-cruiser", "lint/rules.json")

    assert "    severity: warning\n    why: Circles hurt\n" in run.out
    assert "    acyclic: { types: false }\n" in run.out
    assert "    severity: note\n" in run.out


LEFT_OUT: dict[str, tuple[dict[str, object], str]] = {
    "a type that cannot be told": (
        {"from": {}, "to": {"dependencyTypes": ["npm-peer"]}},
        "dependencies of type npm-peer cannot be told apart",
    ),
    "several types": (
        {"from": {}, "to": {"moreThanOneDependencyType": True}},
        "`to.moreThanOneDependencyType` has no",
    ),
    "a way of a circle": ({"from": {}, "to": {"circular": True, "via": "a"}}, "`to.via` has no counterpart"),
    "look-ahead": (
        {"from": {"path": "^(?!src)"}, "to": {"path": "a"}},
        "the expression '^(?!src)' is no glob",
    ),
    "declared and named": (
        {"from": {}, "to": {"dependencyTypes": ["npm-dev"], "path": "lodash"}},
        "what a package.json declares is asked of all packages",
    ),
    "a group that is no name": (
        {"from": {"path": "^src/(a|b)/"}, "to": {"path": "^lib/$1/"}},
        "$1 of '^lib/$1/' is no whole name",
    ),
    "other names, not by a group": (
        {"from": {"path": "^src/([^/]+)/"}, "to": {"path": "^src/", "pathNot": "^src/$1/"}},
        "files but for those of the same name",
    ),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_rule_that_would_mean_something_else_is_left_out(tmp_path: Path, name: str) -> None:
    rule, said = LEFT_OUT[name]
    write(tmp_path, config(forbidden=[{"name": "a", "severity": "error", **rule}]))

    run = imported(tmp_path, "dependency-cruiser", "lint/rules.json")

    assert f"lint/rules.json:4: 'a': it was not carried over: {said}" in run.err
    assert (" id: " in run.out, run.code) == (False, 1)


def test_what_goes_for_all_rules_is_told(tmp_path: Path) -> None:
    parts = {
        "extends": "./base.json",
        "allowed": [],
        "options": {"exclude": "dist"},
        "forbidden": FORBIDDEN[:1],
    }
    write(tmp_path, config(**parts))

    run = imported(tmp_path, "dependency-cruiser", "lint/rules.json")

    assert re.findall(r"'([\w.]+)':", run.err) == ["allowed", "extends", "options.exclude"]
    assert run.code == 1


def test_a_configuration_that_is_code_is_not_run(tmp_path: Path) -> None:
    write_tree(tmp_path, {".dependency-cruiser.js": "require('fs').writeFileSync('ran', '')"})

    run = imported(tmp_path, "dependency-cruiser", ".dependency-cruiser.js")

    told = " ".join(run.err.split())
    assert "this configuration is code; archlint runs no code" in told
    assert "depcruise --config .dependency-cruiser.js --output-type json" in told
    assert run.code == 2
    assert not (tmp_path / "ran").exists()


def test_what_is_not_json_is_a_mistake_with_its_place(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.json": '{\n\t"forbidden": [}'})

    run = imported(tmp_path, "dependency-cruiser", "a.json")

    assert "a.json:2:16" in run.err
    assert run.code == 2


PARTS = ["src", "lib", "a", "b.ts", "b.tsx", "index.js", "x.test.ts", "features", ".rc.js", "test"]
PATHS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("/".join)
REGEXES = [
    "^src/", "^src", "src/", "src", "/lib/", "^src/lib$", "^(src|lib)/", "[.]tsx?$", r"\.(?:test|spec)\.ts$", "(^|/)test",
    "(^|/)[.][^/]+[.](js|ts)$", "^src/.+/index[.]js$", "^src/.*/b", "^[^/]+/a", "^src(/|$)", "a|^lib", "^.+$", "test",
    "^src.+b", "index.js$", "^(?:src/)?lib/", "[.][jt]s$", "^src/[^/]*s/", "(lib|a)/b[.]ts$", ".*", "features/.*",
]  # fmt: skip


@settings(max_examples=300)
@given(st.sampled_from(REGEXES), PATHS)
def test_a_glob_means_the_paths_that_its_expression_finds(regex: str, path: str) -> None:
    glob = globs_of(regex)

    assert (path in matching(glob, [path])) == (re.search(regex, path) is not None)


def test_a_group_for_a_name_is_a_capture() -> None:
    glob = globs_of("^src/([^/]+)/(a|b)", {1: "part1"})

    assert captured(glob) == ("part1",)
    assert capturing(glob, "src/cart/a/c.ts") == {"part1": "cart"}
    assert capturing(glob, "src/cart/c.ts") is None


@pytest.mark.parametrize("regex", ["(?!a)", "a{2}", r"\d", "[a-z]", "(a", "a)", "a+", "^*", "a^b", "(a$)"])
def test_an_expression_that_is_no_glob_is_refused(regex: str) -> None:
    with pytest.raises(CannotCarryError):
        globs_of(regex)
