"""The code frame: the mark stands under the span, whatever the line holds and however wide the terminal is."""

import re

import pytest

from archlint.model import Place, Span
from tests.reporting.reports import a_finding, a_report, an_excerpt, told


def shown(code: str, span: Span, width: int = 100) -> str:
    """The code frame of a finding in ``code``."""
    report = a_report([a_finding(Place("a.ts", span))], excerpts={"a.ts": an_excerpt(code)})
    framed = told("text", report, width=width).split("--> a.ts")[1].split("\n", 1)[1]
    return re.split(r"^ +=", framed, flags=re.MULTILINE)[0].rstrip("\n")


@pytest.mark.parametrize(
    ("code", "column", "length", "mark"),
    [
        ("ab = 'x'", 6, 3, "     ^^^"),
        ("é = 'x'", 5, 3, "    ^^^"),
        ("😀 = 'x'", 6, 3, "     ^^^"),
        ("漢字 = 'x'", 6, 3, "       ^^^"),
        ("x = '漢字'", 5, 4, "    ^^^^^^"),
        ("e\u0301 = 'x'", 6, 3, "    ^^^"),
        ("\t'x'", 2, 3, "    ^^^"),
        ("ab\t'x'", 4, 3, "    ^^^"),
        ("\x1b = 'x'", 5, 3, "       ^^^"),
        ("x", 2, 0, " ^"),
    ],
)
def test_the_mark_stands_under_the_span(code: str, column: int, length: int, mark: str) -> None:
    framed = shown(code, Span(1, column, 1, column + length)).splitlines()

    assert framed[2] == f"  | {mark}"


def test_a_long_line_is_clipped_around_the_span() -> None:
    framed = shown("a" * 300 + "WANTED" + "b" * 300, Span(1, 301, 1, 307), width=40).splitlines()
    at_mark = slice(framed[2].index("^"), framed[2].rindex("^") + 1)

    assert framed[1][at_mark] == "WANTED"
    assert framed[1].startswith("1 | …aa")
    assert framed[1].endswith("bb…")
    assert max(map(len, framed)) <= 40


@pytest.mark.parametrize("shift", range(4))
def test_a_clipped_line_of_wide_characters_stays_aligned(shift: int) -> None:
    framed = shown(
        "x" * shift + "漢" * 100 + "W" + "漢" * 100, Span(1, 101 + shift, 1, 102 + shift), width=40
    )
    _, code, mark = framed.splitlines()
    before = code[: code.index("W")]

    assert len(before) + before.count("漢") == mark.index("^")


def test_a_span_wider_than_the_terminal_is_marked_as_far_as_it_is_shown() -> None:
    framed = shown("a" * 10 + "b" * 500, Span(1, 11, 1, 511), width=40).splitlines()

    assert framed[1].startswith("1 | …bbb")
    assert framed[2].startswith("  |  ^^^")
    assert max(map(len, framed)) <= 40


def test_a_span_of_many_lines_is_shown_by_its_first_ones() -> None:
    code = "\n".join(f"line {number}" for number in range(1, 30))
    framed = shown(code, Span(3, 6, 25, 2)).splitlines()

    assert framed[:4] == ["   |", " 2 | line 2", " 3 | line 3", "   |      ^"]
    assert framed[-1] == "10 | line 10"


def test_a_span_right_of_what_is_kept_of_a_line_has_no_frame() -> None:
    assert shown("short…", Span(1, 5000, 1, 5010)) == ""
