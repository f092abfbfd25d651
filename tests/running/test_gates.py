"""Which files are read for a constant: those that may hold it, however it is written, and no others."""

from pathlib import Path

import pytest

from archlint.facts import ConstantDemand, ExportDemand, ImportDemand
from archlint.model import Scope
from archlint.source import Source
from archlint.workers.gates import answerable, may_answer, sieve
from tests.trees import check_tree, write_tree

OPEN = "open({ plan: 'legacy' })"
WANTED = ConstantDemand(Scope(), (("legacy",),), ("legacy",))
BORROWED = ImportDemand(Scope(), ("./a",), names=("session",))
LENT = ExportDemand(Scope(), (("legacy",),), ("legacy",), is_quoted=True)

# What begins as a comment does and is none, or ends sooner than it seems to.
NO_COMMENTS = [
    ("a.ts", f"const a = 'x\\\n// y'; {OPEN};"),
    ("a.ts", f"const a = `\n// ${{{OPEN}}}`;"),
    ("a.ts", f"/* x\n*/ {OPEN};"),
    ("a.ts", f"f(); /* x\n// */ {OPEN};"),
    ("a.ts", f"// x\r{OPEN};"),
    ("a.ts", f"// x\u2028{OPEN};"),
    ("a.ts", f"const r = /`/;\n// x\n{OPEN};"),
    ("a.tsx", f"const a = <p>\n// {{{OPEN}}}\n</p>;"),
    ("a.js", f"const a = <p>\n// {{{OPEN}}}\n</ p>;"),
    ("a.jsx", f"const a = <p>\n// {{{OPEN}}}\n< /p>;"),
    ("a.jsx", f"const a = <p>\n// {{{OPEN}}}\n< /*c*/ /p>;"),
    ("a.tsx", f"const a = <A b='\n// ' c={{{OPEN}}} / >;"),
    ("a.tsx", f"const a = <A b='\n// ' c={{{OPEN}}} / // c\n>;"),
]
COMMENTS = [
    ("a.ts", f"// {OPEN}\nopen({{ plan: 'new' }});"),
    ("a.ts", f"  // {OPEN}"),
    ("a.js", f"/*\n * {OPEN}\n */\nconst a = 1 / 2;"),
    ("a.tsx", f"/** {OPEN} */\nconst a = <T,>(b: T) => b;"),
]
# How a script may write `legacy`.
SPELLINGS = [
    "'legacy'",
    '"legacy"',
    "`legacy`",
    r"'leg\acy'",
    r"'leg\x61cy'",
    r"'\u{6c}egacy'",
    "'leg\\\nacy'",
    "'leg\\\r\nacy'",
]
NO_SPELLINGS = [r"'leg\\acy'", r"'leg\nacy'", "'leg\\\n acy'", "'legaçy'", r"'leg\u0062cy'"]
# By file what has all of './a' and hands it on, or looks through it, without a name that it lends.
ALL_OF_IT = [
    {"b.ts": "import * as all from './a'; for (const each of Object.values(all)) open({ plan: each });"},
    {"b.ts": "export * from './a';", "c.ts": "import { session } from './b'; open({ plan: session });"},
    {"b.ts": "export * as a from './a';", "c.ts": "import { a } from './b'; open({ plan: a.session });"},
    {"b.ts": "import * as a from './a'; export { a };", "c.ts": "import { a } from './b'; open({ plan: a.session });"},
    {"b.ts": "import * as a from './a'; export const c = { ...a };", "c.ts": "import { c } from './b'; open({ plan: c.session });"},
    {"b.ts": "import a = require('./a'); export = a;", "c.ts": "import { session } from './b'; open({ plan: session });"},
    {"b.js": "exports.a = require('./a');", "c.js": "const { a } = require('./b'); open({ plan: a.session });"},
    {"b.js": "const a = require('./a'); module.exports = a;", "c.js": "const { session } = require('./b'); open({ plan: session });"},
    {"b.js": "// and import all\nmodule.exports = { ...require('./a') };", "c.js": "const { session } = require('./b'); open({ plan: session });"},
    {"b.ts": "export * // import x\nfrom './a';", "c.ts": "import { session } from './b'; open({ plan: session });"},
    {"b.ts": "export const a = await import('./a');", "c.ts": "import { a } from './b'; open({ plan: a.session });"},
]  # fmt: skip
MAYBE_ALL_OF_IT = [
    "function f() {}\nrequire('./a').forEach(open);",
    "// then import a\nrequire('./a').forEach(open);",
    "import * as a // import b\nfrom './a'; open({ ...a });",
    "const { ...rest } = require('./a');",
    "const { [key]: value } = require('./a');",
    "import * as \\u0061 from './a';",
    "import * as ä from './a';",
    "".join(f"import * as a{number} from './a';\n" for number in range(1000)),
]
NOT_ALL_OF_IT = [
    "import { other } from './a'; open(other);",
    "import { a as b, type C } from './a';",
    "import * as a from './a'; open(a.other);",
    "import type * as a from './a'; const b: a.B = a\n  .c();",
    "import d, * as a from './a'; open(a.other, { ...d.a });",
    "import './a'; open(other);",
    "import * as b from './b'; open(b);\nimport { c } from './a';",
    "const a = require('./a'); open(a.other);",
    "const { other: b } = require('./a'); open(b);",
    "import a = require('./a'); open(a.other);",
    "export { other } from './a';",
    "// export * from './a'",
]


