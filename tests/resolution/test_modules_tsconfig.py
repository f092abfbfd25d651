"""Configurations of TypeScript map names: ``paths``, ``baseUrl``, ``extends``, ``references``, ``rootDirs``."""

import pytest

from archlint.project.modules import Manner
from tests.resolution.modules import Tree, empty, modules, path, project_of

FILES = empty("src/a.ts", "src/ui/button.tsx", "src/ui/index.ts", "lib/a.ts", "lib/only.ts", "types/x.d.ts")


def config(**options: object) -> dict[str, object]:
    return {"tsconfig.json": {"compilerOptions": options}}


@pytest.mark.parametrize(
    ("paths", "specifier", "leads_to"),
    [
        ({"@/*": ["./src/*"]}, "@/a", "src/a.ts"),
        ({"@/*": ["src/*"]}, "@/a.js", "src/a.ts"),
        ({"@/*": ["./src/*"]}, "@/ui", "src/ui/index.ts"),
        ({"@/*": ["./src/*"]}, "@/ui/button", "src/ui/button.tsx"),
        ({"@/*": ["./src/*"]}, "@/../lib/a", "lib/a.ts"),
        ({"@/*": ["./src/*"]}, "@/../../a", "lost"),
        ({"@/*": ["./src/*"]}, "@/gone", "lost"),
        ({"@/*": ["./src/*"]}, "@a", "lost"),
        ({"@/*": ["./src/*"]}, "@acme/a", "outside @acme/a"),
        ({"@/*": ["./src/*"]}, "./a", "src/a.ts"),
        ({"@": ["./src/a.ts"]}, "@", "src/a.ts"),
        ({"@": ["./src/a.ts"]}, "@/a", "lost"),
        ({"ui": ["./src/ui"]}, "ui", "src/ui/index.ts"),
        ({"ui": ["./src/ui"]}, "ui/button", "outside ui"),
        ({"*": ["./src/*"]}, "a", "src/a.ts"),
        ({"*": ["./src/*"]}, "react", "outside react"),
        ({"lib/*": ["./src/*"]}, "lib/gone", "lost"),
        ({"#lib/*": ["./src/*"]}, "#lib/a", "src/a.ts"),
        # of several targets the first that is there
        ({"@/*": ["./src/*", "./lib/*"]}, "@/a", "src/a.ts"),
        ({"@/*": ["./src/*", "./lib/*"]}, "@/only", "lib/only.ts"),
        # of several patterns the one with the longest start, and one without a star before all
        ({"*": ["./lib/*"], "@/*": ["./src/*"], "@/ui/*": ["./lib/*"]}, "@/ui/a", "lib/a.ts"),
        ({"a*": ["./lib/*"], "a": ["./src/a.ts"]}, "a", "src/a.ts"),
        ({"@*": ["./lib/*"], "@/*": ["./src/*"]}, "@/only", "lost"),
        # ends after the star
        ({"*.x": ["./src/*.ts"]}, "a.x", "src/a.ts"),
        ({"*.x": ["./src/*.ts"]}, "a.y", "outside a.y"),
        ({"*/*": ["./src/*"]}, "a/a", "outside a"),
        ({"@/*": ["../src/*"]}, "@/a", "lost"),
        ({"@/*": []}, "@/a", "lost"),
        ({"@/*": "./src/*"}, "@/a", "lost"),
        ([], "@/a", "lost"),
    ],
)
def test_paths_map_names(paths: object, specifier: str, leads_to: str) -> None:
    assert path({**config(paths=paths), **FILES}, specifier) == leads_to


def test_paths_may_lead_to_declarations_and_to_nothing_but_what_is_installed() -> None:
    paths = {"x": ["types/x.d.ts"], "react": ["./node_modules/@types/react"]}

    assert path({**config(paths=paths), **FILES}, "x") == "types/x.d.ts"
    assert path({**config(paths=paths), **FILES}, "react") == "outside react"


def test_a_base_url_is_a_folder_of_names() -> None:
    assert path({**config(baseUrl="."), **FILES}, "lib/a") == "lib/a.ts"
    assert path({**config(baseUrl="./src"), **FILES}, "ui/button") == "src/ui/button.tsx"
    assert path({**config(baseUrl="./src"), **FILES}, "lib/a") == "outside lib"
    assert path({**config(baseUrl="src", paths={"@/*": ["../lib/*"]}), **FILES}, "@/a") == "lib/a.ts"


