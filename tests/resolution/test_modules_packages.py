"""Names lead to packages of the tree: workspaces, declarations, ``exports``, ``imports``, what is not built."""

import pytest

from archlint.project.modules import Manner, Modules, Target
from tests.resolution.modules import Tree, empty, modules, path, target

NPM = {"package.json": {"workspaces": ["packages/*"]}}
UI = {"packages/ui/package.json": {"name": "@acme/ui"}, "packages/ui/index.ts": ""}
APP = "packages/app/src/main.ts"


@pytest.mark.parametrize(
    ("lists", "leads_to"),
    [
        ({"package.json": {"workspaces": ["packages/*"]}}, "packages/ui/index.ts"),
        ({"package.json": {"workspaces": {"packages": ["packages/*"]}}}, "packages/ui/index.ts"),
        ({"package.json": {"workspaces": ["./packages/ui/"]}}, "packages/ui/index.ts"),
        ({"package.json": {"workspaces": ["packages/**"]}}, "packages/ui/index.ts"),
        ({"pnpm-workspace.yaml": "packages:\n  - 'packages/*' # all\n"}, "packages/ui/index.ts"),
        ({"lerna.json": {"packages": ["packages/*"]}}, "packages/ui/index.ts"),
        ({"rush.json": {"projects": [{"projectFolder": "packages/ui"}]}}, "packages/ui/index.ts"),
        ({"deno.jsonc": '{ "workspace": ["./packages/ui"], }'}, "packages/ui/index.ts"),
        ({"package.json": {"workspaces": ["apps/*"]}}, "outside @acme/ui"),
        ({"package.json": {"workspaces": ["packages"]}}, "outside @acme/ui"),
        ({"package.json": {"workspaces": ["packages/*", "!packages/ui"]}}, "outside @acme/ui"),
        ({"pnpm-workspace.yaml": "packages: ['packages/*', '!**/ui']"}, "outside @acme/ui"),
        ({"package.json": {"workspaces": ["../packages/*"]}}, "outside @acme/ui"),
        ({"package.json": {"workspaces": ["{"]}}, "outside @acme/ui"),
        ({"package.json": {"workspaces": "packages/*"}}, "packages/ui/index.ts"),
        ({"package.json": {"workspaces": 3}}, "packages/ui/index.ts"),
        ({}, "packages/ui/index.ts"),
    ],
)
def test_a_workspace_lists_what_a_name_can_mean(lists: Tree, leads_to: str) -> None:
    assert path({**lists, **UI}, "@acme/ui", APP) == leads_to


@pytest.mark.parametrize(
    ("dependency", "leads_to"),
    [
        ("workspace:*", "packages/ui/index.ts"),
        ("^1.0.0", "packages/ui/index.ts"),
        ("catalog:", "packages/ui/index.ts"),
        ("npm:@other/ui@1", "outside @acme/ui"),
        ("github:acme/ui", "outside @acme/ui"),
        ("https://acme.example/ui.tgz", "outside @acme/ui"),
        ("link:../../vendor/ui", "vendor/ui/index.ts"),
        ("file:../../vendor/ui", "vendor/ui/index.ts"),
        ("workspace:../../vendor/ui", "vendor/ui/index.ts"),
        ("workspace:@acme/vendored@*", "vendor/ui/index.ts"),
        ("file:../../gone", "outside @acme/ui"),
        ("file:../../../../gone", "outside @acme/ui"),
    ],
)
def test_a_dependency_says_where_it_is_taken_from(dependency: str, leads_to: str) -> None:
    files = {
        **NPM,
        **UI,
        "vendor/ui/package.json": {"name": "@acme/vendored"},
        "vendor/ui/index.ts": "",
        "packages/app/package.json": {"dependencies": {"@acme/ui": dependency}},
    }

    assert path(files, "@acme/ui", APP) == leads_to


