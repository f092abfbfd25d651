"""Where Python's texts and numbers stand and what they say; its sizes, and what cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, MeasureDemand, Sink
from archlint.model import Extent, Scope
from tests.languages.test_python import EVERY, facts_of, occurrences, sinks
from tests.places import text_at


@pytest.mark.parametrize(
    "code",
    [
        "a = 'x1'",
        "a = ('x1')",
        "a = r'''x1'''",
        "é = '😀'; a = 'x1'",
        "a = {\r\n  'b': 'x1' }",
        "a = 1\ra = 'x1'",
        "\ufeffa = 'x1'",
        "if a:\n\tb = 'x1'",
        "\fa = 'x1'",
        "class A:\n  pass\n\f\nb = 'x1'\n\f\nc = 'x1'\n",
        "\\\n\\\na = 'x1'",
        "try: pass\nexcept (A, B) : pass\na = 'x1'\n",
        "# coding: utf-8\na = 'é' 'é'; b = 'x1'",
        "f('/é?q=x1&z=1')",
        "f(f'/é?q={q}&r=x1&z=1')",
        "f(F'/{{é}}?r=x1')",
        r"f('/\u00e9\x2f?q=x1')",
        "a = 'x1'  # no line end",
    ],
)
def test_an_occurrence_stands_exactly_where_its_value_is_written(code: str) -> None:
    found = facts_of(code).occurrences

    assert found
    assert {text_at(code, one.span) for one in found} == {"x1"}


def test_what_is_written_in_pieces_stands_from_the_first_to_the_last() -> None:
    code = "a = ('x'\n  r'1')\nb = 'x' + '1'\nc = '\\x781'"

    found = occurrences(code)

    assert [(one.name, text_at(code, one.span)) for one in found] == [
        ("a", "x'\n  r'1"),
        ("b", "x' + '1"),
        ("c", "\\x781"),
    ]


@pytest.mark.parametrize(
    "literal",
    [
        r"'\x781'",
        r"'\u00781'",
        r"'\U000000781'",
        r"'\1701'",
        r"'\N{LATIN SMALL LETTER X}1'",
        r"f'\N{LATIN SMALL LETTER X}1'",
        "'x\\\n1'",
        "'x\\\r\n1'",
    ],
)
def test_a_value_written_with_escapes_is_read_as_it_runs(literal: str) -> None:
    (found,) = occurrences(f"a = {literal}")

    assert found.name == "a"


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (r"'\d\é'", r"\d\é"),
        (r"r'\x78'", r"\x78"),
        (r"'\ud800'", "\ufffd"),
        (r"'\N{NO SUCH NAME}'", r"\N{NO SUCH NAME}"),
        ("'''a\r\nb\rc'''", "a\nb\nc"),
        ("f'{{a}}'", "{a}"),
        ("f'{\"a\"}b'", "ab"),
        ("''", ""),
    ],
)
def test_a_text_is_what_python_reads(literal: str, value: str) -> None:
    found = occurrences(f"a = {literal}", EVERY)

    assert [one.value for one in found] == [value]


@pytest.mark.parametrize(
    "spelling", ["7000", "7_000", "7e3", "7000.0", "0x1b58", "0b1101101011000", "0O15530"]
)
def test_a_number_is_the_same_in_any_spelling(spelling: str) -> None:
    found = occurrences(f"a = {spelling}", ConstantDemand(Scope(), values=("7000",)))

    assert [(one.value, one.is_number, one.sink) for one in found] == [("7000", True, Sink.VARIABLE)]


@pytest.mark.parametrize(
    ("spelling", "value"), [("-5", "-5"), ("2.50", "2.5"), ("1e999", "1e999"), ("9007199254740993",) * 2]
)
def test_a_number_keeps_its_sign_and_its_digits(spelling: str, value: str) -> None:
    found = facts_of(f"a = {spelling}", EVERY).occurrences

    assert {(one.value, one.is_number) for one in found} == {(value, True)}


def test_the_digits_of_another_number_are_not_the_number() -> None:
    demand = ConstantDemand(Scope(), values=("6",))

    assert facts_of("a = 16 + 6.5 + 0x6f + b6 + 6j + (-6)\nc = True", demand).occurrences == ()


# --- sizes --------------------------------------------------------------------------------------------------


def test_docstrings_are_code_and_comments_are_not() -> None:
    code = '"""Doc.\n\nMore."""\n# c\n\na = 1  # d\nb = (  # e\n  # f\n  2,\n)\ns = """\n# text\n"""\n'

    measures = facts_of(code, MeasureDemand(Scope())).measures

    assert measures is not None
    assert (measures.lines, measures.code_lines, measures.bytes) == (13, 9, len(code))


