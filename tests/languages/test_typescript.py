"""TypeScript, TSX and JavaScript at the boundary of the language: bytes in, facts out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, Facts, MeasureDemand, Occurrence, Sink
from archlint.languages.typescript import read
from archlint.model import Scope
from archlint.position import split_lines
from archlint.source import Source

WANTED = ConstantDemand(Scope(), values=("x1",))


def facts_of(code: str, path: str = "a.tsx", *demands: ConstantDemand | MeasureDemand) -> Facts:
    return read(Source(path, code.encode()), demands or (WANTED,))


def sinks(code: str) -> set[tuple[str, str]]:
    found = facts_of(code).occurrences
    return {
        (occurrence.sink.value, occurrence.name)
        for occurrence in found
        if occurrence.sink is not Sink.ANYWHERE
    }


def written(code: str, occurrence: Occurrence) -> str:
    """What stands at an occurrence's place; for places on one line of characters inside the BMP."""
    line = split_lines(code)[occurrence.span.line - 1]
    return line[occurrence.span.column - 1 : occurrence.span.end_column - 1]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("f({ a: 'x1' })", {("property", "a")}),
        ("const a = { b: { c: 'x1' } }", {("property", "c")}),
        ("a.b['c'] = 'x1'", {("property", "c")}),
        ("a[b] = 'x1'", {("property", "a")}),
        ("a.#b = 'x1'", {("property", "b")}),
        ("const a = b || c && 'x1'", {("variable", "a")}),
        ("const a = 'x1' && b", set()),
        ("const a = ('x1' as Mode)!", {("variable", "a"), ("type", "Mode")}),
        ("const a = <Mode>'x1'", set()),  # a type assertion only in .ts; JSX here
        ("const a = await 'x1'", {("variable", "a")}),
        ("const a = ['x1', 'y']", {("variable", "a")}),
        ("const a = new Set(['x1'])", {("variable", "a")}),
        ("const a = Object.freeze(['x1'])", {("variable", "a")}),
        ("const a = c ? b : 'x1'", {("variable", "a")}),
        ("const a = 'x1' ? b : c", set()),
        ("const { a = 'x1' } = b", {("property", "a")}),
        ("const { a: b = 'x1' } = c", {("variable", "b"), ("property", "a")}),
        ("function f(a = 'x1') {}", {("parameter", "a")}),
        ("const f = (a: M = 'x1') => b", {("parameter", "a"), ("type", "M")}),
        ("a.f(b, 'x1')", {("argument", "f")}),
        ("new F('x1')", {("argument", "F")}),
        ("a.searchParams.append('q', 'x1')", {("argument", "append"), ("query", "q")}),
        ("a.set('q', 'x1')", {("argument", "set"), ("property", "q")}),
        ("new URLSearchParams({ q: 'x1' })", {("property", "q"), ("query", "q")}),
        ("new URLSearchParams([['q', 'x1']])", {("argument", "URLSearchParams"), ("query", "q")}),
        ("new Headers({ q: 'x1' })", {("property", "q"), ("header", "q")}),
        ("f(u, { headers: { q: 'x1' } })", {("property", "q"), ("header", "q")}),
        ("f('/p?q=x1#h')", {("query", "q")}),
        ("f(`${a}/p?q=x1`)", {("query", "q")}),
        ("f('/p?q=' + encodeURIComponent('x1'))", {("query", "q")}),
        ("f(`/p/${'x1'}/r`)", {("path", "p")}),
        ("f('/p/x1/r')", {("path", "p")}),
        ("f('q=x1')", set()),
        ("f(`${b}&q=x1`)", {("query", "q")}),
        ("f(b + '&q=x1')", {("query", "q")}),
        ("f('/p?q=\\u0078\\x31')", {("query", "q")}),
        ("f('/p?q=eq.x1')", {("query", "q")}),
        ("u.search = 'q=x1&r=2'", {("query", "q")}),
        ("log('this & q=x1')", set()),
        ("h.setHeader('X-Q', 'x1')", {("argument", "setHeader"), ("header", "x-q")}),
        ("f({ headers: { 'X-Q': 'x1' } })", {("property", "X-Q"), ("header", "x-q")}),
        ("t.eq('q', 'x1')", {("argument", "eq"), ("property", "q")}),
        ("new Map([['q', 'x1']])", {("argument", "Map"), ("property", "q")}),
        ("f({ a: z.enum(['x1', 'y']).optional().default('y') })", {("property", "a")}),
        ("f({ a: z.string().default('x1') })", {("property", "a")}),
        ("const a = (b || 'x1').trim().toLowerCase()", {("variable", "a"), ("variable", "b")}),
        ("const a = c('x1').trim()", {("argument", "c")}),
        ("const a = get('q') ?? 'x1'", {("variable", "a"), ("variable", "get")}),
        ("const a = p.get('q') ?? 'x1'", {("variable", "a"), ("variable", "q")}),
        ("const a = new Map<'x1', B>()", set()),
        ("new URLSearchParams('q=x1&r=2')", {("query", "q")}),
        ("const e = <a href='/p?r=2&q=x1'>x</a>", {("query", "q")}),
        ("a.b === 'x1'", {("compare", "b")}),
        ("'x1' != a.b?.trim().toLowerCase()", {("compare", "b")}),
        ("a.get('b') === 'x1'", {("compare", "b")}),
        ("String(b) === 'x1'", {("compare", "b")}),
        ("switch (a.b) { case 'x1': }", {("compare", "b")}),
        ("['x1'].includes(a.b)", {("compare", "b")}),
        ("b.includes('x1')", {("argument", "includes"), ("compare", "b")}),
        ("function f() { return 'x1' }", {("return", "f")}),
        ("const f = () => 'x1'", {("return", "f")}),
        ("const f = useCallback(() => { return 'x1' }, [])", {("return", "f")}),
        ("class A { f() { return 'x1' } }", {("return", "f")}),
        ("a.forEach(() => { return 'x1' })", set()),
        ("type A = 'x1' | 'y'", {("type", "A")}),
        ("interface I { a?: 'x1' }", {("type", "a")}),
        ("function f(a: 'x1'): 'y' {}", {("type", "a")}),
        ("function f(): 'x1' {}", {("type", "f")}),
        ("let a: Array<'x1'>", {("type", "a")}),
        ("const [a] = useState<'x1'>()", {("type", "a")}),
        ("const [a] = useState('x1')", {("argument", "useState"), ("variable", "a")}),
        ("const e = <A b='x1' />", {("property", "b")}),
        ("const e = <A b={c ? 'x1' : d} />", {("property", "b")}),
        ("enum E { A = 'x1' }", {("property", "A")}),
        ("class A { static readonly b = 'x1' }", {("property", "b")}),
        ("export default 'x1'", {("variable", "default")}),
        ("const a = b + 'x1'", set()),
        ("a['x1']", set()),
        ("const a = { x1: 1, 'x1': 2 }", set()),
        ("import a from 'x1'", set()),
    ],
)
def test_a_constant_reaches_these_sinks(code: str, expected: set[tuple[str, str]]) -> None:
    assert sinks(code) == expected


