"""Astro, Svelte and Vue at the boundary of the language: markup with code in it, each place the file's own."""

from time import process_time
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, Facts, MeasureDemand, Sink
from archlint.languages import astro, language_of, svelte, typescript, vue
from archlint.languages.components.scan import Dialect, scan
from archlint.measures import Measures
from archlint.model import Outcome, Scope
from archlint.source import Source
from tests.languages.bounds import assert_inside, spans_of
from tests.places import text_at

LANGUAGES = (astro, svelte, vue)
DEVSTUDIO = ConstantDemand(Scope(), values=("devstudio",))


def facts_of(language: ModuleType, code: str, *demands: ConstantDemand | MeasureDemand) -> Facts:
    found: Facts = language.read(Source("a", code.encode()), demands or (DEVSTUDIO,))
    return found


def sinks(language: ModuleType, code: str) -> list[tuple[str, str]]:
    """Each sink of the constant and what receives it; ``anywhere`` where it reaches no other."""
    found = facts_of(language, code).occurrences
    assert {text_at(code, each.span) for each in found} <= {"devstudio"}
    named = {each.span for each in found if each.sink is not Sink.ANYWHERE}
    return [
        (each.sink.value, each.name)
        for each in found
        if each.sink is not Sink.ANYWHERE or each.span not in named
    ]


