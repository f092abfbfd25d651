"""Specifiers lead where Node and TypeScript take them: paths, extensions, folders."""

import pytest

from archlint.project.modules import Manner, Target
from tests.resolution.modules import empty, path, target

TYPE = Manner.TYPE


@pytest.mark.parametrize(
    ("files", "specifier", "leads_to"),
    [
        # relative paths and added extensions
        (["src/a.ts"], "./a", "src/a.ts"),
        (["src/a.ts"], "./A", "lost"),
        (["src/a.ts"], "a", "outside a"),
        (["a.ts"], "../a", "a.ts"),
        (["src/a.tsx", "src/a.js"], "./a", "src/a.tsx"),
        (["src/a.js", "src/a.d.ts"], "./a", "src/a.js"),
        (["src/a.mjs"], "./a", "src/a.mjs"),
        (["src/a.vue"], "./a", "src/a.vue"),
        (["src/a.test.ts"], "./a", "lost"),
        (["src/a.test.ts"], "./a.test", "src/a.test.ts"),
        (["src/a.ts", "src/a/index.ts"], "./a", "src/a.ts"),
        (["src/a.ts", "src/a/index.ts"], "./a/", "src/a/index.ts"),
        (["src/a.ts"], "./a/", "lost"),
        (["src/a/index.ts"], "./a", "src/a/index.ts"),
        (["src/a/Index.ts"], "./a", "lost"),
        (["src/a/main.ts"], "./a", "lost"),
        # what is written is what is built
        (["src/a.ts"], "./a.js", "src/a.ts"),
        (["src/a.ts", "src/a.js"], "./a.js", "src/a.ts"),
        (["src/a.tsx"], "./a.jsx", "src/a.tsx"),
        (["src/a.tsx"], "./a.js", "src/a.tsx"),
        (["src/a.mts", "src/a.ts"], "./a.mjs", "src/a.mts"),
        (["src/a.ts"], "./a.mjs", "lost"),
        (["src/a.cts"], "./a.cjs", "src/a.cts"),
        (["src/a.ts"], "./a.cjs", "lost"),
        (["src/a.d.ts"], "./a.js", "src/a.d.ts"),
        (["src/a.ts"], "./a.ts", "src/a.ts"),
        (["src/a.js.ts"], "./a.js", "src/a.js.ts"),
        # JSON and assets, and what bundlers read after them
        (["src/a.json", "src/a.ts"], "./a.json", "src/a.json"),
        (["src/a.json"], "./a", "src/a.json"),
        (["src/a.css"], "./a.css", "src/a.css"),
        (["src/a.css"], "./a", "lost"),
        (["src/a.css.ts"], "./a.css", "src/a.css.ts"),
        (["src/a.css", "src/a.css.ts"], "./a.css", "src/a.css"),
        (["src/a.svg"], "./a.svg?raw", "src/a.svg"),
        (["src/a.svg"], "./a.svg?url&inline", "src/a.svg"),
        (["src/a.svg"], "./a.svg#icon", "src/a.svg"),
        (["src/a.svg"], "!!raw-loader!./a.svg", "src/a.svg"),
        (["src/w.ts"], "./w?worker", "src/w.ts"),
        (["src/a.svg#x", "src/a.svg"], "./a.svg#x", "src/a.svg#x"),
        (["src/LICENSE"], "./LICENSE", "src/LICENSE"),
        (["src/tool", "src/tool.ts"], "./tool", "src/tool.ts"),
        # the folder itself, and the one around it
        (["src/index.ts"], ".", "src/index.ts"),
        (["src/index.ts"], "./", "src/index.ts"),
        (["index.ts"], "..", "index.ts"),
        (["index.ts"], "../", "index.ts"),
        (["src.ts"], ".", "lost"),
        (["src/a.ts"], "./b/../a", "src/a.ts"),
        (["src/a.ts"], ".//a", "src/a.ts"),
        # places outside, odd spellings
        (["a.ts"], "../../a", "lost"),
        (["src/a.ts"], "../../../src/a", "lost"),
        (["src/a b.ts"], "./a%20b.ts", "src/a b.ts"),
        (["src/a%20b.ts", "src/a b.ts"], "./a%20b.ts", "src/a%20b.ts"),
        (["src/a/b.ts"], "./a%2Fb.ts", "lost"),
        (["a.ts"], "./%2e%2e/a", "a.ts"),
        (["src/a.ts"], ".\\a", "src/a.ts"),
        (["src/[id]/a.ts"], "./[id]/a", "src/[id]/a.ts"),
        (["src/a.ts"], "./a\0", "lost"),
        (["src/a.ts"], "", "lost"),
        # from the root
        (["src/b.ts"], "/src/b.ts", "src/b.ts"),
        (["public/a.svg"], "/a.svg", "public/a.svg"),
        (["src/a.svg"], "/a.svg", "lost"),
        (["a.ts"], "/../a.ts", "lost"),
        # packages, builtins and URLs
        ([], "react", "outside react"),
        ([], "react-dom/client", "outside react-dom"),
        ([], "@scope/name/sub/path.js", "outside @scope/name"),
        ([], "lodash?x", "outside lodash"),
        ([], "@scope", "lost"),
        ([], "@/a", "lost"),
        ([], "~/a", "lost"),
        ([], "$lib/a", "lost"),
        ([], "fs", "outside node:fs"),
        ([], "fs/promises", "outside node:fs/promises"),
        ([], "fs-extra", "outside fs-extra"),
        ([], "node:test", "outside node:test"),
        ([], "test", "outside test"),
        ([], "https://esm.sh/preact", "outside https://esm.sh/preact"),
        ([], "//cdn.example/x.js", "outside //cdn.example/x.js"),
        ([], "data:text/javascript,0", "outside data:text/javascript,0"),
        ([], "npm:chalk@5/source", "outside chalk"),
        ([], "npm:@scope/x@^1", "outside @scope/x"),
        ([], "jsr:@std/path@1/posix", "outside @std/path"),
        ([], "cloudflare:workers", "outside cloudflare:workers"),
        ([], "c:/windows", "lost"),
        ([], "#x", "lost"),
    ],
)
def test_a_specifier_leads_to(files: list[str], specifier: str, leads_to: str) -> None:
    assert path(empty(*files), specifier) == leads_to