@pytest.mark.parametrize(
    "code", ["// 'x1'", "/* a = 'x1' */", "const r = /x1/", "<a>x1</a>", "const x1 = y", "a.x1()"]
)
def test_what_is_no_constant_does_not_occur(code: str) -> None:
    assert facts_of(code).occurrences == ()


@pytest.mark.parametrize(
    "code",
    [
        "a = 'x1'",
        "a = `x1`",
        "é = '😀'; a = 'x1'",
        "a = {\r\n  b: 'x1' }",
        "a = 1;\ra = 'x1'",
        "f('/é?q=x1&z=1')",
    ],
)
def test_an_occurrence_stands_exactly_where_its_value_is_written(code: str) -> None:
    for occurrence in facts_of(code).occurrences:
        shifted = occurrence.span.column - 1 - ("😀" in split_lines(code)[occurrence.span.line - 1])
        line = split_lines(code)[occurrence.span.line - 1]

        assert line[shifted : shifted + 2] == "x1"


def test_a_value_written_with_escapes_is_read_as_it_runs() -> None:
    for demand in (ConstantDemand(Scope(), regex="x1"), WANTED):
        occurrences = facts_of(r"a = '\u0078\x31'; b = '\u{78}1'; c = '\ud800'", "a.ts", demand).occurrences

        assert [found.name for found in occurrences if found.name] == ["a", "b"]


@pytest.mark.parametrize("spelling", ["7000", "7_000", "7e3", "7000.0", "0x1b58"])
def test_a_number_is_the_same_in_any_spelling(spelling: str) -> None:
    occurrences = facts_of(
        f"const a = {spelling}", "a.ts", ConstantDemand(Scope(), values=("7000",))
    ).occurrences

    assert [(found.value, found.is_number, found.sink) for found in occurrences if found.name] == [
        ("7000", True, Sink.VARIABLE)
    ]


def test_the_digits_of_another_number_are_not_the_number() -> None:
    demand = ConstantDemand(Scope(), values=("6",))

    assert facts_of("const a = 16 + 6.5 + 0x6f + b6; const c = '16'", "a.ts", demand).occurrences == ()


@pytest.mark.parametrize("asked", [{"values": ("number",)}, {"regex": "number|"}, {"every": True}])
def test_the_name_of_a_type_is_no_constant(asked: dict[str, Any]) -> None:
    demand = ConstantDemand(Scope(), **asked)

    assert facts_of("let a: number; let b: string[]; f(c as number);", "a.ts", demand).occurrences == ()
    assert [found.value for found in facts_of("f('number');", "a.ts", demand).occurrences[:1]] == ["number"]