ANYWHERE = ("anywhere", "")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("---\nconst a: string = 'devstudio';\n---\n", [("variable", "a")]),
        ("\ufeff\n---\nconst a = <string>'devstudio';\n---\n", [("variable", "a")]),
        ("---\nif (!a) return Astro.redirect('/w/devstudio');\n---\n", [("path", "w")]),
        ("<p>---\na = 'devstudio'\n---</p>", []),
        ("<script>const a: string = 'devstudio'</script>", [("variable", "a")]),
        ("<style>a { content: 'devstudio' }</style>", []),
        ("<p class='devstudio'>", [("attribute", "class")]),
        ("<p class='{devstudio}' title='{\"devstudio\"}'>", []),
        ("<p subject={'devstudio'}>", [("property", "subject")]),
        ("<p data-subject={a ? 'devstudio' : b}>", [("property", "data-subject")]),
        ("<p subject={\n  // it's\n  'devstudio'\n}>", [("property", "subject")]),
        ("<p subject=`devstudio`>", [("property", "subject")]),
        ("<p subject={devstudio} {devstudio} {...devstudio}>", []),
        ("<p {...{ subject: 'devstudio' }}>", [("property", "subject")]),
        ("<a href={`/x?subject=devstudio&t=${t}`}>", [("query", "subject")]),
        ("<a href='/x?a=1&amp;subject=devstudio'>", [("query", "subject")]),
        ("<Open subject='devstudio' />", [("attribute", "subject"), ("property", "subject")]),
        ("<p>{subject === 'devstudio' ? '}' : \"{\"}</p>", [("compare", "subject")]),
        ("<p>{a < 3 && 'devstudio'}</p>", [ANYWHERE]),
        ("<p>{/}'\"/.test(a) && f('devstudio')}</p>", [("argument", "f")]),
        ("<p>devstudio</p>", []),
        ("<p>{/* 'devstudio' <p class='devstudio'> */}</p>", []),
        ("<!-- {'devstudio'} <p class='devstudio'> -->", []),
        ("{a.map((x) => <p class='devstudio'>it's {x}</p>)}", [("attribute", "class")]),
        ("{a && <><br><p/><p class={'devstudio'}/></>}", [("property", "class")]),
        ("{a < b && <!-- it's --> <p/>}{f('devstudio')}", [("argument", "f")]),
        ("<a icon={<Icon name='devstudio' />}>", [("property", "name")]),
        ("<Title><p class='devstudio'/></Title>", [("attribute", "class")]),
        ("<script type='application/ld+json' set:html={a} /><p class='devstudio'>", [("attribute", "class")]),
        ("<code is:raw>{'devstudio'}</code>", []),
        ("<p is:raw><p>{</p><p a='>' /><p/>{'devstudio'}</p><b>{f('devstudio')}</b>", [("argument", "f")]),
        ("<img srcset='/a 1x, /w/devstudio 2x'><p hx-get='/w/devstudio'/>", [("path", "w")] * 2),
        ("<p set:html={`<a href='/x?subject=devstudio'>`} />", [("query", "subject")]),
        ("<script is:inline>f('devstudio')</script>", [("argument", "f")]),
        ("<script define:vars={{ subject: 'devstudio' }}>f(subject)</script>", [("property", "subject")]),
        (
            "<style define:vars={{ subject: 'devstudio' }}>a { b: {'devstudio'} }</style>",
            [("property", "subject")],
        ),
        ("<script define:vars={{ devstudio }}>f(devstudio)</script>", []),
        ("<form action={'/w/devstudio'}>", [("path", "w")]),
        ("<img src='/x?subject=devstudio'><img alt='/x?subject=devstudio'>", [("query", "subject")]),
        ("<p onclick=\"go('devstudio')\" title=\"go('devstudio')\">", [("argument", "go")]),
        ("<p set:html={'devstudio'}>", [("property", "set:html")]),
    ],
)
def test_astro(code: str, expected: list[tuple[str, str]]) -> None:
    assert sinks(astro, code) == expected
    assert facts_of(astro, code).problems == ()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("<script lang='ts'>let a: string = 'devstudio'</script>", [("variable", "a")]),
        ("<script context='module'>let a = 'devstudio'</script>", [("variable", "a")]),
        ("<script module lang='ts'>let a: A = 'devstudio'</script>", [("variable", "a"), ("type", "A")]),
        ("<p class='devstudio'>", [("attribute", "class")]),
        ("<p class='a {b} devstudio'>", []),
        ("<p class='{\"devstudio\"}'>", [("property", "class")]),
        ("<p subject={'devstudio'}>", [("property", "subject")]),
        ("<p bind:subject={() => 'devstudio', set}>", [ANYWHERE]),
        ("<Open bind:subject={a ? 'devstudio' : b} />", [("property", "subject")]),
        ("<Open subject='devstudio' />", [("attribute", "subject"), ("property", "subject")]),
        ("<p {devstudio} {...devstudio} on:click|once={devstudio}>", []),
        ("<p on:click|once={() => go('devstudio')}>", [("argument", "go")]),
        ('<a href="/x?subject=devstudio&t={t}">', [("query", "subject")]),
        ("<a href=\"/x?subject={a ? 'devstudio' : b}\">", [("query", "subject")]),
        ("<a title='/`\\${x}/{y}?subject=devstudio'>", [("query", "subject")]),
        (
            "{#if subject === 'devstudio'}{:else if subject == 'devstudio'}{:else}{/if}",
            [("compare", "subject")] * 2,
        ),
        ("{#each ['devstudio'] as Subject[] as { a = 1 }, i (a)}{/each}", [("type", "Subject")]),
        ("{#await f('devstudio') then value}{/await}", [("argument", "f")]),
        ("{#await f('devstudio')}{:then value}{:catch error}{/await}", [("argument", "f")]),
        ("{@const subject = 'devstudio'}", [("variable", "subject")]),
        ("{#snippet row(subject = 'devstudio')}{/snippet}", [("parameter", "subject")]),
        ("{@render row('devstudio')}{@html 'devstudio'}", [("argument", "row"), ANYWHERE]),
        ("{#key 'devstudio'}{/key}", [ANYWHERE]),
        ("{a < 'devstudio'}<p class='devstudio'>", [("compare", "a"), ("attribute", "class")]),
        ("{`}${a}'` + f('devstudio')}", [("argument", "f")]),
        ("{/if}</p><p class='devstudio'>{/each}/", [("attribute", "class")]),
        ("{(a as Subject) === 'devstudio'}", [("compare", "a")]),
        ("{/* 'devstudio' */}{// 'devstudio'\n}", []),
        ("<!-- {'devstudio'} --><style>a { b: 'devstudio' }</style>", []),
        ("<style lang='scss'>a { &:hover { b: 'devstudio' } }", []),
        ("{@html '<a href=\"/x?subject=devstudio\">'}", [("query", "subject")]),
        ("<p>devstudio {devstudio} 'devstudio'</p>", []),
        ("<p class:a={b === 'devstudio'} class:devstudio>", [("compare", "b")]),
        ("<p onclick={() => go('devstudio')} onkeydown={devstudio}>", [("argument", "go")]),
        ("<p style:color={'devstudio'} style:--b={devstudio}>", [("property", "style:color")]),
        ("<a href='/w/devstudio/x'/><a title='/w/devstudio/x'/>", [("path", "w")]),
        ("<a href={`/w/devstudio/${x}`}/>", [("path", "w")]),
        ("{#each a as devstudio (devstudio)}{/each}{:else if devstudio}", []),
    ],
)
def test_svelte(code: str, expected: list[tuple[str, str]]) -> None:
    assert sinks(svelte, code) == expected
    assert facts_of(svelte, code).problems == ()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("<script>\nconst a = 'devstudio'\n</script>", [("variable", "a")]),
        ("<script setup lang='ts'>const a: A = 'devstudio'</script>", [("variable", "a"), ("type", "A")]),
        ("<script lang='tsx'>const a: A = <b c='devstudio'/></script>", [("property", "c")]),
        ("<template><p class='devstudio'/></template>", [("attribute", "class")]),
        ("<template><p :subject='devstudio' :devstudio /></template>", []),
        ("<template><p :subject=\"'devstudio'\"/></template>", [("property", "subject")]),
        ("<template><p v-bind:subject.sync=\"a ? 'devstudio' : b\"/></template>", [("property", "subject")]),
        ("<template><p :subject-mode=\"'devstudio'\"/></template>", [("property", "subjectMode")]),
        ("<template><p :data-subject=\"'devstudio'\"/></template>", [("property", "data-subject")]),
        ("<template><p .subject=\"'devstudio'\"/></template>", [("property", "subject")]),
        ("<template><p :[subject]=\"'devstudio'\"/></template>", [ANYWHERE]),
        ("<template><p v-bind=\"{ subject: 'devstudio' }\"/></template>", [("property", "subject")]),
        ('<template><p :class="{ devstudio: a }"/></template>', []),
        ("<template><p :a=\"b &amp;&amp; 'devstudio'\"/></template>", [("property", "a")]),
        (
            "<template><Open subject-mode='devstudio'/></template>",
            [("attribute", "subject-mode"), ("property", "subjectMode")],
        ),
        ("<template><p @x.once=\"subject = 'devstudio'; go()\"/></template>", [("variable", "subject")]),
        ("<template><p v-on:x=\"function () { go('devstudio') }\"/></template>", [("argument", "go")]),
        ("<template><p v-if=\"subject === 'devstudio'\"/></template>", [("compare", "subject")]),
        ("<template><p v-for=\"(a, i) in f('devstudio')\"/></template>", [("argument", "f")]),
        ("<template><p v-for='a of devstudio'/></template>", []),
        ("<template><p #row=\"{ subject = 'devstudio' }\"/></template>", [("property", "subject")]),
        ("<template><p>{{ a < f('devstudio') }}</p></template>", [("argument", "f")]),
        ("<template><p>{{ a }} 'devstudio' {'devstudio'}</p></template>", []),
        ("<template><p v-pre>{{ 'devstudio' }}</p></template>", []),
        (
            "<template><p v-pre><p/><p>{{</p>{{ 'devstudio' }}</p>{{ f('devstudio') }}</template>",
            [("argument", "f")],
        ),
        (
            "<template><iframe srcdoc='&lt;a href=\"/x?subject=devstudio\">'/></template>",
            [("query", "subject")],
        ),
        ("<template><p title=\"{{ 'devstudio' }}\"/></template>", []),
        ("<template><!-- {{ 'devstudio' }} <p :a=\"'devstudio'\"/> --></template>", []),
        ("<template><template v-if='a'><p/></template>{{ 'devstudio' }}</template>", [ANYWHERE]),
        ("<docs><p class='devstudio'>{{ 'devstudio' }}</docs>", []),
        ("{{ 'devstudio' }}<style>a { b: 'devstudio' }</style>", []),
        ("<template><a href='/x?a=1&amp;subject=devstudio'/></template>", [("query", "subject")]),
        ("<template><a :href=\"'/x?a=1&amp;subject=devstudio'\"/></template>", [("query", "subject")]),
        (
            "<template><a :href='`/w/devstudio/${x}`' v-text=\"`/v/${devstudio}`\"/></template>",
            [("path", "w")],
        ),
        ("<template><p v-html=\"f('devstudio')\" v-else v-once v-cloak/></template>", [("argument", "f")]),
        ("<template><p @click='devstudio' @x=\"devstudio = 1\"/></template>", []),
        ("<script src='a.js'>const a = 'devstudio'</script>", []),
    ],
)
def test_vue(code: str, expected: list[tuple[str, str]]) -> None:
    assert sinks(vue, code) == expected
    assert facts_of(vue, code).problems == ()


