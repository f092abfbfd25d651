"""What files point at, at the boundary of their languages: bytes in, references out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archlint.facts import Demand, Facts, Link, MeasureDemand, Reference, ReferenceDemand
from archlint.languages import language_of
from archlint.model import Scope
from archlint.source import Source
from tests.languages.reference_forms import CASES, Case
from tests.places import text_at
from tests.running.workers import facts_of as gathered
from tests.trees import write_tree

REFERENCES = ReferenceDemand(Scope())
# Another family of facts has the whole file parsed.
WHOLE = (REFERENCES, MeasureDemand(Scope()))


def facts_of(path: str, code: str, *demands: Demand) -> Facts:
    return language_of(path).read(Source(path, code.encode()), demands or (REFERENCES,))


def said(reference: Reference) -> str:
    words = [reference.target, reference.link.value, ",".join(reference.names) or "-"]
    if reference.is_type and reference.link is not Link.TYPE:
        words.append("type")
    if reference.is_conditional:
        words.append("maybe")
    return " ".join(words)


def said_of(path: str, code: str) -> list[str]:
    return [said(reference) for reference in facts_of(path, code).references]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path}: {case.code[:60]}")
def test_each_form_of_a_script_is_what_it_is(case: Case) -> None:
    alone, whole = facts_of(case.path, case.code), facts_of(case.path, case.code, *WHOLE)

    assert [said(reference) for reference in alone.references] == list(case.expected)
    assert whole.references == alone.references


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path}: {case.code[:60]}")
def test_a_reference_stands_at_its_specifier(case: Case) -> None:
    for reference in facts_of(case.path, case.code).references:
        written = text_at(case.code.removeprefix("\ufeff"), reference.span)

        assert written.replace("' + '", "").replace(r"\x2e", ".") == reference.target


@given(
    st.sampled_from(["a.js", "a.ts", "a.tsx"]).flatmap(
        lambda path: st.lists(st.sampled_from([case for case in CASES if case.path == path]), max_size=8)
    )
)
def test_a_part_of_a_file_says_what_the_whole_file_says(cases: list[Case]) -> None:
    path = cases[0].path if cases else "a.ts"
    code = "\n".join(case.code for case in cases) + "\nfunction f() {\n  a()\n}\n" * 20

    assert facts_of(path, code).references == facts_of(path, code, *WHOLE).references


AT_TOP = (
    "import './a'\n",
    "import a, { b as c, type D } from './a'; import * as e from './b';\n",
    "import type { A } from './a'\r\n",
    "export * from './a' // export * from './no'\n",
    "export { a } from './a'",
    "/* import './no' */ ",
    "/** @type {import('./no').A} */\n",
    "// import './no'\n",
    "'use strict'\n",
    '"use client";\n',
    "#!/usr/bin/env node\n",
    "\ufeff",
    ";\n",
    " ",
    "\n",
    "\r",
    "\u2028",
    "import json from './a.json' with { type: 'json' }\n",
    "import a = require('./a')\n",
    "import('./a')\n",
    "const a = require('./a')\n",
    "`\nimport './no'\n`\n",
    "const a = `\n",
    "/*\n",
    "*/\n",
    "declare module './a' {\n",
    "}\n",
    "<!-- import './no'\n",
    "let = = =\n",
    "'./a' + './b'\n",
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["a.js", "a.ts", "a.tsx", "a.d.ts"]), st.lists(st.sampled_from(AT_TOP), max_size=7))
def test_what_is_read_without_a_tree_is_what_the_tree_says(path: str, parts: list[str]) -> None:
    code = "".join(parts)

    assert facts_of(path, code).references == facts_of(path, code, *WHOLE).references


HTML = """
<link rel="stylesheet" href=" a.css "><link rel="canonical" href="/no"><link rel="icon" href="i.svg">
<link rel="modulepreload" href="m.js"><link rel="preload" as="style" href="p.css"><link href="no">
<script src="s.js?a=1&amp;b=2"></script><script src="//cdn.example/x.js" type="module"></script>
<script type="importmap">{"imports": {"a": "./a.js", "b/": "./b/"}, "scopes": {"/c/": {"a": "./c.js"}}}</script>
<script type="text/template"><script src="no.js"></script>
<img src="i.png" srcset="i2.png 2x, i3.png 3x" alt="src='no'"><img src="data:image/png;base64,AAAA">
<!-- <script src="no.js"></script> --><a href="/no">import './no'</a><form action="/no"></form>
<iframe src="f.html"></iframe><iframe srcdoc="<script src='in.js'></script>"></iframe>
<video poster="v.jpg"><source src="v.mp4"></video><svg><use href="#u"/></svg><object data="o.pdf"></object>
<style>@import "s.css"; a { background: url(b.png) } /* url(no.png) */</style>
<p style="background: url(&quot;q.png&quot;)" onclick="import('./lazy.js')">url(no.png)</p>
<script type="module">
  import a from './module.js'; // import './no'
  if (a) import('./more.js');
