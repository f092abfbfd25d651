"""Environment files at the boundary of the language: names, values and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, EntryDemand, Facts, MeasureDemand, Sink
from archlint.languages import language_of
from archlint.languages.dotenv import read
from archlint.model import Outcome, Scope
from archlint.source import Source
from tests.languages.bounds import assert_inside, spans_of
from tests.places import text_at

WANTED = ConstantDemand(Scope(), values=("devstudio",), identifiers=("DEV_ID",))


def facts_of(code: str, *demands: ConstantDemand | EntryDemand | MeasureDemand) -> Facts:
    return read(Source(".env", code.encode()), demands or (WANTED,))


def sinks(code: str) -> list[tuple[str, str, str]]:
    """Each sink of the constant, what receives it, and what stands at the place."""
    return [
        (found.sink.value, found.name, text_at(code, found.span))
        for found in facts_of(code).occurrences
        if found.sink is not Sink.ANYWHERE
    ]


SUBJECT = [("key", "SUBJECT", "devstudio"), ("env", "SUBJECT", "devstudio")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SUBJECT=devstudio", SUBJECT),
        ("SUBJECT=devstudio\r\nA=b\r\n", SUBJECT),
        ("\ufeffSUBJECT=devstudio", SUBJECT),
        ("  export SUBJECT = devstudio  ", SUBJECT),
        ("SUBJECT='devstudio'", SUBJECT),
        ('SUBJECT="devstudio" # a', SUBJECT),
        ("SUBJECT=`devstudio`", SUBJECT),
        ("SUBJECT=devstudio # a", SUBJECT),
        ("SUBJECT=devstudio#a", SUBJECT),
        ("A='b\nc'\nSUBJECT=devstudio", SUBJECT),
        ("nonsense !\nSUBJECT=devstudio", SUBJECT),
        ("A=https://a/b?subject=devstudio&c=d", [("query", "subject", "devstudio")]),
        ('A="https://a/w/devstudio/b"', [("path", "w", "devstudio")]),
        ("DEV_ID=", [("identifier", "DEV_ID", "DEV_ID")]),
        ("DEV_ID=a", [("identifier", "DEV_ID", "DEV_ID")]),
        (
            "DEV_ID=devstudio",
            [
                ("key", "DEV_ID", "devstudio"),
                ("env", "DEV_ID", "devstudio"),
                ("identifier", "DEV_ID", "DEV_ID"),
            ],
        ),
        ("# SUBJECT=devstudio", []),
        ("A= # devstudio", []),
        ("A=b # SUBJECT=devstudio", []),
        ("devstudio=a\ndevstudio\nexport devstudio", []),
        ("A=devstudio-x\nB=devstudio c", []),
        ("A='\nSUBJECT=devstudio\n'", []),
        ('A="dev\\nstudio"', []),
        ("A=mailto:a@b.c?subject=devstudio", []),
        ("A=# devstudio\n\n\t\n", []),
    ],
)
def test_a_variable_is_a_sink(code: str, expected: list[tuple[str, str, str]]) -> None:
    assert sinks(code) == expected


@pytest.mark.parametrize(
    ("code", "lines"),
    [("A='b", [1]), ('A=b\nC="d\nE=f', [2]), ("A=b\nnot a pair", [2]), ("=b", [1]), ("+ \nA=b\n+", [1, 3])],
)
def test_a_line_that_cannot_be_read_is_a_problem(code: str, lines: list[int]) -> None:
    found = facts_of(code)

    assert found.outcome is Outcome.PARTIAL
    assert [problem.span.line for problem in found.problems] == lines


def test_a_file_is_a_document_of_one_level() -> None:
    code = "PORT=5173\nA='5173'\nB=\"c\\nd\"\nE=\n"
    found = facts_of(code, EntryDemand(Scope())).entries[1:]

    assert [(".".join(each.path), each.value, each.type) for each in found] == [
        ("PORT", "5173", "number"),
        ("A", "5173", "string"),
        ("B", "c\nd", "string"),
        ("E", "", "string"),
    ]
    assert [text_at(code, each.key_span) for each in found] == ["PORT", "A", "B", "E"]


def test_lines_of_code_leave_out_comments() -> None:
    measures = facts_of("# a\n\nA=b # c\n  # d\nB='#\n# e'\n", MeasureDemand(Scope())).measures

    assert measures is not None
    assert (measures.lines, measures.code_lines) == (6, 3)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        (".env", "dotenv"),
        ("roma/.env.local", "dotenv"),
        (".env.production.example", "dotenv"),
        ("paris/.dev.vars", "dotenv"),
        (".dev.vars.preview", "dotenv"),
        ("docker/prod.env", "dotenv"),
        (".envrc", "text"),
        ("env.local", "text"),
        (".environment", "text"),
        ("x.env.local", "text"),
        (".env.ts", "typescript"),
        (".env.d/a.txt", "text"),
    ],
)
def test_an_environment_file_is_told_by_its_name(path: str, language: str) -> None:
    assert language_of(path).name == language


PIECES = st.sampled_from(
    ["A", "A=", "=", "'", '"', "`", "\\", "#", " ", "\n", "\r", "\t", "export ", "é", "😀", "a", "/?a=b&c=d", "\ufeff", "$"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_any_text_is_read_and_every_place_lies_in_the_file(pieces: list[str]) -> None:
    code = "".join(pieces)
    every = ConstantDemand(Scope(), every=True, identifiers=("A",))
    found = facts_of(code, every, EntryDemand(Scope()), MeasureDemand(Scope()))

    assert_inside(code, spans_of(found))