@pytest.mark.parametrize(
    ("files", "specifier", "value", "type_"),
    [
        (["src/a.js", "src/a.d.ts"], "./a.js", "src/a.js", "src/a.d.ts"),
        (["src/a.ts", "src/a.d.ts"], "./a.js", "src/a.ts", "src/a.ts"),
        (["src/a.mjs", "src/a.d.mts"], "./a.mjs", "src/a.mjs", "src/a.d.mts"),
        (["src/a.css", "src/a.d.css.ts"], "./a.css", "src/a.css", "src/a.d.css.ts"),
        (["src/a.json", "src/a.d.json.ts"], "./a.json", "src/a.json", "src/a.d.json.ts"),
        (["src/a/index.js", "src/a/index.d.ts"], "./a", "src/a/index.js", "src/a/index.d.ts"),
    ],
)
def test_types_are_taken_from_declarations_and_values_are_not(
    files: list[str], specifier: str, value: str, type_: str
) -> None:
    assert path(empty(*files), specifier) == value
    assert path(empty(*files), specifier, manner=TYPE) == type_


@pytest.mark.parametrize(
    ("files", "address", "leads_to"),
    [
        (["web/main.js"], "main.js", "web/main.js"),
        (["web/main.ts"], "main.js", "web/main.ts"),
        (["web/a/b.css"], "a/b.css?v=3", "web/a/b.css"),
        (["web/fs"], "fs", "web/fs"),
        (["web/react.ts"], "#react", "lost"),
        ([], "https://cdn.example/x.js", "outside https://cdn.example/x.js"),
        (["src/main.ts"], "/src/main.ts", "src/main.ts"),
    ],
)
def test_an_address_is_relative_without_a_dot(files: list[str], address: str, leads_to: str) -> None:
    assert path(empty(*files), address, "web/index.html", Manner.URL) == leads_to


def test_what_is_lost_says_where_it_was_looked_for() -> None:
    assert target({}, "src/main.ts", "./a") == Target(tried=("src/a",))
    assert target({}, "src/main.ts", "../../a") == Target(tried=("a place outside the tree",))


@pytest.mark.parametrize(
    ("manifest", "files", "value"),
    [
        ({"main": "lib/x.js"}, ["src/a/lib/x.ts", "src/a/index.ts"], "src/a/lib/x.ts"),
        ({"main": "lib"}, ["src/a/lib/index.js"], "src/a/lib/index.js"),
        ({"main": "./lib/x"}, ["src/a/lib/x.js"], "src/a/lib/x.js"),
        ({"main": "gone.js"}, ["src/a/index.ts"], "src/a/index.ts"),
        ({"main": "gone.js", "module": "m.ts"}, ["src/a/m.ts", "src/a/index.ts"], "src/a/m.ts"),
        ({"types": "t.d.ts"}, ["src/a/t.d.ts", "src/a/index.js"], "src/a/t.d.ts"),
        ({"main": "../b.ts"}, ["src/b.ts"], "src/b.ts"),
        ({"main": "../../../b.ts"}, ["b.ts"], "lost"),
        ({"main": ["x.ts"]}, ["src/a/x.ts", "src/a/index.ts"], "src/a/index.ts"),
    ],
)
def test_a_folder_is_entered_by_its_manifest(manifest: object, files: list[str], value: str) -> None:
    assert path({"src/a/package.json": manifest, **empty(*files)}, "./a") == value