</script>
"""


def test_a_page_points_at_what_it_loads() -> None:
    assert said_of("a.html", HTML) == [
        "a.css stylesheet -",
        "i.svg asset -",
        "m.js script -",
        "p.css stylesheet -",
        "s.js?a=1&b=2 script -",
        "//cdn.example/x.js script -",
        "./a.js script - maybe",
        "./c.js script - maybe",
        "i.png asset -",
        "i2.png asset -",
        "i3.png asset -",
        "data:image/png;base64, asset -",
        "f.html asset -",
        "in.js script -",
        "v.jpg asset -",
        "v.mp4 asset -",
        "#u asset -",
        "o.pdf asset -",
        "s.css stylesheet -",
        "b.png asset -",
        "q.png asset -",
        "./lazy.js dynamic *",
        "./module.js value default",
        "./more.js dynamic * maybe",
    ]


def test_what_a_page_points_at_stands_at_its_place_in_the_page() -> None:
    found = facts_of("a.html", HTML).references
    written = {reference.target: text_at(HTML, reference.span) for reference in found}

    assert {target for target in written if written[target] != target} == {
        "s.js?a=1&b=2",
        "data:image/png;base64,",
    }


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        (
            "a.astro",
            (
                "---\nimport A from './A.astro';\n---\n<script src='./x.ts'></script><Img src='./no.png' />"
                "<img src='./i.png'><b a={import('./z')}>{`import './no'`}</b><script>import './y'</script>"
            ),
            [
                "./A.astro value default",
                "./x.ts script -",
                "./i.png asset -",
                "./z dynamic *",
                "./y side-effect -",
            ],
        ),
        (
            "a.vue",
            (
                "<script setup lang='ts'>\nimport { type A } from './a';\n</script>\n<template><img src='./i.png'>"
                "<a @click=\"import('./z')\">import './no'</a></template>\n<style src='./s.css'></style>"
                "<style lang='scss'>\n// @import 'no'\n@use './t';</style>"
            ),
            ["./a type A", "./i.png asset -", "./z dynamic *", "./s.css stylesheet -", "./t stylesheet -"],
        ),
        (
            "a.svelte",
            "<script lang='ts'>\nimport A from './A.svelte';\n</script>\n{#await import('./b')}<A/>{/await}",
            ["./A.svelte value default", "./b dynamic *"],
        ),
        (
            "a.css",
            (
                "@charset 'no'; @import 'a.css' layer(x) supports(content: 'no'); @import url(b.css) print;\n"
                "/* @import 'no' */ a { background: url( 'c.png' ), URL(//cdn/d.png); content: 'url(no)' }\n"
                "@namespace url(http://no); b { composes: c from './e.css'; src: url(f\\29 .woff2) url() }"
            ),
            [
                "a.css stylesheet -",
                "b.css stylesheet -",
                "c.png asset -",
                "//cdn/d.png asset -",
                "./e.css stylesheet -",
                "f).woff2 asset -",
            ],
        ),
        (
            "a.scss",
            (
                "@use 'sass:math'; @use '@acme/x'; @import $no; @use 'b' with ($c: 'no'); @forward 'd'; @import 'e', 'f'; // @import 'no'\n"
                "a { background: url('#{$no}/a.png'); b: url($no); c: url(https://h/g.png) } // url(no)"
            ),
            [
                "sass:math stylesheet -",
                "@acme/x stylesheet -",
                "b stylesheet -",
                "d stylesheet -",
                "e stylesheet -",
                "f stylesheet -",
                "https://h/g.png asset -",
            ],
        ),
        (
            "a.less",
            "@import (reference) 'b'; // @import 'no'\n.a { background: url('@{no}/a.png') }",
            ["b stylesheet -"],
        ),
    ],
)
def test_components_and_style_sheets_point_at_what_they_load(
    path: str, code: str, expected: list[str]
) -> None:
    assert said_of(path, code) == expected


def test_comments_of_style_sheets_are_no_code() -> None:
    sizes = facts_of("a.scss", "/* a\n b */\n// c\n\na { b: 'c' }\n", MeasureDemand(Scope())).measures

    assert sizes is not None
    assert (sizes.lines, sizes.code_lines) == (5, 1)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import a", ["a value *"]),
        ("import a.b as c, d", ["a.b value *", "d value *"]),
        ("from a.b import c as d, e", ["a.b value c,e"]),
        ("from a import (\n  b,  # why\n  c,\n)", ["a value b,c"]),
        ("from a import *", ["a value *"]),
        ("from . import a", [". value a"]),
        ("from .a import b", [".a value b"]),
        ("from ...a.b import c", ["...a.b value c"]),
        ("try:\n  import a\nexcept ImportError:\n  import b", ["a value * maybe", "b value * maybe"]),
        ("try:\n  a\nfinally:\n  import b", ["b value *"]),
        ("if a:\n  import b\nelse:\n  import c", ["b value * maybe", "c value * maybe"]),
        ("def f():\n  import a", ["a value * maybe"]),
        ("class A:\n  import a", ["a value *"]),
        ("with a:\n  import b", ["b value *"]),
        ("if TYPE_CHECKING:\n  import a\nelse:\n  import b", ["a type *", "b value *"]),
        ("if typing.TYPE_CHECKING:\n  from .a import B", [".a type B"]),
        ("if not TYPE_CHECKING:\n  import a", ["a value * maybe"]),
        ("import importlib\nimportlib.import_module('a.b')", ["importlib value *", "a.b dynamic *"]),
        (
            "from importlib import import_module as load\nload('.a', __package__)",
            ["importlib value import_module", ".a dynamic *"],
        ),
        (
            "from importlib import import_module\nimport_module('..a', package='b.c')",
            ["importlib value import_module", "b.a dynamic *"],
        ),
        (
            "from importlib import import_module\nimport_module('.a', b); import_module(c)",
            ["importlib value import_module"],
        ),
        ("def f():\n  __import__('a')", ["a dynamic * maybe"]),
        ("a.import_module('b')", []),
        ("'''\nimport a\n'''", []),
        ("# import a\nimports = 'import a'", []),
        ("", []),
    ],
)
def test_a_python_module_points_at_what_it_imports(code: str, expected: list[str]) -> None:
    later = "\n'''\n'''\ndef g():\n  pass\n"
    alone, whole = facts_of("a.py", code + later), facts_of("a.py", code + later, *WHOLE)

    assert [said(reference) for reference in alone.references] == expected
    assert whole.references == alone.references


def test_a_stub_imports_types() -> None:
    assert said_of("a.pyi", "from .a import B") == [".a type B"]


def test_a_dotted_name_stands_where_it_is_written() -> None:
    code = "from .. a.b import c; import d.e as f"

    assert [text_at(code, found.span) for found in facts_of("a.py", code).references] == [".. a.b", "d.e"]


def test_a_mistake_behind_the_last_import_hides_no_reference() -> None:
    assert facts_of("a.ts", "import './a'\n" + "let = = =\n" * 9).problems == ()
    assert facts_of("a.py", "import a\nb = 1\n" + "let = = =\n" * 9).problems == ()


def test_a_file_without_a_word_that_points_at_anything_is_not_parsed() -> None:
    assert facts_of("a.ts", "let = = =").problems == ()
    assert facts_of("a.py", "let = = =").problems == ()


def test_references_come_out_of_workers_as_they_are_found(tmp_path: Path) -> None:
    code = "import { type A } from './a'\nimport('./b')\n"
    root = write_tree(tmp_path, {"a.ts": code, "no.md": "import './no'"})

    assert gathered(root, "a.ts", REFERENCES) == facts_of("a.ts", code)
    assert gathered(root, "no.md", REFERENCES).references == ()


def test_a_mistake_before_the_last_import_is_a_problem() -> None:
    assert len(facts_of("a.ts", "let = = =\nimport './a'\n").problems) == 1
    assert len(facts_of("a.py", "let = = =\nimport a\n").problems) == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("@import 'a.css'; @import 'b.css';", ["a.css stylesheet -", "b.css stylesheet -"]),
        ("@import 'a.css\n; b { background: url(c.png) }", ["c.png asset -"]),
        ("@import 'a.css\r\n; b { background: url(c.png) }", ["c.png asset -"]),
        ('@import "a.css', []),
        ("@import 'a\\\n.css';", ["a.css stylesheet -"]),
        ("@import 'a\\\r\n.css';", ["a.css stylesheet -"]),
    ],
)
def test_a_text_of_a_style_sheet_ends_at_its_quote_or_is_none(code: str, expected: list[str]) -> None:
    assert said_of("a.css", code) == expected