@pytest.mark.parametrize(
    ("language", "code", "line"),
    [
        (astro, "\n---\nconst a = 'devstudio';\n<p>", 2),
        (astro, "---\nconst = 1;\n---\n", 2),
        (astro, "<p>\n{a.map((x) => <li>)}\n</p>", 2),
        (astro, "<p>\n<a b={c + }>", 2),
        (svelte, "<p>\n{#if a\n</p>", 2),
        (svelte, "<p class='a\n{b'>", 2),
        (svelte, "<p>\n{f(}</p>", 2),
        (svelte, "<script>\nconst = 1\n</script>", 2),
        (vue, "<template>\n<p :a='b + ('/></template>", 2),
        (vue, "<template>\n<p>{{ a + }}</p></template>", 2),
        (vue, "<template>\n<p>{{ a </p>{{ b</template>", 2),
        (vue, "<p/>\n<template lang='pug'>\np devstudio\n</template>", 2),
    ],
)
def test_what_cannot_be_read_is_a_problem_at_its_place(language: ModuleType, code: str, line: int) -> None:
    found = facts_of(language, code)

    assert found.outcome is Outcome.PARTIAL
    assert [problem.span.line for problem in found.problems] == [line]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["", "\n", "<script>const a = 1", "<p class='", "<p ", "<", "</", "<!--"])
