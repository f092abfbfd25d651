"""HTML at the boundary of the language: markup, scripts and handlers in one file, each place the file's own."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, EntryDemand, Facts, MeasureDemand, Sink
from archlint.languages.html import read
from archlint.measures import Measures
from archlint.model import Outcome, Scope
from archlint.source import Source
from tests.places import text_at

DEVSTUDIO = ConstantDemand(Scope(), values=("devstudio",))


def facts_of(code: str, *demands: ConstantDemand | MeasureDemand) -> Facts:
    return read(Source("a.html", code.encode()), demands or (DEVSTUDIO,))


def sinks(code: str) -> list[tuple[str, str, str]]:
    """Each sink of the constant, what receives it, and what stands at the place."""
    return [
        (found.sink.value, found.name, text_at(code, found.span))
        for found in facts_of(code).occurrences
        if found.sink is not Sink.ANYWHERE
    ]


def measures_of(code: str) -> Measures:
    measures = facts_of(code, MeasureDemand(Scope())).measures
    assert measures is not None
    return measures


VARIABLE = ("variable", "a", "devstudio")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("<script>const a = 'devstudio'</script>", [VARIABLE]),
        ("<script type='module'>const a = 'devstudio'</script>", [VARIABLE]),
        ("<script type='text/javascript'>const a = 'devstudio'</script>", [VARIABLE]),
        (
            "<script type='text/babel'>const a = <b c='devstudio'/></script>",
            [("property", "c", "devstudio")],
        ),
        ("<SCRIPT TYPE='Module'>const a = 'devstudio'</SCRIPT>", [VARIABLE]),
        ("<script lang='ts'>const a: string = 'devstudio'</script>", [VARIABLE]),
        ("<script>if (1 < 2) { const a = 'devstudio' }</script>", [VARIABLE]),
        ('<script type="application/json">{"a": "devstudio"}</script>', [("key", "a", "devstudio")]),
        ('<script type="importmap">{"a": "/x/devstudio"}</script>', [("path", "x", "devstudio")]),
        ('<script type="application/ld+json">["devstudio"]</script>', [("key", "", "devstudio")]),
        ("<script type='text/x-template'><p title='devstudio'></p></script>", []),
        ("<script type='text/plain'>a = 'devstudio'</script>", []),
        ("<script src='a.js'>const a = 'devstudio'</script>", []),
        ("<script></script>", []),
        ("<script>// 'devstudio'\n/* 'devstudio' */</script>", []),
        ("<!-- <script>const a = 'devstudio'</script> -->", []),
        ("<style>.devstudio { content: 'devstudio' }</style>", []),
        ("<style>.devstudio { content: 'devstudio' }", []),
        ("<p>devstudio</p>", []),
        ("<title>devstudio</title>", []),
        ("<textarea><a href='?subject=devstudio'></textarea>", []),
        ("<a href=/b?a=devstudio>x</a>", [("query", "a", "devstudio")]),
        ("<p <?php x() ?> data-a='devstudio'>x</p>", [("attribute", "data-a", "devstudio")]),
        ("<p {{#if x}}b{{/if}} data-a=devstudio>x</p>", [("attribute", "data-a", "devstudio")]),
        ("<p {{#if x}}b{{/if}} title='a devstudio'>x</p>", []),
        ("<script>const a = 'devstudio'", [VARIABLE]),
    ],
)
def test_a_script_is_read_as_what_it_is(code: str, expected: list[tuple[str, str, str]]) -> None:
    page = f"<!doctype html>\n<p>é 😀</p>{code}\n"

    assert [found for found in sinks(page) if found in expected] == expected
    assert bool(sinks(page)) == bool(expected)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('<a class="devstudio">', [("attribute", "class", "devstudio")]),
        ("<a class='devstudio'>", [("attribute", "class", "devstudio")]),
        ("<a class=devstudio>", [("attribute", "class", "devstudio")]),
        ('<a CLASS="devstudio">', [("attribute", "class", "devstudio")]),
        ('<a [subjectMode]="devstudio">', [("attribute", "[subjectMode]", "devstudio")]),
        ('<img data-subject="devstudio"/>', [("attribute", "data-subject", "devstudio")]),
        ('<a data-x="dev&#115;tudio">', [("attribute", "data-x", "dev&#115;tudio")]),
        ('<a class="devstudio-page">', []),
        ("<a devstudio>", []),
        ('<a devstudio="">', []),
        ('<a href="/bob?subject=devstudio">', [("query", "subject", "devstudio")]),
        ('<a href="/bob?x=1&amp;subject=devstudio&amp;y=2">', [("query", "subject", "devstudio")]),
        ('<a href="/bob?x=1&subject=devstudio">', [("query", "subject", "devstudio")]),
        ('<a href="/x?a=1&section=devstudio&copy=2">', [("query", "section", "devstudio")]),
        ('<a href="/x?a=1&notin;&lt&sect=devstudio">', [("query", "sect", "devstudio")]),
        ('<a class="&#100evstudio">', [("attribute", "class", "&#100evstudio")]),
        ('<a href="/w/devstudio/x">', [("path", "w", "devstudio")]),
        ('<form action="?subject=devstudio">', [("query", "subject", "devstudio")]),
        ('<img src="/x?subject=devstudio">', [("query", "subject", "devstudio")]),
        ('<iframe data-src="/x?subject=devstudio">', [("query", "subject", "devstudio")]),
        ('<a title="/x?subject=devstudio">', []),
        ('<button formaction="/x?subject=devstudio">', [("query", "subject", "devstudio")]),
        ('<a ping="/x?a=b /y?subject=devstudio">', [("query", "subject", "devstudio")]),
        ('<object data="/w/devstudio">', [("path", "w", "devstudio")]),
        ('<p data="/w/devstudio">', []),
        ('<p data-url="/w/devstudio">', []),
        ('<use xlink:href="/w/devstudio/x"/>', [("path", "w", "devstudio")]),
        ('<b hx-get="/x?subject=devstudio">', [("query", "subject", "devstudio")]),
        (
            '<b hx-post="/w/devstudio" hx-vals="/w/devstudio" hx-target="/w/devstudio">',
            [("path", "w", "devstudio")],
        ),
        ('<b hx-push-url="true" hx-swap="devstudio">', [("attribute", "hx-swap", "devstudio")]),
        ("<img srcset='/a/b 1x, /w/devstudio 2x'>", [("path", "w", "devstudio")]),
        ('<img srcset="é,/a/b, /x?a=,&amp;subject=devstudio, ">', [("query", "subject", "devstudio")]),
        ("<link imagesrcset='/w/devstudio'>", [("path", "w", "devstudio")]),
        ("<img srcset='/w/a,devstudio 2x' sizes='/w/devstudio'>", []),
        ("<img srcset='data:image/png;base64,/w/devstudio 2x'>", []),
        (
            "<meta http-equiv='Refresh' content='0; URL=/x?subject=devstudio'>",
            [("query", "subject", "devstudio")],
        ),
        ("<meta content=\"5;url='/w/devstudio'\" http-equiv=refresh>", [("path", "w", "devstudio")]),
        ("<meta http-equiv=refresh content='3, /w/devstudio'>", [("path", "w", "devstudio")]),
        ("<meta http-equiv=refresh content=5>", []),
        ("<meta http-equiv=refresh content='soon;url=/w/devstudio'>", []),
        ("<meta http-equiv=x content='0; url=/x?subject=devstudio'>", []),
        ("<meta name=refresh content='0; url=/x?subject=devstudio'>", []),
        ('<a href="mailto:a@b.c?subject=devstudio">', []),
    ],
)
def test_an_attribute_is_a_sink(code: str, expected: list[tuple[str, str, str]]) -> None:
    assert sinks(f"<p>a & b\n{code}") == expected


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("<b onclick=\"go('devstudio')\">", "devstudio"),
        ("<b onclick='go(\"devstudio\")'>", "devstudio"),
        ("<b ONCLICK=\"go('devstudio')\">", "devstudio"),
        ('<b onclick="go(&quot;devstudio&quot;)">', "devstudio"),
        ("<b onclick=\"é &amp;&amp;\n 😀(1)\n&amp;&amp; go('devstudio')\">", "devstudio"),
        ("<b onclick=\"return go('dev&#x73;tudio')\">", "dev&#x73;tudio"),
    ],
)
def test_an_event_handler_is_a_script(code: str, written: str) -> None:
    assert ("argument", "go", written) in sinks(code)
    assert not [name for sink, name, _ in sinks(code) if sink == "attribute"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("<iframe srcdoc=\"<p class='devstudio'>\">", [("attribute", "class", "devstudio")]),
        (
            "<iframe srcdoc='é&lt;a href=&quot;/x?a=1&amp;amp;subject=devstudio&quot;>'>",
            [("query", "subject", "devstudio")],
        ),
        ("<iframe SRCDOC=\"é😀\n<script>f('devstudio')</script>\">", [("argument", "f", "devstudio")]),
        (
            "<iframe srcdoc='<p onclick=&quot;f(&amp;quot;devstudio&amp;quot;)&quot;>'>",
            [("argument", "f", "devstudio")],
        ),
        ("<iframe srcdoc='<p>devstudio</p><!-- <p class=devstudio> -->'>", []),
        ("<iframe srcdoc='devstudio'>", [("attribute", "srcdoc", "devstudio")]),
        ("<p srcdoc=\"<p class='devstudio'>\">", []),
        ("<iframe srcdoc=\"<iframe srcdoc='<p class=devstudio>'>\">", []),
    ],
)
def test_a_page_in_a_frame_is_read(code: str, expected: list[tuple[str, str, str]]) -> None:
    assert sinks(f"<p>é</p>{code}") == expected


def test_a_mistake_in_a_page_in_a_frame_is_a_problem_at_its_place() -> None:
    (problem,) = facts_of("<p>\n<iframe srcdoc='<script>f(</script>'>").problems

    assert problem.span.line == 2


@pytest.mark.parametrize(
    "piece",
    [
        "<iframe srcdoc=",
        "<iframe srcdoc='<i onclick=f()>'>",
        "<b {{ x=y=z>",
        "<b onclick='f('>é",
        "<img srcset='/a, /b'>",
        "<b onclick='f(&quot;a&quot;)'>é",
        "<a href='/a?b=c&amp;d=é'>",
    ],
)
def test_many_tags_are_read_in_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        facts_of(piece * times, ConstantDemand(Scope(), every=True))
        return process_time() - start

    # Eight times as much takes eight times as long; in quadratic time it would be sixty-four.
    assert seconds(4_000) < 30 * max(seconds(500), 0.005)


@pytest.mark.parametrize("end", [",", " "])
def test_a_long_list_of_urls_is_read_in_linear_time(end: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        facts_of(f"<img srcset='é {('/a?b=c' + end + ' ') * times}'>", ConstantDemand(Scope(), every=True))
        return process_time() - start

    assert seconds(16_000) < 30 * max(seconds(2_000), 0.02)


@pytest.mark.parametrize("code", ['<b once="devstudio">', "<b on='devstudio'>", '<b onclick="devstudio()">'])
def test_what_only_looks_like_a_constant_in_a_handler_is_none(code: str) -> None:
    assert [sink for sink, _, _ in sinks(code) if sink != "attribute"] == []


def test_occurrences_come_in_the_order_of_the_file() -> None:
    code = "<script>f('devstudio')</script>\n<a class=devstudio>\n<script>g('devstudio')</script>"

    assert [name for _, name, _ in sinks(code)] == ["f", "class", "g"]


def test_what_holds_an_attribute_is_its_tag() -> None:
    (found,) = (one for one in facts_of("<BODY id=devstudio>").occurrences if one.sink is Sink.ATTRIBUTE)

    assert found.owner == "body"


@pytest.mark.parametrize(
    "code",
    [
        "<p>a & b<p>c<br><img src=x>",
        "<div><span></div>",
        '<a :b="c" @d="e" #f {{ g }} {% if h %}>',
        "<%= x %><a href='<%= y %>'>",
        "",
    ],
)
def test_markup_as_people_write_it_is_no_problem(code: str) -> None:
    assert facts_of(code).outcome is Outcome.ANALYSED


def test_a_mistake_in_a_script_is_a_problem_at_its_place() -> None:
    found = facts_of("<p></p>\n<script>\nconst = 1\n</script>\n<script>const a = 'devstudio'</script>")

    assert found.outcome is Outcome.PARTIAL
    assert found.problems[0].span.line == 3
    assert ("variable", "a") in {(one.sink.value, one.name) for one in found.occurrences}


def test_a_mistake_in_json_and_in_a_handler_with_entities_is_at_its_place_too() -> None:
    json = facts_of('<p>\n<script type="importmap">\n{"a": nope}</script>').problems
    handler = facts_of('<p>\n<b onclick="&quot;a&quot; ((">').problems

    assert [problem.span.line for problem in (*json, *handler)] == [3, 2]


PAGE = """\
<!doctype html>
<!-- comment
  of two lines -->