def found(tmp_path: Path, files: dict[str, str]) -> list[str]:
    rule = "{ id: old-plan, value: { forbid: legacy, at: [{ property: plan }] } }"
    settings = {"archlint.toml": 'rules = ["rules.yml"]', "rules.yml": f"rules: [{rule}]"}
    report = check_tree(write_tree(tmp_path, {**settings, **files}), jobs=1)
    return [finding.place.path for finding in report.findings]


@pytest.mark.parametrize(("path", "text"), NO_COMMENTS)
def test_a_script_is_read_for_what_only_seems_to_be_a_comment(tmp_path: Path, path: str, text: str) -> None:
    assert found(tmp_path, {path: text}) == [path]


@pytest.mark.parametrize(("path", "text"), COMMENTS)
def test_no_script_is_read_for_a_comment(path: str, text: str) -> None:
    assert sieve((WANTED,))(Source(path, text.encode()))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_constant_is_found_however_it_is_spelled(tmp_path: Path, spelling: str) -> None:
    lender = {"a.ts": f"export const P = {spelling};", "b.ts": "import { P } from './a'; open({ plan: P });"}

    assert found(tmp_path / "here", {"a.ts": f"open({{ plan: {spelling} }});"}) == ["a.ts"]
    assert found(tmp_path / "lent", lender) == ["a.ts"]


@pytest.mark.parametrize("spelling", NO_SPELLINGS)
def test_another_constant_is_not_found(tmp_path: Path, spelling: str) -> None:
    assert found(tmp_path, {"a.ts": f"open({{ plan: {spelling} }});"}) == []


@pytest.mark.parametrize("text", ["the legacy plan", "legacyPlan", "legacy-plan"])
def test_no_script_is_read_for_a_word_in_what_it_exports(text: str) -> None:
    assert sieve((LENT,))(Source("a.ts", f"export const P = '{text}';".encode()))
    assert not sieve((LENT,))(Source("a.ts", b"export const P = 'legacy';"))


@pytest.mark.parametrize("importers", ALL_OF_IT)
def test_a_script_is_read_that_may_have_all_of_a_module(tmp_path: Path, importers: dict[str, str]) -> None:
    lender = {"a.ts": "export const session = 'legacy';"}

    assert found(tmp_path / "lent", {**lender, **importers}) == ["a.ts"]
    assert found(tmp_path / "not", importers) == []


@pytest.mark.parametrize("text", NOT_ALL_OF_IT)
def test_no_script_is_read_that_only_has_something_else_of_a_module(text: str) -> None:
    assert sieve((BORROWED,))(Source("b.ts", text.encode()))
    assert not sieve((BORROWED,))(Source("b.ts", f"{text}\nopen(session);".encode()))


@pytest.mark.parametrize(("path", "code"), [*NO_COMMENTS, *COMMENTS, ("a.ts", f"const a = 'x/y'; // {OPEN}")])
def test_of_many_demands_those_are_answered_that_are_alone(path: str, code: str) -> None:
    odd = ConstantDemand(Scope(), (("x/y", "a b"),), ("x/y",))
    said = ConstantDemand(Scope(), values=("7",), mentions="(?:pla[n]|timeout)")
    both = ConstantDemand(Scope(), (("open",), ("legacy",)), ("legacy",), mentions="plan")
    demands = (WANTED, LENT, odd, said, both, ConstantDemand(Scope(), (("absent",),), ("absent",)))
    source = Source(path, code.encode())

    assert answerable(demands, source) == tuple(each for each in demands if may_answer(each, source))


@pytest.mark.parametrize("text", MAYBE_ALL_OF_IT)
def test_a_script_is_read_where_nobody_can_tell_what_it_has_of_a_module(text: str) -> None:
    assert not sieve((BORROWED,))(Source("b.js", text.encode()))
