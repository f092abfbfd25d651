"""What is said to be in every match of an expression is in every match."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.certain import NOTHING, Certain, certain
from archlint.regexes import within_longer

LETTERS = st.sampled_from(["a", "b", "-", "_", r"\.", r"\/", "1", " "])
ATOMS = st.one_of(
    LETTERS,
    st.sampled_from([".", r"\d", r"\w", "[ab]", "[^a]", "[a-c]", r"[\]x]", "[]x]", "^", "$", r"\b", "[:=]"]),
)
COUNTS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "+?", "*?", "{0}"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.builds(
        "({}{}){}".format,
        st.sampled_from(["", "?:", "?i:", "?s:", "?P<n>"]),
        inner,
        st.sampled_from(["", "?", "+"]),
    )
    rows = st.lists(st.one_of(inner, groups), min_size=1, max_size=3).map("".join)
    return st.one_of(rows, groups, st.lists(rows, min_size=2, max_size=3).map("|".join))


PATTERNS = st.recursive(st.builds("{}{}".format, ATOMS, COUNTS), _grown, max_leaves=8)


@given(PATTERNS, st.data())
@settings(max_examples=300)
def test_every_match_holds_what_is_certain(pattern: str, data: st.DataObject) -> None:
    try:
        re.compile(pattern)
    except re.error:  # two groups of one name, a sign that repeats another
        return
    text = data.draw(st.from_regex(pattern, fullmatch=True))

    assert certain(pattern).holds(lambda part: part in text)
    assert not certain(pattern).telling or any(part in text for part in certain(pattern).telling)


def test_texts_are_joined_as_far_as_they_are_few() -> None:
    assert certain("gh[pos]_[a-z]{3,}") == Certain(frozenset({"ghp_", "gho_", "ghs_"}))
    assert certain("(?:a|bc)d") == Certain(frozenset({"ad", "bcd"}))
    assert certain("x+yz?") == Certain(every=(Certain(frozenset("x")), Certain(frozenset("y"))))
    assert certain("ab.*|cd") == Certain(either=(Certain(frozenset({"ab"})), Certain(frozenset({"cd"}))))


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        ".*",
        "a?",
        "a*",
        "(?i)abc",
        "(?i:a)",
        r"\Qa\E",
        "[[:alpha:]]",
        r"\pL",
        "a|",
        "a|b*",
        "(?=a)a",
        "(a",
        "a)",
        r"\1a",
    ],
)
def test_nothing_is_certain_where_nothing_is_read(pattern: str) -> None:
    assert certain(pattern) == NOTHING
    assert certain(pattern).holds(lambda _part: False)


def test_flags_hold_to_the_end_of_their_group() -> None:
    assert certain("(?i)a-(?-i:b)") == Certain(frozenset({"-b"}))
    assert certain("(?:(?i)a)b") == Certain(frozenset("b"))
    assert certain("(?s)a.b") == Certain(every=(Certain(frozenset("a")), Certain(frozenset("b"))))


def test_edges_are_no_text() -> None:
    assert certain(r"^ab\b$") == certain(within_longer(r"^ab\b$")) == Certain(frozenset({"ab"}))
