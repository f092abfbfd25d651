"""Specifiers lead where TypeScript itself takes them, over made-up trees."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archlint.project.modules import Manner
from tests.resolution.modules import Tree, modules
from tests.resolution.typescript_peer import TypeScript, typescript

IMPORTER = "src/main.ts"
NAMES = ["a", "b", "index", "a.b"]
FOLDERS = ["", "src/", "src/a/", "lib/", "lib/a/", "packages/ui/", "packages/ui/src/", "packages/ui/dist/"]
EXTENSIONS = [".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mts", ".d.mts", ".mjs", ".cts", ".json"]


@pytest.fixture(scope="module")
def peer() -> Iterator[TypeScript]:
    with typescript() as running:
        yield running


places = st.builds(str.__add__, st.sampled_from(FOLDERS), st.sampled_from(NAMES))
files = st.lists(
    st.builds(str.__add__, places, st.sampled_from(EXTENSIONS)), min_size=12, max_size=30, unique=True
)

spots = st.sampled_from([*NAMES, "src/a", "lib/a", "src", "lib", "*", "src/*", "lib/*"])
tails = st.sampled_from(["", "", ".js", ".ts", ".d.ts", ".mjs", ".json"])
paths = st.dictionaries(
    st.sampled_from(["@/*", "@/a/*", "@", "*", "ui", "ui/*", "@/*.js", "a"]),
    st.lists(st.builds("./{}{}".format, spots, tails), min_size=1, max_size=2),
    max_size=3,
)
options = st.fixed_dictionaries(
    {},
    optional={
        "paths": paths,
        "baseUrl": st.sampled_from([".", "./src", "lib"]),
        # Of `["src/a", "lib"]` TypeScript takes `../lib/` for the file `src/a.ts` too, which nobody means.
        "rootDirs": st.just(["src", "lib"]),
        "moduleSuffixes": st.sampled_from([[".b", ""], [""]]),
        "customConditions": st.just(["acme"]),
    },
)

targets = st.one_of(
    st.none(),
    st.builds("./{}{}".format, st.sampled_from(["a", "src/a", "src/b", "dist/a", "src/*", "*"]), tails),
)
conditional = st.recursive(
    targets,
    lambda inner: st.one_of(
        st.dictionaries(
            st.sampled_from(["types", "import", "require", "default", "acme", "node"]),
            inner,
            min_size=1,
            max_size=3,
        ),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=4,
)
exports = st.one_of(
    conditional,
    st.dictionaries(
        st.sampled_from([".", "./a", "./*", "./src/*", "./*.js", "./src/"]),
        conditional,
        min_size=1,
        max_size=4,
    ),
)
fields = st.builds("{}{}".format, st.sampled_from(["a", "src/a", "./src", "dist/a", "./b"]), tails)
manifests = st.fixed_dictionaries(
    {"name": st.just("ui")},
    optional={"exports": exports, "main": fields, "types": fields, "typings": fields},
)
imports = st.dictionaries(st.sampled_from(["#a", "#*", "#lib/*"]), conditional, max_size=2)

relatives = st.builds(
    "{}{}{}".format,
    st.sampled_from(["./", "../", "./a/", "../lib/", "../src/", "../packages/ui/", "../../"]),
    st.sampled_from([*NAMES, "", "src"]),
    st.sampled_from(["", "/", *EXTENSIONS]),
)
# Not `ui/`: where `*` of `paths` stands for nothing, TypeScript leaves it in the path as it is.
bare = st.builds(
    "{}{}".format,
    st.sampled_from(["@/", "@/a/", "ui/", "ui/src/", "ui/dist/", "lib/", "", "#", "#lib/"]),
    st.sampled_from(["a", "b", "a.js", "b.js", "a.ts", "a.b", "index"]),
)
specifiers = st.lists(
    st.one_of(relatives, bare, st.sampled_from([".", "..", "./", "../", "@", "ui", "../packages/ui"])),
    min_size=8,
    max_size=16,
    unique=True,
)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    kind = draw(st.sampled_from(["bundler", "node10", "nodenext"]))
    module = "nodenext" if kind == "nodenext" else "esnext"
    fixed = {"allowJs": True, "resolveJsonModule": True, "module": module, "moduleResolution": kind}
    stated = draw(options)
    if kind == "nodenext":  # there a path needs its extension, and bundlers add it all the same
        stated = {key: stated[key] for key in stated.keys() & {"customConditions"}}
    return {
        **dict.fromkeys(draw(files), ""),
        IMPORTER: "",
        "tsconfig.json": {"compilerOptions": {**stated, **fixed}},
        "package.json": {"workspaces": ["packages/*"], "imports": draw(imports)},
        "packages/ui/package.json": draw(manifests),
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees(), specifiers=specifiers)
def test_types_are_found_where_typescript_finds_them(
    peer: TypeScript, tree: Tree, specifiers: list[str]
) -> None:
    theirs = peer.resolve(tree, IMPORTER, specifiers, {"ui": "packages/ui"})
    known = modules(tree)
    ours = [known.resolve(IMPORTER, specifier, Manner.TYPE).path for specifier in specifiers]
    both = zip(specifiers, theirs, ours, strict=True)

    # With `moduleSuffixes` TypeScript 5.9 may answer with a file that is not there; and what it does not find, since
    # a setting or a bundler would be needed, may still be found by us.
    assert [each for each in both if each[1] in tree and each[1] != each[2]] == []
