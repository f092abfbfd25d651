"""What the kinds that judge the graph tell, and what they leave alone: an offence and a look-alike each."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from archlint.facts import Link
from archlint.model import Scope
from archlint.project import Project
from tests.config.configs import mistakes_of
from tests.graph.graphs import Refers, hits, reference, told, tree, vain

FEATURES = {
    "features/cart/a.ts": ["../list/b", "./own", "../../shared/x"],
    "features/cart/own.ts": [],
    "features/list/b.ts": [],
    "shared/x.ts": ["../features/list/b"],
}
PACKAGES = {
    "package.json": {"name": "root", "workspaces": ["packages/*"], "devDependencies": {"vitest": "1"}},
    "packages/ui/package.json": {"name": "@acme/ui", "dependencies": {"react": "1", "@types/estree": "1"}},
    "packages/db/package.json": {"name": "@acme/db", "exports": {".": "./main.ts", "./sql": "./sql.ts"}},
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"from": "features/{a}/**", "forbid": ["features/{b}/**"]}, ["features/cart/a.ts:1"]),
        ({"from": "features/{a}/**", "forbid": ["features/{a}/own.ts"]}, ["features/cart/a.ts:2"]),
        (
            {"from": "features/{a}/**", "forbid": "features/{b}/**", "reachable": True},
            ["features/cart/a.ts:1", "features/cart/a.ts:3"],
        ),
        (
            {"from": "features/{a}/**", "forbid": "features/{b}/**", "reachable": True, "via": "shared/**"},
            ["features/cart/a.ts:1"],
        ),
        ({"from": "features/{a}/**", "only": ["shared/**"]}, ["features/cart/a.ts:1"]),
        ({"from": "features/**", "only": ["shared/**"]}, []),
        ({"from": "features/*/a.ts", "require": ["features/list/**"]}, []),
        ({"from": "shared/**", "require": ["features/cart/**"]}, ["shared/x.ts:1"]),
        ({"from": "features/*/own.ts", "require": "shared/**"}, ["features/cart/own.ts:1"]),
        ({"from": "features/cart/*", "require": "features/list/*", "reachable": True}, ["features/cart/own.ts:1"]),
        ({"imported-by": ["shared/**"]}, ["features/cart/a.ts:1", "features/cart/own.ts:1"]),
        ({"imported-by": ["features/cart/a.ts"], "reachable": True}, []),
        ({"imported-by": ["shared/x.ts"], "from": "features/{a}/*.ts", "reachable": True},
         ["features/cart/a.ts:1", "features/cart/own.ts:1"]),
        ({"orphans": True}, []),
        ({"forbid": {"files": "features/**", "ignore": "*/b.ts"}}, ["features/cart/a.ts:2"]),
        ({"forbid": {"specifiers": "../../*"}}, ["features/cart/a.ts:3"]),
    ],
)  # fmt: skip
def test_imports_are_told_at_the_specifier_that_breaks_the_rule(
    options: Mapping[str, object], expected: list[str]
) -> None:
    assert [line.split(" ")[0] for line in told("imports", options, tree(FEATURES))] == expected


def test_a_way_is_told_with_the_place_of_every_edge() -> None:
    files = {"ui/a.ts": ["../lib/b"], "lib/b.ts": ["./none", "./c"], "lib/c.ts": ["../db/d"], "db/d.ts": []}
    rule = {"from": "ui/**", "forbid": "db/**", "reachable": True}

    (hit,) = hits("imports", rule, tree(files))

    assert hit.text == "reaches 'db/d.ts' through 'lib/b.ts', 'lib/c.ts'; it is forbidden"
    (flow,) = hit.flows
    assert [(remark.place.path, remark.place.span.line, remark.text) for remark in flow] == [
        ("ui/a.ts", 1, "imports 'lib/b.ts'"),
        ("lib/b.ts", 2, "imports 'lib/c.ts'"),
        ("lib/c.ts", 1, "imports 'db/d.ts'"),
    ]


LINKS = {
    "a.ts": [
        reference(1, "./b", Link.TYPE),
        reference(2, "./b", Link.DYNAMIC),
        reference(3, "./b"),
        reference(4, "./b", Link.RE_EXPORT),
        reference(5, "./b", is_conditional=True),
    ],
    "b.ts": [],
}


@pytest.mark.parametrize(
    ("which", "lines"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"conditional": False}, [1, 2, 3, 4]),
        ({"types": False}, [2, 3, 4, 5]),
        ({"links": "dynamic"}, [2]),
        ({"links": ["value", "re-export"]}, [3, 4, 5]),
    ],
)
def test_a_rule_says_which_links_count(which: Mapping[str, object], lines: list[int]) -> None:
    found = hits("imports", {"forbid": "b.ts", **which}, tree(LINKS))

    assert [hit.place.span.line for hit in found] == lines


@pytest.mark.parametrize(
    ("ends", "specifiers", "lines"),
    [
        ({"packages": "react"}, ["react", "react/jsx-runtime", "preact", "./react"], [1, 2]),
        ({"packages": ["node:*"]}, ["fs", "node:path", "react"], [1, 2]),
        ({"packages": "@acme/*"}, ["@acme/db", "@acme2/db"], [1]),
        ({"unresolved": "missing"}, ["./gone", "virtual:x", "~icons/a", "./own?raw", "react", "$app/x"], [1]),
        ({"unresolved": "any"}, ["./gone", "virtual:x", "~icons/a"], [1, 3]),
        ({"undeclared": "nearest"}, ["react", "vitest", "fs", "lodash", "@acme/db", "@acme/ui"], [2, 4]),
        ({"undeclared": "around"}, ["react", "vitest", "lodash", "https://x.y/z.js", "estree"], [3, 5]),
        ({"dev-only": True}, ["react", "vitest"], [2]),
        ({"cross-package": True}, ["../db/main", "@acme/db", "./own", "../../tool"], [1]),
    ],
)
def test_ends_are_files_packages_and_what_documents_say(
    ends: Mapping[str, object], specifiers: list[str], lines: list[int]
) -> None:
    files = {
        "packages/ui/a.ts": specifiers,
        "packages/ui/own.ts": [],
        "packages/db/main.ts": [],
        "tool.ts": [],
    }

    found = hits("imports", {"forbid": ends}, tree(files, PACKAGES))

    assert [hit.place.span.line for hit in found] == lines


def test_a_type_is_declared_by_the_package_of_its_types() -> None:
    named = reference(3, "estree", names=("Node",))
    files = {
        "packages/ui/a.ts": [reference(1, "estree", Link.TYPE), reference(2, "estree"), named],
        "packages/ui/b.js": [named],
    }

    found = hits("imports", {"forbid": {"undeclared": "around"}}, tree(files, PACKAGES))

    assert [(hit.place.path, hit.place.span.line) for hit in found] == [
        ("packages/ui/a.ts", 2),
        ("packages/ui/b.js", 3),
    ]


def test_what_is_called_like_a_file_of_the_package_may_be_that_file() -> None:
    specifiers = ["components/cart", "ui", "sibling", "far/away", "other/a"]
    others = (
        "packages/ui/src/components/cart.tsx",
        "packages/ui/src/ui/index.ts",
        "packages/ui/src/deep/sibling.js",
    )
    files = {
        "packages/ui/src/deep/a.ts": specifiers,
        **dict.fromkeys((*others, "packages/db/other/a.ts"), ()),
    }

    found = hits("imports", {"forbid": {"undeclared": "around"}}, tree(files, PACKAGES))

    assert [hit.fields["to"] for hit in found] == ["far", "other"]


def test_a_file_that_is_there_in_another_case_is_named() -> None:
    specifiers = ["./Cart", "./CART.js", "./Lib", "./gone", "./lib/Other.json"]
    files = {
        "src/a.ts": specifiers,
        **dict.fromkeys(("src/cart.ts", "src/lib/index.ts", "src/lib/other.json"), ()),
    }

    found = told("imports", {"forbid": {"unresolved": "missing"}}, tree(files))

    assert [each.partition("which is ")[2] for each in found] == [
        "not there (looked for 'src/Cart'; 'src/cart.ts' is there, in another case)",
        "not there (looked for 'src/CART.js'; 'src/cart.ts' is there, in another case)",
        "not there (looked for 'src/Lib'; 'src/lib/index.ts' is there, in another case)",
        "not there (looked for 'src/gone')",
        "not there (looked for 'src/lib/Other.json'; 'src/lib/other.json' is there, in another case)",
    ]


def test_a_file_that_git_ignores_is_not_missing() -> None:
    project = tree({"src/a.ts": ["./generated/api", "./generated2/api"]})
    ignoring = Project(
        project.paths, {}, facts_by_path=project.facts_by_path, left_out={"src/generated/": "ignored by git"}
    )

    found = hits("imports", {"forbid": {"unresolved": "missing"}}, ignoring)

    assert [hit.place.span.line for hit in found] == [2]


def test_what_a_package_of_the_tree_builds_is_not_missing_but_a_place_outside_its_exports_is_unknown() -> (
    None
):
    built = {
        "a/package.json": {"name": "a", "exports": {".": "./dist/main.js"}},
        "package.json": {"workspaces": ["a"]},
    }
    project = tree({"b.ts": ["a", "./gone"]}, built)

    missing = hits("imports", {"forbid": {"unresolved": "missing"}}, project)
    unknown = hits("imports", {"forbid": {"unresolved": "any"}}, project)

    assert [hit.place.span.line for hit in missing] == [2]
    assert [hit.place.span.line for hit in unknown] == [1, 2]


def test_only_packages_leaves_files_alone_and_only_files_leaves_packages() -> None:
    project = tree({"a.ts": ["react", "./b", "zod"], "b.ts": []})

    assert told("imports", {"from": "a.ts", "only": {"packages": ["react"]}}, project) == [
        "a.ts:3 imports 'zod'; only react may be imported"
    ]
    assert told("imports", {"from": "a.ts", "only": {"packages": []}}, project) == [
        "a.ts:1 imports 'react'; no package may be imported",
        "a.ts:3 imports 'zod'; no package may be imported",
    ]
    assert told("imports", {"from": "a.ts", "only": "c/**"}, project) == [
        "a.ts:2 imports 'b.ts'; only c/** may be imported"
    ]


def test_an_orphan_neither_imports_nor_is_imported() -> None:
    project = tree({"a.ts": ["./b"], "b.ts": [], "c.ts": [], "d.ts": ["react"]})

    assert told("imports", {"orphans": True}, project) == ["c.ts:1 imports nothing, and nothing imports it"]


STACK = {
    "ui/a.ts": ["../api/b", "../db/d"],
    "api/b.ts": ["../ui/a", "../jobs/c", "../util/u"],
    "jobs/c.ts": ["../db/d"],
    "util/u.ts": ["../ui/a"],
    "db/d.ts": [],
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"order": ["ui/**", "api/** | jobs/**", "db/**"]},
            ["api/b.ts:1", "api/b.ts:2", "api/b.ts:3"],
        ),
        ({"order": ["ui/**", "api/** | jobs/**", "db/**"], "reachable": False}, ["api/b.ts:1", "api/b.ts:2"]),
        ({"order": ["ui/**", "api/**", "jobs/**", "db/**"], "reachable": False}, ["api/b.ts:1"]),
        ({"order": ["ui/**", "db/**"], "closed": ["db/**"]}, []),
        ({"order": ["ui/**", "jobs/**", "db/**"], "closed": ["jobs/**"]}, ["ui/a.ts:2"]),
        ({"order": ["ui/**", "jobs/**", "db/**"], "closed": "*"}, ["ui/a.ts:2"]),
        ({"order": ["ui/**", "(gone/**)", "db/**"], "closed": "*"}, []),
        ({"order": ["zone:low", "ui/**"], "reachable": False}, ["ui/a.ts:2"]),
    ],
)
def test_layers_know_those_below_only(options: Mapping[str, object], expected: list[str]) -> None:
    project = tree(STACK, low=("db/**",))

    assert [line.split(" ")[0] for line in told("layers", options, project)] == expected


def test_layers_say_which_layer_is_where() -> None:
    order = ["ui/**", "api/** | jobs/**", "db/**"]

    assert told("layers", {"order": order}, tree(STACK)) == [
        "api/b.ts:1 imports 'ui/a.ts': layer api/** is below ui/** and may not know it",
        "api/b.ts:2 imports 'jobs/c.ts': api/** and jobs/** stand side by side and may not know each other",
        "api/b.ts:3 reaches 'ui/a.ts' through 'util/u.ts': layer api/** is below ui/** and may not know it",
    ]


def test_each_container_has_the_layers_to_itself() -> None:
    files = {
        "packages/a/ui/x.ts": ["../../b/db/y"],
        "packages/a/db/x.ts": ["../ui/x", "../../b/ui/y"],
        "packages/b/ui/y.ts": [],
        "packages/b/db/y.ts": [],
    }
    options = {"order": ["ui", "db", "(jobs)"], "containers": "packages/*"}

    assert told("layers", options, tree(files)) == [
        "packages/a/db/x.ts:1 imports 'packages/a/ui/x.ts': layer db is below ui and may not know it"
    ]
    assert vain("layers", options, tree(files)) == []
    assert vain("layers", {**options, "order": ["ui", "jobs"]}, tree(files)) == [
        "no file is in layer 'jobs' in 'packages/a'",
        "no file is in layer 'jobs' in 'packages/b'",
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"of": ["features/cart/**", "features/list/**"]}, ["features/cart/a.ts:1", "features/cart/a.ts:3"]),
        ({"of": "features/{name}/**"}, ["features/cart/a.ts:1", "features/cart/a.ts:3"]),
        ({"of": "features/{name}/**", "reachable": False}, ["features/cart/a.ts:1"]),
        ({"of": ["features/**", "other/**"]}, []),
    ],
)
def test_independent_parts_do_not_know_each_other(options: Mapping[str, object], expected: list[str]) -> None:
    assert [line.split(" ")[0] for line in told("independent", options, tree(FEATURES))] == expected


def test_independent_parts_are_told_by_what_their_captures_stand_for() -> None:
    assert told("independent", {"of": "features/{name}/**"}, tree(FEATURES)) == [
        "features/cart/a.ts:1 'features/cart/**' imports 'features/list/b.ts' of 'features/list/**'",
        "features/cart/a.ts:3 'features/cart/**' reaches 'features/list/b.ts' of 'features/list/**' through 'shared/x.ts'",
    ]


def test_a_cycle_is_told_once_where_it_is_cheapest_to_cut() -> None:
    files: Refers = {
        "a.ts": [reference(1, "./b", names=("x", "y"))],
        "b.ts": [reference(1, "./d", names=("*",)), reference(2, "./c", names=("z",))],
        "c.ts": [reference(1, "./a", names=("u", "v"))],
        "d.ts": ["./c"],
    }

    (hit,) = hits("acyclic", {}, tree(files))

    assert f"{hit.place.path}:{hit.place.span.line} {hit.text}" == (
        "b.ts:2 3 files import each other in a circle: b.ts -> c.ts -> a.ts -> b.ts; 4 files are tangled in it;"
        " cheapest to cut here (1 name)"
    )
    assert [(remark.place.path, remark.text) for remark in hit.related] == [
        ("c.ts", "leads on: 2 names"),
        ("a.ts", "leads on: 2 names"),
    ]
    assert [remark.place.path for remark in hit.flows[0]] == ["b.ts", "c.ts", "a.ts"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["x/a.ts -> y/c.ts -> x/a.ts"]),
        ({"types": False}, []),
        ({"over": "folders"}, ["x -> y -> x"]),
        ({"over": "folders", "types": False}, ["x -> y -> x"]),
        ({"over": "packages"}, []),
        ({"links": "dynamic"}, []),
    ],
)
def test_cycles_are_over_files_folders_or_packages(
    options: Mapping[str, object], expected: list[str]
) -> None:
    files: Refers = {
        "x/a.ts": ["../y/c", "./b"],
        "x/b.ts": [],
        "y/c.ts": [reference(1, "../x/a", Link.TYPE)],
        "y/d.ts": ["../x/b"],
    }

    assert [hit.fields["cycle"] for hit in hits("acyclic", options, tree(files))] == expected


def test_packages_that_import_each_other_are_a_cycle_though_no_file_is_on_one() -> None:
    files = {
        "packages/ui/a.ts": ["@acme/db"],
        "packages/ui/b.ts": [],
        "packages/db/main.ts": [],
        "packages/db/other.ts": ["../ui/b"],
    }
    project = tree(files, PACKAGES)

    assert hits("acyclic", {}, project) == []
    (hit,) = hits("acyclic", {"over": "packages"}, project)
    assert hit.fields["cycle"] == "packages/db -> packages/ui -> packages/db"


def test_files_outside_the_rule_are_on_no_cycle() -> None:
    project = tree({"a.ts": ["./b"], "b.ts": ["./a"]})

    assert hits("acyclic", {}, project, Scope(ignores=("b.ts",))) == []


@pytest.mark.parametrize(
    ("specifier", "is_deep"),
    [
        ("@acme/ui", False),
        ("@acme/ui/src/button", True),
        ("../ui/index", False),
        ("../ui/src/button", True),
        ("./sql", False),
    ],
)
def test_a_package_is_entered_by_its_entry(specifier: str, is_deep: bool) -> None:  # noqa: FBT001 -- a column
    files = {
        "packages/db/main.ts": [specifier],
        "packages/db/sql.ts": [],
        "packages/ui/index.ts": ["./src/button"],
        "packages/ui/src/button.ts": [],
    }

    assert bool(hits("public-api", {}, tree(files, PACKAGES))) is is_deep


def test_what_exports_list_is_public_and_what_a_relative_path_reaches_is_not() -> None:
    files = {
        "packages/ui/a.ts": ["@acme/db", "@acme/db/sql", "../db/sql"],
        "packages/db/main.ts": [],
        "packages/db/sql.ts": [],
    }

    assert told("public-api", {}, tree(files, PACKAGES)) == [
        "packages/ui/a.ts:3 imports 'packages/db/sql.ts', which is inside 'packages/db' and not its entry"
    ]


def test_of_packages_within_each_other_the_outer_is_entered_first() -> None:
    documents = {"out/package.json": {"name": "out"}, "out/in/package.json": {"name": "in"}}
    files = {
        "app.ts": ["./out/in/index", "./out/index"],
        "out/index.ts": ["./in/deep"],
        "out/in/index.ts": [],
        "out/in/deep.ts": [],
    }

    assert told("public-api", {}, tree(files, documents)) == [
        "app.ts:1 imports 'out/in/index.ts', which is inside 'out' and not its entry",
        "out/index.ts:1 imports 'out/in/deep.ts', which is inside 'out/in' and not its entry",
    ]


def test_the_entry_of_any_folder_can_be_stated() -> None:
    files = {"features/a/x.ts": ["../b/api/y", "../b/z"], "features/b/api/y.ts": [], "features/b/z.ts": []}
    project = tree(files)

    assert told("public-api", {"of": "features/*", "entry": "api/**"}, project) == [
        "features/a/x.ts:2 imports 'features/b/z.ts', which is inside 'features/b' and not its entry"
    ]
    assert vain("public-api", {"of": "modules/*", "entry": "api/**"}, project) == [
        "no folder matches 'modules/*'"
    ]
    assert vain("public-api", {"of": "features/*", "entry": "port/**"}, project) == [
        "no folder has 'port/**'"
    ]


def test_every_file_belongs_to_a_zone_or_to_exactly_one() -> None:
    project = tree({"a/x.ts": [], "b/x.ts": [], "c.ts": []}, one=("a/**",), two=("*/x.ts",))

    assert told("coverage", {}, project) == ["c.ts:1 belongs to no zone"]
    assert told("coverage", {"exactly-one": True}, project) == [
        "a/x.ts:1 belongs to 2 zones: one, two",
        "c.ts:1 belongs to no zone",
    ]
    assert told("coverage", {"zones": "zone:one"}, project) == [
        "b/x.ts:1 belongs to no zone",
        "c.ts:1 belongs to no zone",
    ]
    assert vain("coverage", {}, tree({"a.ts": []})) == ["archlint.toml has no zones"]


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        (
            "imports",
            {"from": "x/{a}/**", "forbid": "y/**"},
            ["no file matches 'x/{a}/**'", "no file matches 'y/**'"],
        ),
        ("imports", {"forbid": "a.ts", "reachable": True, "via": "b/**"}, ["no file matches 'b/**'"]),
        ("imports", {"forbid": {"packages": "left-pad"}}, []),
        ("layers", {"order": ["a.ts", "b/**"]}, ["no file is in layer 'b/**'"]),
        ("layers", {"order": ["a.ts", "(b/**)"], "containers": ["c/*"]}, ["no folder matches 'c/*'"]),
        ("independent", {"of": ["a.ts", "b/**"]}, ["no file matches 'b/**'"]),
        ("independent", {"of": "{name}.ts"}, ["there is one part only"]),
        ("public-api", {}, ["no folder of the tree holds a package.json with a name"]),
    ],
)
def test_what_nothing_matches_is_told(kind: str, options: Mapping[str, object], expected: list[str]) -> None:
    assert vain(kind, options, tree({"a.ts": []})) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("imports: {}", "1:21: imports needs exactly one of forbid, only, require, imported-by, orphans"),
        ("imports: { forbid: a, only: b }", "1:21: imports needs exactly one of"),
        ("imports: { forbid: 'zone:apps' }", '1:31: unknown zone "apps"'),
        ("imports: { forbid: { files: ['zone:apps'] } }", '1:41: unknown zone "apps"'),
        ("imports: { forbid: { file: a } }", '1:33: unknown key "file"; did you mean "files"?'),
        ("imports: { forbid: { ignore: a } }", "1:31: 'forbid' names no ends"),
        ("imports: { forbid: { packages: '/(/' } }", "1:43: bad name pattern"),
        ("imports: { only: { unresolved: any } }", "1:29: unresolved, undeclared, dev-only and cross-package"),
        ("imports: { forbid: a, via: b }", "1:39: 'via' goes with"),
        ("imports: { only: a, reachable: true }", "1:43: 'reachable' does not go with 'only'"),
        ("imports: { forbid: a, links: [values] }", '1:42: expected "value", "type"'),
        ("layers: { order: [a] }", "1:29: layers needs two layers"),
        ("layers: { order: ['a | b', c], closed: d }", "1:51: 'd' is none of the layers"),
        ("layers: { order: [a, '(a)'] }", "1:30: layer 'a' is named twice"),
        ("layers: { order: ['a | zone:apps', '(zone:apis)'] }", '1:30: unknown zone "apps"'),
        ("layers: { order: [a, 'b/../c'] }", "1:33: bad glob"),
        ("independent: { of: a }", "1:31: independent needs two parts"),
        ("acyclic: { over: file }", '1:29: expected "files", "folders" or "packages"'),
        ("acyclic: { links: type, types: false }", "1:43: `links: type` counts what"),
        ("public-api: { entry: /a }", "1:33: bad glob"),
        ("coverage: { zones: 'zone:apps' }", '1:31: unknown zone "apps"'),
    ],
)  # fmt: skip
def test_options_that_cannot_be_meant_are_told_with_their_place(
    tmp_path: Path, options: str, expected: str
) -> None:
    mistakes = mistakes_of(tmp_path, rules=f"- {{ id: a, {options} }}")

    assert [mistake for mistake in mistakes if mistake.startswith(f"rules.yml:{expected}")], mistakes