<html>

<style>
  /* comment */
  a { color: red } /* why */
</style>
<script type="module">
  // comment
  const a = 1; // why
  /* comment
   */

  function f() {
    return "// no comment";
  }
</script>
<script type="application/json">
  // comment
  {"a": 1}
</script>
</html> <!-- end -->
"""


def test_lines_of_code_count_markup_and_scripts_without_their_comments() -> None:
    comments = {2, 3, 7, 11, 13, 14, 21}
    blank = {5, 15}

    assert measures_of(PAGE).lines == 24
    assert measures_of(PAGE).code_lines == 24 - len(comments) - len(blank)
    assert measures_of(PAGE).bytes == len(PAGE)


def test_the_longest_function_of_all_scripts_counts() -> None:
    measures = measures_of(PAGE + "<script>\nconst g = () => {\n\n\n\n};\n</script>")

    assert measures.longest_function == 5
    assert measures.longest_function_at.line == 26


def test_a_page_without_scripts_has_no_longest_function() -> None:
    assert measures_of("<p>\n").longest_function == 0


def test_elements_nested_deeper_than_the_parser_follows_still_yield() -> None:
    code = "<div>" * 1200 + '<a class="devstudio">' + "</div>" * 1200

    assert sinks(code) == [("attribute", "class", "devstudio")]


def test_entries_are_no_business_of_a_page() -> None:
    code = '<script type="application/json">{"a": 1}</script>'

    assert read(Source("a.html", code.encode()), (EntryDemand(Scope()),)).entries == ()


@given(st.text(alphabet="<>/=\"'& ;-!abonclickscript{}()\n", max_size=80))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    facts_of(text, ConstantDemand(Scope(), every=True), MeasureDemand(Scope()))