def test_the_longest_function_is_measured_from_def_to_its_last_line() -> None:
    code = "@d\nasync def f(\n  a,\n):\n  def g():\n    return 1\n  return g\n\n# c\nclass A:\n  def h(self): pass\n"

    measures = facts_of(code, MeasureDemand(Scope())).measures

    assert measures is not None
    assert measures.longest_function == 6
    assert text_at(code, measures.longest_function_at) == "async def f"


# --- what cannot be read ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("a = 'x1'\n\nb = = 2\n", 3),
        ("a = 1\n  b = 2\n", 2),
        ("a = 1\nprint 'x1'\n", 2),
        ("a = 1\n\nb = 'unterminated\nc = 2\n", 3),
        ("a = '''b'''\n\nb = '''unterminated\n\nc = 2\n", 3),
        ("a = 1\n\nb = $c\nd = 2\n", 3),
        ("a = 1\nchmod(a, 0777)\n", 2),
    ],
)
def test_a_syntax_error_is_a_problem_of_the_whole_file_with_a_place(code: str, line: int) -> None:
    facts = facts_of(code)

    assert facts.occurrences == ()
    assert [(one.reason, one.extent, one.span.line) for one in facts.problems] == [
        ("syntax", Extent.ALL, line)
    ]


@pytest.mark.parametrize(
    "code",
    [
        "(" * 3000 + "'x1'" + ")" * 3000,
        "f(" * 3000 + "'x1'" + ")" * 3000,
        "a = " + "[" * 3000,
        "f'{" + "(" * 3000 + "}'",
        "a = " + "not " * 1500 + "'x1'",
        "a = " + " + ".join(["b"] * 1500) + " + 'x1'",
        "if a: b\n" + "elif a: b\n" * 2000 + "else: c = 'x1'",
    ],
)
def test_nesting_beyond_the_limit_is_a_problem_not_a_silence(code: str) -> None:
    assert [problem.reason for problem in facts_of(code).problems] == ["depth-limit"]


def test_brackets_in_texts_and_comments_are_not_nested() -> None:
    code = "a = '" + "(" * 3000 + "'  # " + "[" * 3000 + "\nb = 'x1'"

    assert facts_of(code).problems == ()
    assert sinks(code) == {("variable", "b")}


def test_long_rows_of_strings_are_read_in_one_go() -> None:
    parts = " ".join(["'/p?'", *(f"'q{n}=x1&'" for n in range(2000))])
    sums = " + ".join(["'/p?'", *(f"'q{n}=x1&'" for n in range(300))])

    assert len(sinks(f"a = ({parts})")) == 2000
    assert len(sinks(f"a = {sums}")) == 300


@pytest.mark.parametrize(
    ("code", "is_read"),
    [
        ("# -*- coding: utf-8 -*-\na = 'é'", True),
        ("#!/usr/bin/python\n# vim: fileencoding=latin-1\na = 'e'", True),
        ("# coding: latin-1\na = 'é'", False),
        ("# coding: utf-7\na = '+AHgAMQ-'", False),
        ("# coding: unicode_escape\n", False),
        ("a = 1\n\n# coding: utf-7\n", True),
    ],
)
def test_a_file_in_another_encoding_is_not_read_as_utf_8(code: str, is_read: bool) -> None:  # noqa: FBT001
    assert [problem.reason for problem in facts_of(code).problems] == ([] if is_read else ["encoding"])


@given(st.text(st.sampled_from("ax1'\"#\n\r\t\f\\ ()[]{}:=+fb@,.0_é😀\ufeff") | st.characters(codec="utf-8")))
def test_any_text_ends_in_facts_or_problems(code: str) -> None:
    facts = facts_of(code, EVERY, MeasureDemand(Scope()))

    assert facts.problems or facts.measures


STATEMENTS = (
    "a = 'x1'",
    "é = '😀' 'x1'",
    "f(\n 'x1',\n)",
    "if a:\n\tb = 'x1'",
    "# x1",
    "\f",
    "",
    "d['x1'] = 2",
)


@given(st.lists(st.sampled_from(STATEMENTS)), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_every_constant_is_found_where_it_stands(statements: list[str], end: str, is_ended: bool) -> None:  # noqa: FBT001
    code = end.join(statement.replace("\n", end) for statement in statements) + end * is_ended

    spans = {one.span for one in facts_of(code, EVERY).occurrences if "x1" in one.value}

    assert len(spans) == code.count("x1'")
    assert all(text_at(code, span).endswith("x1") for span in spans)