def test_markup_that_just_ends_is_no_problem(language: ModuleType, code: str) -> None:
    assert facts_of(language, code).outcome is Outcome.ANALYSED


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        (vue, "<template>{{ 'devstudio' <p class='devstudio'/></template>", [("attribute", "class")]),
        (
            svelte,
            "{#if 'devstudio'<p class='devstudio'/><script>f('devstudio')</script>",
            [("argument", "f")],
        ),
        (
            svelte,
            "<p class='devstudio'/>{<script>f('devstudio')",
            [("attribute", "class"), ("argument", "f")],
        ),
        (astro, "<a b={<script>f('devstudio')</script>'devstudio'<script>", [("argument", "f")]),
    ],
)
def test_what_stands_around_a_mistake_is_judged(
    language: ModuleType, code: str, expected: list[tuple[str, str]]
) -> None:
    assert sinks(language, code) == expected
    assert facts_of(language, code).outcome is Outcome.PARTIAL


SCRIPT = """\
f({ a: 'devstudio' });
let b = 'devstudio', c: 'devstudio';
fetch(`/x?d=devstudio&e=${e}`);
headers.set('x-f', 'devstudio');
if (g === 'devstudio') {}
const h = () => 'devstudio';
"""


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (astro, "---\n", "---\n<p>devstudio</p>"),
        (astro, "<p/><script>", "</script>"),
        (svelte, "<script lang='ts'>", "</script>"),
        (svelte, "<script lang='ts' module>", "</script>"),
        (svelte, "<script context='module' lang='typescript'>", "</script>"),
        (vue, "<script setup lang='ts'>", "</script>"),
        (vue, "<template><p/></template>\n<script lang='tsx'>", "</script>"),
    ],
)
def test_a_script_is_read_as_typescript_is(language: ModuleType, before: str, after: str) -> None:
    found = typescript.read(Source("a.ts", SCRIPT.encode()), (DEVSTUDIO,)).occurrences

    assert [(each.sink, each.name) for each in found] == [
        (each.sink, each.name) for each in facts_of(language, before + SCRIPT + after).occurrences
    ]
    assert len(found) == 14


def test_what_holds_an_attribute_of_a_component_is_the_component() -> None:
    found = facts_of(svelte, "<Title subject='devstudio'/><p class='devstudio'/>").occurrences

    assert [each.owner for each in found if each.sink is Sink.ATTRIBUTE] == ["Title", "p"]


def test_places_count_in_utf16_after_what_is_not_ascii() -> None:
    code = "<p>é😀</p>{\n'é😀' + f('devstudio')}<p title={'é😀'} class='devstudio'>"

    assert [text_at(code, each.span) for each in facts_of(svelte, code).occurrences] == ["devstudio"] * 4


