"""How deep the elements of a page may nest: as deep as any page does, and no deeper than the grammar can bear."""

import time

import pytest

from archlint.facts import ConstantDemand
from archlint.languages import language_of
from archlint.languages.html_nesting import MAX_OPEN, too_deep_from
from archlint.model import Outcome, Reason, Scope
from archlint.source import Source

DEEP = MAX_OPEN * 3


@pytest.mark.parametrize(
    "page",
    {
        "siblings": "<div></div>" * DEEP,
        "elements without an end": "<br><img src=a><input>" * DEEP,
        "left out end tags": "<ul>" + "<li>a" * DEEP + "</ul><table>" + "<tr><td>a" * DEEP,
        "paragraphs": "<p>a" * DEEP,
        "closed with what is around them": "<div><span></div>" * DEEP,
        "self-closing": "<svg>" + "<path d='M0' />" * DEEP + "</svg>",
        "in a comment": f"<!-- {'<div>' * DEEP} -->",
        "in a script": f"<script>{'i<n;' * DEEP}</script>",
        "in a script without an end": f"<script>{'i<n;' * DEEP}",
        "comments without an end": "<!--" * DEEP,
        "tags without an end": "<a " * DEEP,
    }.values(),
)
def test_a_page_may_hold_any_number_of_elements_that_do_not_nest(page: str) -> None:
    assert too_deep_from(page.encode()) is None


@pytest.mark.parametrize("closing", ["", "</div>"])
@pytest.mark.parametrize("opening", ["<div>", "<div></x>", "<DIV a='b'>\n", "<x-y>"])
def test_what_comes_after_too_many_open_elements_is_told_and_not_read(opening: str, closing: str) -> None:
    page = "<p class='x1'>" + opening * 100_000 + "<p class='x1'>" + closing * 100_000
    begin = time.process_time()

    facts = language_of("a.html").read(
        Source("a.html", page.encode()), (ConstantDemand(Scope(), values=("x1",)),)
    )

    assert facts.outcome is Outcome.PARTIAL
    assert [problem.reason for problem in facts.problems] == [Reason.DEPTH_LIMIT]
    assert {each.span.column for each in facts.occurrences} == {11}
    assert time.process_time() - begin < 6