def test_comments_and_trailing_commas_are_read() -> None:
    text = '// x\n{ "compilerOptions": { /* y */ "paths": { "@/*": ["./src/*",], }, }, }'

    assert path({"tsconfig.json": text, **FILES}, "@/a") == "src/a.ts"


@pytest.mark.parametrize(
    ("extends", "base"),
    [
        ("./config/base.json", "config/base.json"),
        ("./config/base", "config/base.json"),
        ("./tsconfig.base", "tsconfig.base.json"),
        (["./gone.json", "./config/base.json"], "config/base.json"),
        (["./config/base.json", "@tsconfig/node22/tsconfig.json"], "config/base.json"),
        ("${configDir}/base.json", ""),
        ("/config/base.json", ""),
        ("../config/base.json", ""),
        (7, ""),
    ],
)
def test_a_configuration_extends_another(extends: object, base: str) -> None:
    up = "../" if "/" in base else "./"
    bases = {base: {"compilerOptions": {"paths": {"@/*": [f"{up}src/*"]}}}} if base else {}
    files = {"tsconfig.json": {"extends": extends}, **bases, **FILES}

    assert path(files, "@/a") == ("src/a.ts" if base else "lost")


def test_a_configuration_overrides_what_it_extends() -> None:
    files = {
        "one.json": {"compilerOptions": {"paths": {"@/*": ["./lib/*"]}}},
        "two.json": {"compilerOptions": {"paths": {"@/*": ["./src/*"]}}},
        **FILES,
    }
    own = {"compilerOptions": {"paths": {"~/*": ["./lib/*"]}}}

    assert path({**files, "tsconfig.json": {"extends": ["./one.json", "./two.json"]}}, "@/a") == "src/a.ts"
    assert path({**files, "tsconfig.json": {"extends": ["./two.json", "./one.json"]}}, "@/a") == "lib/a.ts"
    assert path({**files, "tsconfig.json": {"extends": "./one.json", **own}}, "@/a") == "lost"
    assert path({**files, "tsconfig.json": {"extends": "./one.json", **own}}, "~/a") == "lib/a.ts"


def test_circles_of_configurations_end() -> None:
    files = {
        "tsconfig.json": {"extends": "./one.json", "references": [{"path": "./one.json"}]},
        "one.json": {"extends": "./tsconfig.json", "references": [{"path": "."}]},
        **FILES,
    }

    assert path(files, "@/a") == "lost"


def test_a_configuration_is_extended_by_its_package() -> None:
    files = {
        "package.json": {"workspaces": ["packages/*"]},
        "packages/config/package.json": {"name": "@acme/tsconfig"},
        "packages/config/react.json": {"compilerOptions": {"paths": {"@/*": ["${configDir}/src/*"]}}},
        "apps/web/tsconfig.json": {"extends": "@acme/tsconfig/react.json"},
        **empty("apps/web/src/a.ts", "packages/config/src/a.ts"),
    }

    assert path(files, "@/a", "apps/web/src/main.ts") == "apps/web/src/a.ts"


def test_paths_are_relative_to_the_configuration_that_states_them() -> None:
    files = {
        "config/base.json": {"compilerOptions": {"paths": {"@/*": ["../lib/*"]}}},
        "app/tsconfig.json": {"extends": "../config/base.json"},
        "app/lib/a.ts": "",
        **FILES,
    }

    assert path(files, "@/a", "app/main.ts") == "lib/a.ts"


def test_the_nearest_configuration_governs() -> None:
    files = {
        **config(paths={"@/*": ["./lib/*"]}),
        "app/tsconfig.json": {"compilerOptions": {"paths": {"@/*": ["./src/*"]}}},
        "web/jsconfig.json": {"compilerOptions": {"paths": {"@/*": ["./src/*"]}}},
        **empty("app/src/a.ts", "web/src/a.js"),
        **FILES,
    }

    assert path(files, "@/a", "app/deep/down/main.ts") == "app/src/a.ts"
    assert path(files, "@/a", "web/main.js") == "web/src/a.js"
    assert path(files, "@/a", "apps/main.ts") == "lib/a.ts"


SOLUTION: Tree = {
    "tsconfig.json": {"files": [], "references": [{"path": "./tsconfig.app.json"}, {"path": "./node"}]},
    "tsconfig.app.json": {
        "compilerOptions": {"paths": {"@/*": ["./src/*"]}},
        "include": ["src"],
        "exclude": ["src/**/*.test.ts"],
    },
    "node/tsconfig.json": {"compilerOptions": {"paths": {"@/*": ["../lib/*"]}}, "include": ["../lib/**/*"]},
    **FILES,
}