def test_without_a_workspace_a_name_that_comes_from_a_registry_is_not_a_folder_of_the_tree() -> None:
    react = {"fixtures/react/package.json": {"name": "react"}, "fixtures/react/index.js": ""}

    assert path(react, "react") == "fixtures/react/index.js"
    assert path({**react, "package.json": {"devDependencies": {"react": "^19"}}}, "react") == "outside react"


def test_of_packages_with_one_name_the_nearest_counts() -> None:
    files = {
        "a/lib/package.json": {"name": "lib"},
        "a/lib/index.ts": "",
        "b/lib/package.json": {"name": "lib"},
        "b/lib/index.ts": "",
    }

    assert path(files, "lib", "b/main.ts") == "b/lib/index.ts"
    assert path(files, "lib", "a/src/main.ts") == "a/lib/index.ts"
    assert path(files, "lib", "c/main.ts") == "a/lib/index.ts"


def test_a_builtin_is_a_package_of_the_tree_only_where_that_is_a_dependency() -> None:
    files = {**NPM, "packages/util/package.json": {"name": "util"}, "packages/util/index.ts": ""}
    declared = {**files, "packages/app/package.json": {"dependencies": {"util": "*"}}}

    assert path(files, "util", APP) == "outside node:util"
    assert path(declared, "util", APP) == "packages/util/index.ts"
    assert path(declared, "node:util", APP) == "outside node:util"


def test_a_package_names_itself() -> None:
    own = {"package.json": {"name": "own", "exports": {"./a": "./src/a.ts"}}, "src/a.ts": ""}

    assert path(own, "own/a") == "src/a.ts"
    assert path(own, "own/src/a.ts") == "lost"
    assert path(own, "owner/a") == "outside owner"


SOURCES = empty(
    "packages/ui/src/index.ts",
    "packages/ui/src/button.ts",
    "packages/ui/src/button.css",
    "packages/ui/src/deep/card.ts",
    "packages/ui/src/common.cts",
    "packages/ui/src/types.d.ts",
    "packages/ui/src/secret/key.ts",
    "packages/ui/src/folder/index.ts",
)