# Legal syntax that tree-sitter-typescript 0.23.2 does not know.
@pytest.mark.parametrize(
    "code",
    [
        "export type * from './a';",
        "export type * as ns from './a';",
        "export { a } from './a.json' with { type: 'json' };",
        "export * from './a.json' with { type: 'json' };",
        "import defer * as a from './a';",
        "import source a from './a.wasm';",
        "for (using a of b) {}",
        "for (await using a of b) {}",
        "abstract class A { abstract accessor a: string; }",
        "interface A<in out T> {}",
        "interface A<in T, out U> {}",
        "export default abstract class A {}",
        "export { type } from './a';",
        "export import b = require('b');",
        "export default function (): { b: 1 };",
        "let b: import('b').B<C>;",
        "const b = sql<{ readonly c: number }>`d`;",
        "interface B { using(c: string): this; }",
        "interface B<\n  /** c */\n  out C extends D,\n> {}",
        "const b: {\n  <A>(c: C<A>): D<A>\n  // e\n  <A>(c: C<A>, d: A): A\n} = e;",
        "const b: {\n  <A>(c: C<A>): D<A>\n  <\n    A,\n    const B\n  >(c: C<A>, d: B): A\n} = e;",
        "const b: {\r\n  (c: C): D<A>\r\n  /** e */\r\n  <\r\n    A\r\n  >(c: C<A>): A\r\n} = e;",
        "const b = <A>(c: A) =>\n<B>(d: B) => c;",
        'const e = <a href="/x?b=1&c=2&amp;d">q</a>;',
        "const e = <p>this & that</p>;",
        "const e = <p>{b} & {c}, d & f & g</p>;",
    ],
)
def test_legal_syntax_that_the_grammar_lacks_is_no_problem(code: str) -> None:
    facts = facts_of(f"{code}\nopen({{ a: 'x1' }});", "a.tsx" if "</" in code else "a.ts")

    assert facts.problems == ()
    assert [found.span.line for found in facts.occurrences if found.name == "a"] == [code.count("\n") + 2]


def test_a_syntax_error_is_a_problem_with_a_place_and_the_rest_is_read() -> None:
    facts = facts_of("open({ a: 'x1' });\n\nconst b = 'unterminated;\n", "a.ts")

    assert [(problem.reason, problem.span.line) for problem in facts.problems] == [("syntax", 3)]
    assert [found.span.line for found in facts.occurrences if found.name == "a"] == [1]


def test_nesting_beyond_the_limit_is_a_problem_not_a_silence() -> None:
    facts = facts_of("(" * 3000 + "f({ a: 'x1' })" + ")" * 3000, "a.ts")

    assert [problem.reason for problem in facts.problems] == ["depth-limit"]


def test_a_long_sum_of_texts_is_read_in_one_go() -> None:
    demand = ConstantDemand(Scope(), values=("x1",))
    code = "const a = " + " + ".join(["'/p?'", *(f"'q{n}=x1&'" for n in range(300))])

    facts = facts_of(code, "a.ts", demand)

    assert len({found.span for found in facts.occurrences if found.sink is Sink.QUERY}) == 300


CHUNKS = (
    "a = 1;",
    "// c\n",
    "",
    "  ",
    "\n",
    "/* b\n\n c */",
    "/* e */",
    "`x\n//y\n\n/* z`;",
    "f('//');",
    "/\\/\\*/;",
)


@given(st.lists(st.sampled_from(CHUNKS), max_size=12))
def test_code_lines_are_what_is_left_without_comments_and_blanks(chunks: list[str]) -> None:
    code = "\n".join(chunks)
    measures = facts_of(code, "a.ts", MeasureDemand(Scope())).measures

    assert measures is not None
    assert measures.code_lines == _count(code)


def _count(code: str) -> int:
    """A small machine over characters: comments become blanks, texts stay as they are."""
    kept, state, index = "", "code", 0
    while index < len(code):
        pair, character = code[index : index + 2], code[index]
        opens = {"//": "line", "/*": "block"}.get(pair) if state == "code" else None
        if state == "code" and (literal := next((c for c in CHUNKS[-2:] if code.startswith(c, index)), "")):
            kept += literal
            index += len(literal)
            continue
        if opens:
            state = opens
            index += 2
        elif state == "block" and pair == "*/":
            state = "code"
            index += 2
        elif state == "line" and character == "\n":
            state = "code"
        else:
            if character == "`" and state in ("code", "template"):
                state = "template" if state == "code" else "code"
            kept += character if state in ("code", "template") or character == "\n" else ""
            index += 1
    return sum(bool(line.strip()) for line in kept.split("\n"))
