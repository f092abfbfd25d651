"""Markup in the strings and templates of scripts: what is a constant there, and what only looks like one."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, Facts, Sink
from archlint.languages.typescript import read
from archlint.model import Scope
from archlint.source import Source
from tests.languages.bounds import assert_inside, spans_of
from tests.places import text_at

DEVSTUDIO = ConstantDemand(Scope(), values=("devstudio",))


def facts_of(code: str, demand: ConstantDemand = DEVSTUDIO) -> Facts:
    return read(Source("a.ts", code.encode()), (demand,))


def sinks(code: str) -> list[tuple[str, str, str]]:
    """Each sink of the constant, what receives it, and what stands at the place."""
    return [
        (found.sink.value, found.name, text_at(code, found.span))
        for found in facts_of(code).occurrences
        if found.sink is not Sink.ANYWHERE
    ]


SUBJECT = ("query", "subject", "devstudio")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('html`<a href="/x?subject=devstudio">a</a>`', [SUBJECT]),
        ("html`hello é <a href='/x?a=${a}&amp;subject=devstudio'>${b}</a>`", [SUBJECT]),
        ("html`<p>${a ? html`<a href='/w/devstudio/x'>` : b}</p>`", [("path", "w", "devstudio")]),
        ("a.innerHTML = `é <p class='devstudio'>`", [("attribute", "class", "devstudio")]),
        (
            "a.insertAdjacentHTML('beforeend', 'é <p class=\"devstudio\">')",
            [("attribute", "class", "devstudio")],
        ),
        ("const a = '\\n<form action=\"?subject=devstudio\">'", [SUBJECT]),
        ('const a = "<a href=\\"/x?subject=devstudio\\">"', [SUBJECT]),
        ("const a = '<a href=\"' + b + '?subject=devstudio' + '\">'", [SUBJECT]),
        ("const a = '<!doctype html><img srcset=\"/a 1x, /w/devstudio 2x\">'", [("path", "w", "devstudio")]),
        (
            'const a = \'<meta http-equiv="refresh" content="0; url=/w/devstudio">\'',
            [("path", "w", "devstudio")],
        ),
        ("f('<br><p class=\"devstudio\"')", [("attribute", "class", "devstudio")]),
        ("const a = '<a title=\"<b class=\\'devstudio\\'>\">'", []),
        ("const a = 'say <a href=\"/x?subject=devstudio\"> to open it'", []),
        ("const a = 'devstudio <subject=devstudio> <a devstudio> <a b=\"${devstudio}\">'", []),
        ("const a = '<file subject=devstudio>'", []),
        ("const a = '<a href=\"/x?subject=devstudio2&b=devstudio-x\">'", []),
        ('const a = \'<a title="/x?subject=devstudio" data-a="/w/devstudio">\'', []),
        ("const a = `<a href='/x?subject=${devstudio}' b='${c}devstudio'>devstudio</a>`", []),
        (
            "const a = '<!-- <p class=\"devstudio\"> --><script>b = \"<p class=\\'devstudio\\'>\"</script>'",
            [],
        ),
        ("const a = '<p onclick=\"devstudio\">'", []),
        ('// \'<p class="devstudio">\'\nconst a: B<C extends D> = /<p class="devstudio">/;', []),
        ('if (a <b && c == "devstudio") {}', [("compare", "c", "devstudio")]),
    ],
)
def test_markup_in_a_text(code: str, expected: list[tuple[str, str, str]]) -> None:
    assert sinks(code) == expected


def test_what_is_spelled_with_escapes_stands_at_the_whole_text() -> None:
    assert sinks(r"const a = '<p class=\"dev\x73tudio\">'") == [
        ("attribute", "class", r"<p class=\"dev\x73tudio\">")
    ]


@pytest.mark.parametrize(
    "piece", ["<p a='b'>", "<p ", "<p a='", "<!--", "<script>", "<a href='/a?b=c&d=e' {{ ", " ", " /"]
)
@pytest.mark.parametrize("before", ["", "<", "<p>", "é<p>"])
def test_a_long_text_is_read_in_linear_time(before: str, piece: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        facts_of(f"a.innerHTML = `{before}{piece * times}`", ConstantDemand(Scope(), every=True))
        return process_time() - start

    # Eight times as much takes eight times as long; in quadratic time it would be sixty-four.
    assert seconds(8_000) < 30 * max(seconds(1_000), 0.005)


PIECES = st.sampled_from(
    ["<", ">", "/", "<a ", "<!--", "-->", "<script", "</", "href", "srcset", "=", "'", '"', "`", "${", "}", "a", " ",
     "/x?b=c", "&amp;", "&", ",", "\\", "\n", "\\x3c", "é", "😀", "+", "http-equiv='refresh'", "content='1;url="]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40), st.sampled_from("'\"`"))
def test_any_text_is_read_and_every_place_lies_in_the_file(found: list[str], quote: str) -> None:
    code = f"a.innerHTML = {quote}<a {''.join(found)}{quote}"

    assert_inside(code, spans_of(facts_of(code, ConstantDemand(Scope(), every=True))))