@pytest.mark.parametrize(
    ("exports", "specifier", "leads_to"),
    [
        ("./src/index.ts", "", "src/index.ts"),
        ("./src/index.ts", "/button", "lost"),
        ("./src/index.js", "", "src/index.ts"),
        ({".": "./src/index.ts"}, "", "src/index.ts"),
        ({"./button": "./src/button.ts"}, "/button", "src/button.ts"),
        ({"./button": "./src/button.ts"}, "/button.js", "lost"),
        ({"./button": "./src/button.ts"}, "", "lost"),
        # conditions, in the order of their keys
        ({"import": "./src/index.ts", "require": "./src/common.cts"}, "", "src/index.ts"),
        ({"require": "./src/common.cts", "import": "./src/index.ts"}, "", "src/index.ts"),
        ({"require": "./src/common.cts", "default": "./src/index.ts"}, "", "src/index.ts"),
        ({"default": "./src/index.ts", "import": "./src/button.ts"}, "", "src/index.ts"),
        ({"types": "./src/types.d.ts", "import": "./src/index.ts"}, "", "src/index.ts"),
        ({"node": {"import": "./src/index.ts"}, "default": "./src/button.ts"}, "", "src/index.ts"),
        ({"node": {"require": "./src/common.cts"}, "default": "./src/button.ts"}, "", "src/button.ts"),
        ({".": {"import": {"default": "./src/index.ts"}}}, "", "src/index.ts"),
        ({"browser": "./src/button.ts"}, "", "src/button.ts"),
        ({"browser": "./src/button.ts", "default": "./src/index.ts"}, "", "src/index.ts"),
        # arrays and nothing
        (["./gone.js", "./src/index.ts"], "", "src/index.ts"),
        ([{"require": "./src/common.cts"}, "./src/index.ts"], "", "src/index.ts"),
        ([], "", "lost"),
        ({"import": None, "default": "./src/index.ts"}, "", "lost"),
        ({"require": None, "default": "./src/index.ts"}, "", "src/index.ts"),
        # patterns
        ({"./*": "./src/*.ts"}, "/button", "src/button.ts"),
        ({"./*": "./src/*.ts"}, "/deep/card", "src/deep/card.ts"),
        ({"./*": "./src/*.ts"}, "", "lost"),
        ({"./*": "./src/*"}, "/button.ts", "src/button.ts"),
        ({"./*": "./src/*"}, "/button.js", "src/button.ts"),
        ({"./*.css": "./src/*.css", "./*": "./src/*.ts"}, "/button.css", "src/button.css"),
        ({"./*": "./src/*.ts", "./deep/*": "./src/*.ts"}, "/deep/button", "src/button.ts"),
        ({"./*": "./src/*.ts", "./secret/*": None}, "/secret/key", "lost"),
        ({"./*": "./src/*.ts", "./secret/*": None}, "/secrets", "lost"),
        ({"./x/*": "./src/*/*.ts"}, "/x/a", "lost"),
        ({"./x/*y": "./src/*.ts"}, "/x/buttony", "src/button.ts"),
        ({"./button*": "./src/index.ts"}, "/button", "lost"),
        ({"./*": "./src/*.ts"}, "/../src/button", "lost"),
        ({"./src/": "./src/"}, "/src/button.ts", "src/button.ts"),
        ({"./src/": "./src/"}, "/src/", "lost"),
        ({"./src/*": "./src/*.ts", "./src/": "./gone/"}, "/src/button", "src/button.ts"),
        # targets that are no targets
        ({".": "src/index.ts"}, "", "lost"),
        ({".": "./../app/src/main.ts"}, "", "lost"),
        ({".": "/packages/ui/src/index.ts"}, "", "lost"),
        ({".": 1}, "", "lost"),
        # bundlers add what Node does not
        ({"./*": "./src/*"}, "/button", "src/button.ts"),
        ({"./*": "./src/*"}, "/folder", "src/folder/index.ts"),
    ],
)
def test_exports_say_how_a_package_is_entered(exports: object, specifier: str, leads_to: str) -> None:
    files = {**NPM, **SOURCES, "packages/ui/package.json": {"name": "@acme/ui", "exports": exports}}

    assert path(files, f"@acme/ui{specifier}", APP).removeprefix("packages/ui/") == leads_to


def test_require_takes_the_condition_require() -> None:
    exports = {"import": "./src/index.ts", "require": "./src/common.cts"}
    files = {**NPM, **SOURCES, "packages/ui/package.json": {"name": "ui", "exports": exports}}

    assert path(files, "ui", APP, Manner.REQUIRE) == "packages/ui/src/common.cts"


def test_null_closes_a_package_to_values_and_leaves_types_to_the_next_condition() -> None:
    exports = {"types": None, "node": None, "default": "./src/index.ts"}
    files = {**NPM, **SOURCES, "packages/ui/package.json": {"name": "ui", "exports": exports}}

    assert path(files, "ui", APP) == "lost"
    assert path(files, "ui", APP, Manner.TYPE) == "packages/ui/src/index.ts"


def test_types_take_the_condition_types() -> None:
    exports = {"types": "./src/types.d.ts", "default": "./src/index.ts"}
    files = {**NPM, **SOURCES, "packages/ui/package.json": {"name": "ui", "exports": exports}}

    assert path(files, "ui", APP, Manner.TYPE) == "packages/ui/src/types.d.ts"


