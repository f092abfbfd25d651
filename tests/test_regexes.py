"""One pass over bytes for many expressions says what a search for each of them says."""

from hypothesis import given
from hypothesis import strategies as st

from archlint.regexes import spotter, spotters

PATTERNS = ("a", "ab|bc", "(?i)kä|C", "", r"\z", "(?m)^b", "[^a]c", "x\0", "é")


@given(
    st.lists(st.sampled_from(PATTERNS), unique=True).map(tuple),
    st.text("abcKÄäé\n\0 xk", max_size=12).map(str.encode),
    st.sampled_from([b"", b"\xff", b"\xc3"]),
)
def test_one_pass_for_all_finds_what_each_finds(patterns: tuple[str, ...], data: bytes, end: bytes) -> None:
    expected = {pattern for pattern in patterns if spotter(pattern)(data + end)}

    assert spotters(patterns)(data + end) == expected


def test_an_expression_that_cannot_be_read_is_found_anywhere() -> None:
    assert spotters(("(", "a", "b"))(b"a") == {"(", "a"}


def test_what_fits_into_no_machine_is_searched_one_after_the_other() -> None:
    large = tuple(f"(?:[a-z]{{9}}[0-9]{{9}}){{50}}{number}|q{number};" for number in range(60))

    assert spotters(large)(b"xq7; q12;") == {large[7], large[12]}