def measures_of(language: ModuleType, code: str) -> Measures:
    measures = facts_of(language, code, MeasureDemand(Scope())).measures
    assert measures is not None
    return measures


ASTRO = """\
---
// comment
const a = () => {
  /* comment */
  return 1;
};
---
<!-- comment -->

<p class={
  // comment
  a
}>
  {/* comment */}
  {a.map((x) => (
    <!-- comment -->
    <li>{x}</li>
  ))}
</p>
<style>
  /* comment */
</style>
"""


def test_lines_of_code_count_markup_and_code_without_their_comments() -> None:
    comments, blank = {2, 4, 8, 11, 16, 21}, {9}
    found = measures_of(astro, ASTRO)

    # A line of braces alone, around a comment, is code.
    assert found.code_lines == found.lines - len(comments) - len(blank)
    assert (found.longest_function, found.longest_function_at.line) == (4, 3)
    assert found.bytes == len(ASTRO)


def test_the_longest_function_of_all_scripts_counts() -> None:
    code = ASTRO + "<script>\nfunction f() {\n\n\n\n}\n</script>"

    assert measures_of(astro, code).longest_function == 5
    assert measures_of(svelte, "<script>\nfunction f() {\n}\n</script>").longest_function == 2
    assert measures_of(vue, "<template>\n<!-- a -->\n{{ a }}\n</template>").code_lines == 3


@pytest.mark.parametrize(
    ("path", "language"), [("a.astro", "astro"), ("b/A.svelte", "svelte"), ("A.vue", "vue")]
)
def test_a_component_is_told_by_its_name(path: str, language: str) -> None:
    assert language_of(path).name == language


@pytest.mark.parametrize(
    "dialect", [Dialect(), Dialect(has_markup_in_code=True), Dialect(hole=b"{{", is_in_blocks=True)]
)
@pytest.mark.parametrize(
    "piece",
    [
        b"{",
        b"<a b={",
        b"{{ ",
        b"{<a>",
        b"`${",
        b"<a b='{",
        b"/*",
        b"{/[",
        b"</x>{a}<x>",
        b"'\\",
        b"<p",
        b"{[(/b]",
    ],
)
def test_what_is_never_closed_is_scanned_in_linear_time(dialect: Dialect, piece: bytes) -> None:
    start = process_time()
    scan(b"<template>" + piece * 10_000, dialect)

    assert process_time() - start < 1.25


@pytest.mark.parametrize(
    ("language", "before", "piece", "after"),
    [
        (astro, "{[", "'é',", "]}"),
        (astro, "{[", "<p a={'x'} b='é'/>,", "]}"),
        (svelte, "é", "{f('x')}", ""),
        (svelte, "<p a='é", "{b}c", "'>"),
        (svelte, "", "<script>f('x')</script>", ""),
        (vue, "<template>", "{{ f( }}", "</template>"),
        (vue, '<template><p :a="[', "'é',&quot;x&quot;,", ']"></template>'),
        (vue, "<template>", "<p :a='`é`'/>", "</template>"),
    ],
)
def test_many_parts_are_read_in_linear_time(
    language: ModuleType, before: str, piece: str, after: str
) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        facts_of(
            language,
            before + piece * times + after,
            ConstantDemand(Scope(), every=True),
            MeasureDemand(Scope()),
        )
        return process_time() - start

    # Eight times as much takes eight times as long; in quadratic time it would be sixty-four.
    assert seconds(2_000) < 30 * max(seconds(250), 0.005)


PIECES = st.sampled_from(
    ["{", "}", "{{", "}}", "<", ">", "/>", "</", "<!--", "-->", "<a ", "<script>", "</script>", "<template>", "---",
     "'", '"', "`", "${", "=", ":b=", "@c=", "{#if ", "{:else}", "{@const ", " as ", "\\", "/", "//", "/*", "*/", "\n",
     "\r", "é", "😀", "a", " ", "(", ")", "[", "&amp;", "devstudio", "'devstudio'", "=>", "&&", "\ufeff", "is:raw"]
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@given(pieces=st.lists(PIECES, max_size=40))
def test_any_text_is_read_and_every_place_lies_in_the_file(language: ModuleType, pieces: list[str]) -> None:
    code = "".join(pieces)
    found = facts_of(language, code, ConstantDemand(Scope(), every=True), MeasureDemand(Scope()))

    assert_inside(code, spans_of(found))