@pytest.mark.parametrize(
    ("manifest", "specifier", "leads_to"),
    [
        ({}, "/src/button", "src/button.ts"),
        ({}, "/src/button.js", "src/button.ts"),
        ({}, "/src/folder", "src/folder/index.ts"),
        ({}, "", "lost"),
        ({"main": "src"}, "", "src/index.ts"),
        ({"main": "./src/index.js"}, "", "src/index.ts"),
        ({"main": "./dist/index.js", "source": "src/index.ts"}, "", "src/index.ts"),
        ({"main": "./dist/index.js", "types": "src/types.d.ts"}, "", "src/types.d.ts"),
        ({"main": "./dist/index.js"}, "", "lost"),
        ({"exports": {".": {"import": "./dist/x.js", "source": "./src/index.ts"}}}, "", "src/index.ts"),
        ({"exports": {".": {"import": "./dist/x.js", "development": "./src/index.ts"}}}, "", "src/index.ts"),
        ({"exports": {".": {"types": "./src/index.ts", "import": "./dist/x.js"}}}, "", "src/index.ts"),
        ({"exports": {".": "./dist/x.js"}, "source": "./src/index.ts"}, "", "src/index.ts"),
        ({"exports": {".": "./dist/index.js"}}, "", "lost"),
        ({"typesVersions": {"*": {"*": ["src/*"]}}}, "/button", "src/button.ts"),
        ({"typesVersions": {"<4": {"*": ["src/*"]}}}, "/button", "lost"),
    ],
)
def test_fields_say_how_a_package_is_entered(manifest: Tree, specifier: str, leads_to: str) -> None:
    files = {**NPM, **SOURCES, "packages/ui/package.json": {"name": "@acme/ui", **manifest}}

    assert path(files, f"@acme/ui{specifier}", APP).removeprefix("packages/ui/") == leads_to


@pytest.mark.parametrize(
    ("config", "leads_to"),
    [
        ({"outDir": "dist", "rootDir": "src"}, "src/button.ts"),
        ({"declarationDir": "./dist", "rootDir": "./src"}, "src/button.ts"),
        ({"outDir": "${configDir}/dist", "rootDir": "${configDir}/src"}, "src/button.ts"),
        ({"outDir": "dist"}, "src/button.ts"),
        ({"outDir": "build", "rootDir": "src"}, "lost"),
        ({"outDir": "dist", "rootDir": "src/deep"}, "lost"),
        ({"outDir": "di", "rootDir": "src"}, "lost"),
        ({}, "lost"),
    ],
)
def test_what_is_built_means_its_source_where_a_configuration_says_so(config: Tree, leads_to: str) -> None:
    files = {
        **NPM,
        **SOURCES,
        "packages/ui/package.json": {"name": "ui", "exports": {"./*": "./dist/*.js"}},
        "packages/ui/tsconfig.build.json": {"compilerOptions": config, "include": ["src"]},
    }

    assert path(files, "ui/button", APP).removeprefix("packages/ui/") == leads_to


def test_a_package_of_the_tree_is_told_also_where_its_file_is_not_there() -> None:
    files = {**NPM, "packages/ui/package.json": {"name": "ui", "exports": {".": "./dist/index.js"}}}

    assert target(files, APP, "ui") == Target(None, "ui", "packages/ui", ("packages/ui/dist/index.js",))
    assert target({**NPM, **UI, "tsconfig.json": {}}, APP, "@acme/ui/gone").folder == "packages/ui"
    assert target(files, APP, "ui/x").tried == ("`exports` of packages/ui/package.json without './x'",)


