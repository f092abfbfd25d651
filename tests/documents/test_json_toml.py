"""JSON and TOML at the boundary of the language, with the standard library as the oracle."""

import json as oracle_json
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import Entry
from archlint.model import Outcome, Reason
from tests.documents.texts import facts_of, problems, values

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def flat(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 -- JSON
    """Each scalar of a JSON value by its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from flat(inner, (*path, str(index)))
    else:
        yield path, value


def meant(entry: Entry) -> Any:  # noqa: ANN401 -- as JSON means it
    if entry.type == "string":
        return entry.value
    return oracle_json.loads(entry.value)


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_json_values_are_what_the_standard_library_reads(
    value: Any,  # noqa: ANN401 -- JSON
    ascii_only: bool,  # noqa: FBT001 -- drawn
    indent: int | None,
) -> None:
    found = facts_of("json", oracle_json.dumps(value, ensure_ascii=ascii_only, indent=indent))

    assert found.problems == ()
    assert [
        (entry.path, meant(entry)) for entry in found.entries if entry.type not in ("mapping", "sequence")
    ] == [*flat(value)]


@given(st.text(alphabet='{}[]",:0123.eE+-truefalsn \n\\/*u', max_size=30))
def test_json_that_the_standard_library_refuses_has_a_problem(text: str) -> None:
    try:
        oracle_json.loads(text)
    except ValueError:
        is_extended = "//" in text or "/*" in text or "," in text
        assert is_extended or not text.strip() or problems("json", text)
    except RecursionError:
        pass
    else:
        assert facts_of("json", text).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        '// comment\n{"a": 1} // end',
        '{"a": /* why */ 1}',
        '{"a": 1,}',
        "[1, 2, ]",
        '{"a": [1,\n],\n}',
        '{"a": "// no comment, }"}',
        "",
        "// nothing but a comment\n",
        '\ufeff{"a": 1e+3}',
    ],
)
def test_comments_and_trailing_commas_are_legal_json(text: str) -> None:
    assert facts_of("json", text).outcome is Outcome.ANALYSED


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("[,]", 2),
        ("{,}", 2),
        ("[1,,2]", 4),
        ("[1 2]", 4),
        ("{} {}", 4),
        ("{a: 1}", 2),
        ("{'a': 1}", 2),
        ('{"a"}', 5),
        ('{"a": }', 7),
        ("[01]", 2),
        ("[+1]", 2),
        ("[1.]", 2),
        ("[NaN]", 2),
        ("[True]", 2),
        ('["\t"]', 2),
        ('["\\x"]', 2),
        ("[1", 2),
        ("[}", 2),
        ("/* open", 1),
        ("<html>", 1),
    ],
)
def test_what_is_no_json_has_a_problem_where_it_stops_being_json(text: str, column: int) -> None:
    assert problems("json", text) == [("syntax", 1, column)]


def test_json_before_a_mistake_is_read() -> None:
    assert values("json", '{"a": 1, "b": [true, nope, 2], "c": 3}') == [
        ("a", "1", "number"),
        ("b/0", "true", "boolean"),
    ]


@pytest.mark.parametrize("language", ["json", "yaml"])
def test_what_is_nested_too_deep_is_said_not_to_be_judged(language: str) -> None:
    text = "[" * 1200 + "]" * 1200
    found = facts_of(language, text)

    assert len(found.entries) == 1001
    assert [problem.reason for problem in found.problems] == [Reason.DEPTH_LIMIT]


def test_nesting_without_end_is_survived() -> None:
    assert problems("json", "[" * 200_000)
    assert problems("toml", "a = " + "[" * 2_000 + "]" * 2_000)
    assert problems("toml", ".".join("a" * 3_000) + " = 1")


TOML = [
    "a = 1\nb = 'x'\n",
    'a = "tab\\t \\u00e9 \\U0001F600 \\"q\\" \\\\"\n',
    "a = 'no \\escape'\n",
    'a = """\nfirst\nsecond"""\n',
    'a = """\\\n   joined \\\n\n   lines"""\n',
    'a = """one "" two \\""" three"""\n',
    'a = """x"""""\n',
    "a = '''\nfirst\n\\second'''\n",
    "a = ''\nb = \"\"\nc = ''''''\n",
    "a = '''x''''\n",
    'a = """\r\nfirst\r\nsecond"""\r\n',
    "a.b.c = 1\na.b.d = 2\n",
    "a.\"b.c\".'d' = 1\n",
    '"" = 1\n3.14 = 2\n',
    "[a]\nb = 1\n[a.c]\nd = 2\n",
    "[a.b.c]\nd = 1\n[a]\ne = 2\n",
    "[ a . 'b c' ]\nd = 1\n",
    "[[a]]\nb = 1\n[[a]]\nb = 2\n[[a]]\n",
    "[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2\n[[a]]\n[[a.b]]\nc = 3\n",
    "[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2\n",
    "a = [1, 'x', [2, 3], {b = 4}]\n",
    "a = [\n  1, # comment\n  2,\n]\n",
    "a = {b = 1, c.d = 'x', e = {}}\n",
    "a = []\nb = {}\n",
    "a = true\nb = false\n",
    "a = 1_000\nb = -17\nc = +1\n",
    "a = 1.5\nb = 1e3\nc = -6.6_2E-34\n",
    "# comment\na = 1 # comment\n\n",
    "[vars]\nURL = 'https://x/?a=b'\n[env.preview.vars]\nURL = 'y'\n",
]


def toml_value(entry: Entry) -> Any:  # noqa: ANN401 -- as TOML means it
    return entry.value if entry.type == "string" else tomllib.loads(f"x = {entry.value}")["x"]


@pytest.mark.parametrize("text", TOML)
def test_toml_values_are_what_the_standard_library_reads(text: str) -> None:
    entries = facts_of("toml", text).entries
    scalars = [entry for entry in entries if entry.type not in ("mapping", "sequence")]
    expected = dict(flat(tomllib.loads(text)))

    assert {entry.path: toml_value(entry) for entry in scalars} == expected
    assert len(scalars) == len(expected)
    assert facts_of("toml", text).outcome is Outcome.ANALYSED


def test_tables_of_toml_are_entries_however_they_come_to_be() -> None:
    found = facts_of("toml", "a.b = 1\n[c.d]\n[[e]]\nf = {}\n").entries
    collections = [
        ("/".join(entry.path), entry.type) for entry in found if entry.type not in ("string", "number")
    ]

    assert collections == [
        ("", "mapping"),
        ("a", "mapping"),
        ("c", "mapping"),
        ("c/d", "mapping"),
        ("e", "sequence"),
        ("e/0", "mapping"),
        ("e/0/f", "mapping"),
    ]


def test_toml_numbers_have_no_separators_and_dates_are_text() -> None:
    text = "a = 7_000\nb = 1979-05-27T07:32:00Z\nc = 07:32:00\n"

    assert values("toml", text) == [
        ("a", "7000", "number"),
        ("b", "1979-05-27T07:32:00Z", "string"),
        ("c", "07:32:00", "string"),
    ]


@pytest.mark.parametrize(
    "text", ["a = ", "a = bare", "a = 1 b = 2", "[a", "a = 'x", "a = [1", "= 1", "a = -0x1"]
)
def test_what_is_no_toml_has_a_problem(text: str) -> None:
    assert problems("toml", f"ok = 1\n{text}\n")
    assert ("ok", "1", "number") in values("toml", f"ok = 1\n{text}\n")