@pytest.mark.parametrize(
    ("importer", "leads_to"),
    [
        ("src/main.ts", "src/a.ts"),
        ("src/main.vue", "src/a.ts"),
        ("lib/main.ts", "lib/a.ts"),
        ("src/main.test.ts", "src/a.ts"),
        ("vite.config.ts", "src/a.ts"),
        ("node/x.ts", "lib/a.ts"),
    ],
)
def test_a_solution_leaves_files_to_what_it_references(importer: str, leads_to: str) -> None:
    assert path(SOLUTION, "@/a", importer) == leads_to


def test_what_a_configuration_includes_itself_is_not_left_to_what_it_references() -> None:
    own = {
        "compilerOptions": {"paths": {"@/*": ["./lib/*"]}},
        "references": [{"path": "./tsconfig.app.json"}],
    }

    assert path({**SOLUTION, "tsconfig.json": own}, "@/a") == "lib/a.ts"
    assert path({**SOLUTION, "tsconfig.json": {**own, "include": ["lib"]}}, "@/a") == "src/a.ts"
    assert path({**SOLUTION, "tsconfig.json": {**own, "files": ["src/main.ts"]}}, "@/a") == "lib/a.ts"


def test_root_dirs_are_one_folder() -> None:
    files = {**config(rootDirs=["src", "generated"]), **empty("generated/ui/made.ts", "src/ui/x.ts")}

    assert path(files, "./made", "src/ui/main.ts") == "generated/ui/made.ts"
    assert path(files, "./ui/made", "src/main.ts") == "generated/ui/made.ts"
    assert path(files, "./x", "generated/ui/made.ts") == "src/ui/x.ts"
    assert path(files, "./made", "other/ui/main.ts") == "lost"


def test_module_suffixes_go_before_the_extension() -> None:
    files = {**config(moduleSuffixes=[".ios", ""]), **empty("src/a.ios.ts", "src/a.ts", "src/b.ts")}

    assert path(files, "./a") == "src/a.ios.ts"
    assert path(files, "./b") == "src/b.ts"


def test_custom_conditions_hold() -> None:
    exports = {"acme": "./a.ts", "default": "./b.ts"}
    ui = {"ui/package.json": {"name": "ui", "exports": exports}, **empty("ui/a.ts", "ui/b.ts")}

    assert path({**config(customConditions=["acme"]), **ui}, "ui") == "ui/a.ts"
    assert path(ui, "ui") == "ui/b.ts"


def test_node10_enters_packages_by_their_fields_first() -> None:
    manifest = {"name": "ui", "main": "./a.ts", "exports": {".": "./b.ts", "./c": "./b.ts"}}
    ui = {"ui/package.json": manifest, **empty("ui/a.ts", "ui/b.ts")}

    assert path({**config(moduleResolution="node"), **ui}, "ui") == "ui/a.ts"
    assert path({**config(moduleResolution="node"), **ui}, "ui/c") == "ui/b.ts"
    assert path({**config(moduleResolution="Bundler"), **ui}, "ui") == "ui/b.ts"


def test_the_condition_node_does_not_hold_for_bundlers() -> None:
    exports = {"node": "./a.ts", "import": "./b.ts"}
    ui = {"ui/package.json": {"name": "ui", "exports": exports}, **empty("ui/a.ts", "ui/b.ts")}

    assert path({**config(moduleResolution="bundler"), **ui}, "ui") == "ui/b.ts"
    assert path({**config(module="NodeNext"), **ui}, "ui") == "ui/a.ts"
    assert path({**config(module="NodeNext"), **ui}, "ui", manner=Manner.TYPE) == "ui/a.ts"


def test_configurations_with_unusual_names_are_asked_for() -> None:
    files = {
        "tsconfig.json": {"extends": "./one.json"},
        "one.json": {"extends": "./two.json"},
        "two.json": {"compilerOptions": {"paths": {"@/*": ["./src/*"]}}},
        "three.json": {},
        **FILES,
    }

    assert set(project_of(files).facts_by_path) == {"tsconfig.json", "one.json", "two.json"}
    assert modules({**files, "src/main.ts": ""}).resolve("src/main.ts", "@/a").path == "src/a.ts"
