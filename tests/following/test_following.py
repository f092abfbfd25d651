"""Each step by which a constant gets to where it acts, with an offence and what only looks like one."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from archlint.kinds.sinks import At, selects
from archlint.kinds.value import Options
from archlint.model import Finding
from archlint.project.following.constants import Constant
from tests.following.trees import followed
from tests.trees import check_tree, write_tree

_SUBJECT = (At(property="subject", query="subject", header="x-subject"),)
_FORBIDDEN = Options(_SUBJECT, forbid="devstudio")
_RULE = """
- id: subject
  why: One subject.
  {scope}value: {{ forbid: devstudio, at: [{{ property: subject, query: subject }}] }}
"""


def reached(files: Mapping[str, str], options: Options = _FORBIDDEN) -> list[Constant]:
    """The constants that break a rule, at its sinks."""
    return [
        each
        for each in followed(files, options)
        if selects(options.at, each.occurrence) and each.occurrence.value == "devstudio"
    ]


@pytest.mark.parametrize(
    ("offence", "look_alike"),
    [
        ("const a = 'devstudio'; o.subject = a;", "const a = 'devstudio'; { const a = f(); o.subject = a; }"),
        ("let a = 'devstudio'; o.subject = a;", "let a = 'devstudio'; a = f(); o.subject = a;"),
        ("let a = 'devstudio'; o.subject = a;", "let a = 'devstudio'; function g() { [a] = f(); } o.subject = a;"),
        ("let a = 'devstudio'; o.subject = a;", "let a = 'devstudio'; for (a of b) {} o.subject = a;"),
        ("var a; var a = 'devstudio'; o.subject = a;", "var a = 'devstudio'; var a = f(); o.subject = a;"),
        ("o.subject = a; var a = 'devstudio';", "o.subject = a; function g() { var a = 'devstudio'; }"),
        ("const a = { b: 'devstudio' } as const; o.subject = a.b;", "const a = { b: 'devstudio' }; o.subject = a.c;"),
        ("const a = { b: 'devstudio' }; o.subject = a['b'];", "const a = { b: 'devstudio' }; o.subject = a[b];"),
        ("const a = { ['b']: 'devstudio' }; o.subject = a.b;", "const a = { [b]: 'devstudio' }; o.subject = a.b;"),
        ("const a = { b: 'x', b: 'devstudio' }; o.subject = a.b;", "const a = { b: 'devstudio', b: 'x' }; o.subject = a.b;"),
        ("const a = { ...{ b: 'devstudio' } }; o.subject = a.b;", "const a = { b: 'devstudio', ...c }; o.subject = a.b;"),
        ("const a = { b: 'devstudio' }; a.c = 1; o.subject = a.b;", "const a = { b: 'devstudio' }; a.b = 1; o.subject = a.b;"),
        (
            "const a = { b: 'devstudio' }; const c = { b: 'x' }; c.b = 'y'; o.subject = a.b;",
            "const a = { b: 'devstudio' }; const c = a; c.b = 'y'; o.subject = a.b;",
        ),
        (
            "const v = 'devstudio', a = { b: v }, c = { b: v }; c.b = 'y'; o.subject = a.b;",
            "const v = 'devstudio', a = { b: v }, c = { b: v }; c.b = 'y'; o.subject = c.b;",
        ),
        (
            "const a = { b: 'devstudio' }; const c = { ...a }; c.b = 'y'; o.subject = a.b;",
            "const a = { b: 'devstudio' }; delete a.b; o.subject = a.b;",
        ),
        (
            "const a = { b: 'devstudio' }; Object.assign(c, a); o.subject = a.b;",
            "const a = { b: 'devstudio' }; Object.assign(a, c); o.subject = a.b;",
        ),
        ("const a = Object.freeze({ b: 'devstudio' }); o.subject = a.b;", "const a = f({ b: 'devstudio' }); o.subject = a.b;"),
        ("const a = ['x', 'devstudio']; o.subject = a[1];", "const a = ['x', 'devstudio']; o.subject = a[0];"),
        ("const a = [...b, 'devstudio']; o.subject = a[3];", "const a = ['x', ...b, 'devstudio']; o.subject = a[0];"),
        ("const a = ['devstudio']; o.subject = a[0];", "const a = ['devstudio', 'x']; a.sort(); o.subject = a[0];"),
        ("enum E { A = 'devstudio' } o.subject = E.A;", "enum E { A = 'devstudio', B = 'x' } o.subject = E.B;"),
        (
            "const enum E { A = 'devstudio', B = A } o.subject = E.B;",
            "const A = 'devstudio'; enum E { A = 'x', B = A } o.subject = E.B;",
        ),
        ("class C { static readonly a = 'devstudio' } o.subject = C.a;", "class C { static a = 'devstudio' } C.a = b; o.subject = C.a;"),
        (
            "class C { readonly a = 'devstudio'; f() { o.subject = this.a; } }",
            "class C { a = 'devstudio'; f() { o.subject = this.a; } }",
        ),
        (
            "class C { #a = 'devstudio'; f() { return () => { o.subject = this.#a; } } }",
            "class C { #a = 'devstudio'; f() { return function () { o.subject = this.#a; } } }",
        ),
        (
            "class C { static a = 'devstudio'; static f() { o.subject = this.a; } }",
            "class C { static a = 'devstudio'; f() { o.subject = this.a; } }",
        ),
        (
            "namespace N { export const a = 'devstudio' } o.subject = N.a;",
            "namespace N { const a = 'devstudio' } o.subject = N.a;",
        ),
        (
            "namespace N { export const a = 'devstudio' } namespace N { export const b = 1 } o.subject = N.a;",
            "namespace N { export const a = 'x' } namespace M { export const a = 'devstudio' } o.subject = N.a;",
        ),
        ("const { a: { b: c } } = { a: { b: 'devstudio' } }; o.subject = c;", "const { a: c } = { b: 'devstudio' }; o.subject = c;"),
        ("const { a, ...r } = { b: 'devstudio' }; o.subject = r.b;", "const { b, ...r } = { b: 'devstudio' }; o.subject = r.b;"),
        ("const [a, ...r] = ['x', 'devstudio']; o.subject = r[0];", "const [a, ...r] = ['devstudio', 'x']; o.subject = r[0];"),
        ("const { a = 'devstudio' } = b; o.subject = a;", "const { a = 'x' } = { a: f('devstudio') }; o.subject = a;"),
        ("function f(a = 'devstudio') { o.subject = a; }", "function f(a) { o.subject = a; } f('devstudio');"),
        ("for (const a of ['devstudio']) { o.subject = a; }", "for (const a in ['devstudio']) { o.subject = a; }"),
        ("const a = { b: 'devstudio' }; o.subject = Object.values(a)[0];", "const a = { b: 'devstudio' }; o.subject = Object.keys(a)[0];"),
        (
            "for (const [k, v] of Object.entries({ b: 'devstudio' })) { o.subject = v; }",
            "for (const [k, v] of Object.entries({ b: 'devstudio' })) { o.subject = k; }",
        ),
        ("const a = b ? 'devstudio' : c; o.subject = a;", "const a = b === 'devstudio'; o.subject = a;"),
        ("const a = b ?? 'devstudio'; o.subject = a;", "const a = 'devstudio' && b; o.subject = a;"),
        ("const f = () => 'devstudio'; o.subject = f();", "const f = () => 'devstudio'; o.subject = f;"),
        ("function f() { return 'devstudio' } o.subject = f();", "function f() { g(); return 'devstudio' } o.subject = f();"),
        (
            "async function f() { return 'devstudio' } o.subject = await f();",
            "function* f() { return 'devstudio' } o.subject = f();",
        ),
        (
            "const a = { f() { return 'devstudio' } }; o.subject = a.f();",
            "const a = { *f() { return 'devstudio' } }; o.subject = a.f();",
        ),
        (
            "const a = { get b() { return 'devstudio' }, set b(v) {} }; o.subject = a.b;",
            "const a = { set b(v) { return 'devstudio' } }; o.subject = a.b;",
        ),
        ("const a = 'devstudio'; go(`/p?subject=${a}`);", "const a = 'devstudio'; go(`/p?subject=${a}-x`);"),
    ],
)  # fmt: skip
def test_a_constant_is_followed_by_what_keeps_it_and_by_nothing_else(offence: str, look_alike: str) -> None:
    assert reached({"a.ts": offence})
    assert not reached({"a.ts": look_alike})


@pytest.mark.parametrize(
    ("code", "sink"),
    [
        ("const q = { subject: 'devstudio' }; new URLSearchParams(q)", "query"),
        ("const q = { subject: 'devstudio' }; new URLSearchParams({ ...q, b: 1 })", "query"),
        ("const h = { 'x-subject': 'devstudio' }; go({ headers: h })", "header"),
        ("headers['X-Subject'] = 'devstudio'", "header"),
        ("const headers = { 'x-subject': 'devstudio' }; go({ headers })", "header"),
        ("const h = { 'x-subject': 'devstudio' }; new Headers(h)", "header"),
    ],
)
def test_an_object_that_is_handed_over_acts_by_its_members(code: str, sink: str) -> None:
    assert sink in {found.occurrence.sink for found in reached({"a.ts": code})}


@pytest.mark.parametrize(
    ("offence", "look_alike"),
    [
        ("go({ headers: O });", "go({ body: O });"),
        ("go({ headers: { a: 1, ...O } });", "go({ headers: { ...O, 'X-Subject': 'x' } });"),
        (
            "const headers = O; go({ headers });",
            "const { 'X-Subject': gone, ...headers } = O; go({ headers });",
        ),
        ("new Headers(O);", "O['X-Subject'] = f(); new Headers(O);"),
        ("new Headers({ ...O, a: 1 });", "new Map({ ...O });"),
    ],
)
def test_an_object_of_another_file_that_is_handed_over_acts_by_its_members(
    offence: str, look_alike: str
) -> None:
    lender = "export const O = { 'X-Subject': 'devstudio', other: 'devstudio' };"
    headers = Options((At(header="x-subject"),), forbid="devstudio")

    for code, expected in ((offence, {"b.ts"}), (look_alike, set())):
        files = {"a.ts": lender, "b.ts": f"import {{ O }} from './a'; {code}"}
        assert {each.sink.path for each in reached(files, headers)} == expected, code


# Shrunk from programs that were followed wrongly.
@pytest.mark.parametrize(
    ("lender", "borrower"),
    [
        (
            "export const O = { a: 'devstudio' };",
            "import { O } from './a'; const { b, ...r } = O; o.subject = r.a;",
        ),
        (
            "export const O = { a: 'devstudio' };",
            "import { O } from './a'; const p = { ...O, b: 1 }; o.subject = p.a;",
        ),
        (
            "const d = ('dev' + 'studio'); export const a = `${d}` + '';",
            "import { a } from './a'; o.subject = a;",
        ),
        (
            "enum E { A = 'devstudio', B = E.A, C = E.B } export { E };",
            "import { E } from './a'; o.subject = E.C;",
        ),
        (
            "enum E { A = 'dev', B = A } export const a = E.B + 'studio';",
            "import { a } from './a'; o.subject = a;",
        ),
        ("export const O = { a: 'devstudio' };", "import { O } from './a'; o.subject = Object.values(O);"),
    ],
)
def test_a_constant_is_followed_into_another_file(lender: str, borrower: str) -> None:
    files = {"a.ts": lender, "b.ts": borrower}

    assert reached(files, Options(_SUBJECT, regex=".+"))


@pytest.mark.parametrize(
    "borrower",
    [
        "import { O } from './a'; const { a, ...r } = O; o.subject = r.a;",
        "import { O } from './a'; const p = { ...O, a: f() }; o.subject = p.a;",
        "import { A } from './a'; o.subject = { ...A };",
        "import { O } from './a'; O.a = f(); o.subject = O.a;",
        "import type { A } from './a'; o.subject = A;",
    ],
)
def test_what_a_copy_lacks_and_what_is_written_to_is_not_followed_into_another_file(borrower: str) -> None:
    files = {"a.ts": "export const O = { a: 'devstudio' }; export const A = 'devstudio';", "b.ts": borrower}

    assert not reached(files)


@pytest.mark.parametrize("read", ["c.default.a", "c.a", "d.a", "n.c.default.a", "r.a"])
def test_a_commonjs_module_is_read_in_every_usual_way(read: str) -> None:
    files = {
        "c.cjs": "exports.a = 'devstudio';",
        "n.ts": "export * as c from './c.cjs';",
        "b.ts": "import * as c from './c.cjs'; import d from './c.cjs'; import * as n from './n';\n"
        f"const r = require('./c.cjs'); o.subject = {read};",
    }

    assert reached(files)


def _findings(root: Path, files: Mapping[str, str], scope: str = "") -> list[Finding]:
    rules = {
        "archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml"]',
        "rules.yml": _RULE.format(scope=scope),
    }
    return list(check_tree(write_tree(root, {**rules, **files}), jobs=1).findings)


_LENT = {
    "a.ts": "export const A = 'devstudio';\n",
    "b.ts": "export { A as B } from './a';\n",
    "c.ts": "import { B } from './b';\nopen({ subject: B });\nget(`/x?subject=${B}`);\n",
}


def test_a_literal_with_several_sinks_is_one_finding_with_the_way_to_each(tmp_path: Path) -> None:
    (finding,) = _findings(tmp_path, _LENT)

    assert (finding.place.path, finding.place.span.line, finding.place.span.column) == ("a.ts", 1, 19)
    assert [(each.place.path, each.place.span.line) for each in finding.related] == [("c.ts", 2), ("c.ts", 3)]
    assert [[(step.place.path, step.text) for step in flow] for flow in finding.flows] == [
        [
            ("a.ts", "'devstudio' is written here"),
            ("a.ts", "held by 'A'"),
            ("b.ts", "exported again as 'B'"),
            ("c.ts", "imported as 'B'"),
            ("c.ts", f"reaches {sink} 'subject'"),
        ]
        for sink in ("property", "query")
    ]


def test_a_literal_outside_the_rules_files_is_told_where_it_acts(tmp_path: Path) -> None:
    findings = _findings(tmp_path, _LENT, "files: [c.ts]\n  ")

    assert [(each.place.path, each.place.span.line) for each in findings] == [("c.ts", 2), ("c.ts", 3)]
    assert findings[0].related[0].place.path == "a.ts"


def test_only_sees_what_another_file_lends() -> None:
    options = Options(_SUBJECT, only="workspace")

    assert {found.literal.path for found in reached(_LENT, options)} == {"a.ts"}


def test_what_goes_in_circles_comes_to_an_end() -> None:
    files = {
        "a.ts": "import { b } from './b'; export const a = b; export * from './b'; export const c = 'devstudio';",
        "b.ts": "import { a, c } from './a'; export const b = a; export * from './a'; go({ subject: c });",
        "c.ts": "const a = { x: 'devstudio', f() { return b } }; const b = { a }; go({ subject: a.x });",
        "d.ts": "const api = { a() { return api }, b() { return api }, c: 'devstudio' }; go({ subject: api.a().c });",
    }

    assert {found.literal.path for found in reached(files)} == {"a.ts", "c.ts", "d.ts"}


# --- work grows as the code does ---------------------------------------------------------------------------


def _named(count: int) -> dict[str, str]:
    again = {f"f{n}.ts": f"export {{ n{n - 1} as n{n} }} from './f{n - 1}';" for n in range(1, count)}
    return {
        **again,
        "z.ts": f"import {{ n{count - 1} }} from './f{count - 1}'; go({{ subject: n{count - 1} }});",
    }


def _starred(count: int) -> dict[str, str]:
    again = {f"f{n}.ts": f"export * from './f{n - 1}';" for n in range(1, count)}
    return {**again, "z.ts": f"import {{ n0 }} from './f{count - 1}'; go({{ subject: n0 }});"}


def _aliased(count: int) -> dict[str, str]:
    again = {
        f"f{n}.ts": f"import {{ n{n - 1} }} from './f{n - 1}'; export const n{n} = n{n - 1};"
        for n in range(1, count)
    }
    return {
        **again,
        "z.ts": f"import {{ n{count - 1} }} from './f{count - 1}'; go({{ subject: n{count - 1} }});",
    }


def _script(write: Callable[[int], str]) -> Callable[[int], dict[str, str]]:
    return lambda count: {"z.ts": write(count)}


def _aliases(count: int) -> str:
    lines = [f"const n{n} = n{n - 1};" for n in range(1, count)]
    return "\n".join(("const n0 = 'devstudio';", *reversed(lines), f"go({{ subject: n{count - 1} }});"))


def _members(count: int) -> str:
    pairs = ", ".join(f"k{n}: 'devstudio'" for n in range(2 * count))
    return f"const O = {{ {pairs} }};" + "".join(f"go({{ subject: O.k{n} }});" for n in range(2 * count))


def _bundle(count: int) -> str:
    body = "function f(e,t,a){var n=e.a,r=t.e;a.t(n,r,{e:t,t:a,a:e});return function(e){var t=e.t;return t.a(e)}}"
    return "!function(){" + f"{body};" * (5 * count) + "var e='devstudio';go({subject:e})}();"


def _elements(count: int) -> str:
    items = ", ".join("'devstudio'" for _ in range(count))
    return f"const O = [{items}];" + "".join(f"go({{ subject: O[{n}] }});" for n in range(count))


_GROWING = {
    "named": _named,
    "starred": _starred,
    "aliased": _aliased,
    "aliases": _script(_aliases),
    "members": _script(_members),
    "bundle": _script(_bundle),
    "elements": _script(_elements),
}


@pytest.mark.parametrize("tree", _GROWING.values(), ids=_GROWING.keys())
def test_following_twice_as_much_takes_about_twice_the_work(tree: Callable[[int], dict[str, str]]) -> None:
    # The better of two, and the best of three: a machine that is busy elsewhere makes any one of them long.
    half = min(_seconds(tree(500)) for _ in range(2))

    assert any(_seconds(tree(1000)) < 3.5 * half + 0.3 for _ in range(3))


def _seconds(files: dict[str, str]) -> float:
    first = {"f0.ts": "export const n0 = 'devstudio';"} if "f1.ts" in files else {}
    start = time.process_time()
    found = reached({**first, **files})
    seconds = time.process_time() - start
    assert found
    return seconds


@pytest.mark.parametrize(
    "borrowing",
    [
        r"import { A } from './l\x65nder'; o.subject = A;",
        r"import { A } from './\u{6c}ender'; o.subject = A;",
        "import { A } from // why\n './lender'; o.subject = A;",
        "import { A } from\n/* why */ './lender'; o.subject = A;",
        "const { A } = require(`./lender`); o.subject = A;",
        r"const b = require('./lend\er'); o.subject = b.A;",
        r"export { A } from '.\/lender'; import { A as B } from './lender'; o.subject = B;",
    ],
)
def test_a_module_is_the_same_however_its_specifier_is_spelled(borrowing: str) -> None:
    files = {"lender.ts": "export const A = 'devstudio';", "a.ts": borrowing}

    assert len(reached(files)) == 1
    assert reached({**files, "lender.ts": "export const B = 'devstudio';"}) == []


@pytest.mark.parametrize(
    "borrowing",
    [
        "import * as all from './lender'; o.subject = all[k] ?? all.O.a;",
        "import*as all from './lender'; url(new URLSearchParams({ ...all.O, subject: all.O.a }));",
        "import * /* why */ as all from './lender'; export default all;",
        "export * from './lender';",
        "export*from'./lender';",
        "export * // why\n from './lender';",
        "export * as all from './lender';",
        "const all = require ('./lender'); module.exports = all;",
        "export const all = await import/**/('./lender');",
        "// O stands here too: `\nexport { O as P } from './lender';",
    ],
)
def test_a_constant_is_followed_through_a_file_that_has_it_under_no_name(borrowing: str) -> None:
    reads = [
        "import x from './b'; import * as y from './b'; import { O, P, all } from './b'; import z = require('./b');",
        *(f"f({{ subject: {each}.a }});" for each in ("x.O", "y.O", "O", "P", "all.O", "x.default.O", "z.O")),
    ]
    files = {"lender.ts": "export const O = { a: 'devstudio' };", "b.ts": borrowing, "c.ts": "\n".join(reads)}

    assert {each.literal.path for each in reached(files)} == {"lender.ts"}


@pytest.mark.parametrize(
    ("lending", "look_alike"),
    [
        ("export { type } from './b';", "export { b as type } from './b';"),
        ("export { a, type } from './b';", "export { type a } from './b';"),
        ("export { a as type } from './c';", "export { type as b } from './c';"),
        ("export { type as type } from './b';", "export { type as as type } from './b';"),
        ("const type = 'devstudio'; export { type };", "const type = 'devstudio'; export { f as type };"),
        (
            "import { type } from './b'; export { type };",
            "import { type a } from './b'; export { a as type };",
        ),
    ],
)
def test_a_name_that_is_a_word_of_typescript_is_a_name(lending: str, look_alike: str) -> None:
    def of(lender: str) -> dict[str, str]:
        named = {"b.ts": "export const type = 'devstudio', b = 1;", "c.ts": "export const a = 'devstudio';"}
        return {**named, "a.ts": lender, "d.ts": "import { type } from './a'; o.subject = type;"}

    assert len(reached(of(lending))) == 1
    assert reached(of(look_alike)) == []


def test_what_a_file_lends_late_is_followed_into_those_that_have_other_things_of_it_too() -> None:
    files = {
        "lender.ts": "export const B = 'devstudio';",
        "hall.ts": "export { B as C } from './lender';",
        "barrel.ts": "export const A = 'devstudio'; export { C as D } from './hall';",
        "one.ts": "import { A } from './barrel'; o.subject = A;",
        "two.ts": "import { D } from './barrel'; o.subject = D;",
        "none.ts": "import { E } from './barrel'; o.subject = E;",
    }

    assert {(each.literal.path, each.sink.path) for each in reached(files)} == {
        ("barrel.ts", "one.ts"),
        ("lender.ts", "two.ts"),
    }