@pytest.mark.parametrize(
    ("imports", "specifier", "leads_to"),
    [
        ({"#a": "./src/a.ts"}, "#a", "src/a.ts"),
        ({"#a": "./src/a.js"}, "#a", "src/a.ts"),
        ({"#lib/*": "./src/*.ts"}, "#lib/a", "src/a.ts"),
        ({"#lib/*": "./src/*.ts"}, "#lib", "lost"),
        ({"#a": {"types": "./gone.d.ts", "default": "./src/a.ts"}}, "#a", "src/a.ts"),
        ({"#fs": "fs"}, "#fs", "outside node:fs"),
        ({"#dep": {"node": "dep/x", "default": "./gone.ts"}}, "#dep", "outside dep"),
        ({"#dep": {"require": "one", "default": "two"}}, "#dep", "outside two"),
        ({"#dep/*": "dep/*"}, "#dep/x", "outside dep"),
        ({"#a": "#b", "#b": "./src/a.ts"}, "#a", "lost"),
        ({"#a": "#a"}, "#a", "lost"),
        ({"#a": None}, "#a", "lost"),
        ({"#a": "../src/a.ts"}, "#a", "lost"),
        ({"a": "./src/a.ts"}, "a", "outside a"),
    ],
)
def test_imports_map_private_names(imports: object, specifier: str, leads_to: str) -> None:
    assert path({"package.json": {"imports": imports}, "src/a.ts": ""}, specifier) == leads_to


def test_private_names_are_those_of_the_nearest_package() -> None:
    files = {
        "package.json": {"imports": {"#a": "./a.ts"}},
        "a.ts": "",
        "src/package.json": {"type": "module"},
    }

    assert path(files, "#a", "main.ts") == "a.ts"
    assert path(files, "#a", "src/main.ts") == "lost"


def test_an_alias_goes_before_everything_else() -> None:
    files = {**empty("src/main.ts", "src/a.ts", "lib/b.ts"), **NPM}
    known: Modules = modules(files, {"": {"@": ("src",), "~/": ("lib",), "react": ("src/a.ts",)}})

    assert known.resolve("src/main.ts", "@/a").path == "src/a.ts"
    assert known.resolve("src/main.ts", "~/b").path == "lib/b.ts"
    assert known.resolve("src/main.ts", "react").path == "src/a.ts"
    assert known.resolve("src/main.ts", "@/gone").tried == ("src/gone",)
    assert known.resolve("src/main.ts", "@acme/a").is_outside
    assert known.resolve("src/main.ts", "~b").is_lost


def test_the_aliases_of_a_folder_hold_there_and_go_before_those_around_it() -> None:
    files = empty("src/a.ts", "web/src/a.ts", "web/b.gen.ts", "lib/b.ts", "lib/c.ts")
    known = modules(files, {"": {"@": ("src",), "$lib/*": ("web/*.gen", "lib/*")}, "web": {"@": ("src",)}})

    assert known.resolve("main.ts", "@/a").path == "src/a.ts"
    assert known.resolve("web/pages/main.ts", "@/a").path == "web/src/a.ts"
    assert known.resolve("website/main.ts", "@/a").path == "src/a.ts"
    assert known.resolve("web/main.ts", "$lib/b").path == "web/b.gen.ts"
    assert known.resolve("web/main.ts", "$lib/c").path == "lib/c.ts"
    assert known.resolve("web/main.ts", "$lib").is_lost


def test_the_import_map_of_deno_maps_names() -> None:
    stated = {
        "~/": "./src/",
        "~/ui/": "./lib/",
        "a": "./src/a.ts",
        "std/": "jsr:@std/path@1/",
        "chalk": "npm:chalk@5",
    }
    files = {"web/deno.jsonc": {"imports": stated}, **empty("web/src/a.ts", "web/lib/a.ts", "src/a.ts")}

    assert path(files, "~/a.ts", "web/main.ts") == "web/src/a.ts"
    assert path(files, "~/ui/a.ts", "web/main.ts") == "web/lib/a.ts"
    assert path(files, "a", "web/deep/main.ts") == "web/src/a.ts"
    assert path(files, "std/posix", "web/main.ts") == "outside @std/path"
    assert path(files, "chalk", "web/main.ts") == "outside chalk"
    assert path(files, "chalk/a", "web/main.ts") == "outside chalk"
    assert path(files, "a", "main.ts") == "outside a"
    assert path(files, "~/../../src/a.ts", "web/main.ts") == "src/a.ts"
