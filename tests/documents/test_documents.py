"""What JSON, TOML and YAML have in common: places, constants at their sinks, sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, EntryDemand, Facts, MeasureDemand, Sink
from archlint.source import Source
from tests.documents.texts import ANYTHING, entry_at, facts_of, written
from tests.places import text_at


@pytest.mark.parametrize(
    ("language", "text", "path", "expected"),
    [
        ("yaml", "a: é b # c\n", "a", "é b"),
        ("yaml", "a: 'é''s'\n", "a", "é''s"),
        ("yaml", 'a: "é\\n"\n', "a", "é\\n"),
        ("yaml", "a: |\n  é\n  b\nc: d\n", "a", "é\n  b"),
        ("yaml", "a: >-\n\n  one\n  two\n\n", "a", "one\n  two"),
        ("yaml", "a: [b, c] # d\n", "a", "[b, c]"),
        ("yaml", "a: ''\n", "a", "a"),
        ("yaml", "a:\n", "a", "a"),
        ("yaml", "a: b\r\nc: d\r\n", "c", "d"),
        ("yaml", "\ufeffa: b\n", "a", "b"),
        ("yaml", "a: 😀 b\n", "a", "😀 b"),
        ("json", '{"a": "é\\u00e9"}', "a", "é\\u00e9"),
        ("json", '{"a": [1, 2]}', "a", "[1, 2]"),
        ("json", '{"😀": 12}', "😀", "12"),
        ("toml", 'a = """\né"""\n', "a", "é"),
        ("toml", "[a]\nb = 1\n\n[c]\n", "a", "[a]\nb = 1"),
    ],
)
def test_an_entry_stands_at_its_content(language: str, text: str, path: str, expected: str) -> None:
    assert text_at(text, entry_at(text, path, language).span) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [("yaml", "x: 1\n'key' : 2\n"), ("json", '{"x": 1, "key": 2}'), ("toml", 'x = 1\n"key" = 2\n')],
)
def test_a_key_stands_at_its_text_without_quotes(language: str, text: str) -> None:
    assert text_at(text, entry_at(text, "key", language).key_span) == "key"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("yaml", "subject: devstudio\n", [("key", "subject")]),
        ("yaml", "- subject: devstudio # devstudio\n", [("key", "subject")]),
        ("yaml", "subjects: [a, devstudio]\n", [("key", "subjects")]),
        ("yaml", "env: {SUBJECT: devstudio}\n", [("key", "SUBJECT"), ("env", "SUBJECT")]),
        ("yaml", "env:\n- name: A\n  value: devstudio\n", [("key", "value"), ("env", "value")]),
        ("yaml", "x:\n  environment:\n    A: devstudio\n", [("key", "A"), ("env", "A")]),
        ("yaml", "url: /bob?subject=devstudio&x=1\n", [("query", "subject")]),
        ("yaml", "url: 'https://x.y/w/devstudio/z'\n", [("path", "w")]),
        ("yaml", 'url: "/x?subject=dev\\x73tudio"\n', [("query", "subject")]),
        ("yaml", "# devstudio\na: the devstudio page\n", []),
        ("yaml", "devstudio: a\n", []),
        ("yaml", "mail: mailto:a@b?subject=devstudio\n", []),
        ("json", '{"open": {"subject": "devstudio"}}', [("key", "subject")]),
        ("json", '{"vars": {"A": "devstudio"}}', [("key", "A"), ("env", "A")]),
        ("json", '{"devstudio": "a"} // "devstudio"', []),
        ("toml", '[open]\nsubject = "devstudio" # "devstudio"\n', [("key", "subject")]),
        ("toml", '[vars]\nA = "devstudio"\n', [("key", "A"), ("env", "A")]),
        ("toml", '[env.dev.vars]\nA = "devstudio"\n', [("key", "A"), ("env", "A")]),
        ("toml", '[env.dev]\nname = "devstudio"\n', [("key", "name")]),
        ("toml", 'vars = ["devstudio"]\n', [("key", "vars")]),
    ],
)
def test_a_constant_of_a_document_reaches_its_key(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(sink, name) for sink, name, _ in written(language, text, "devstudio")] == expected


@pytest.mark.parametrize("language", ["json", "toml", "yaml"])
def test_a_part_of_a_url_stands_at_its_own_characters(language: str) -> None:
    text = {
        "json": '{"u": "/é\\u00e9/x?a=1&subject=devstudio#é"}',
        "toml": 'u = "/é\\u00e9/x?a=1&subject=devstudio#é"\n',
        "yaml": 'u: "/é\\u00e9/x?a=1&subject=devstudio#é"\n',
    }[language]

    assert written(language, text, "devstudio") == [("query", "subject", "devstudio")]


def test_a_constant_says_what_holds_it_and_whether_it_is_a_number() -> None:
    demand = ConstantDemand(ANYTHING, values=("250",))
    found = facts_of("yaml", "a:\n  retry: [1, 250]\n  text: '250'\n", demand).occurrences
    at_keys = [(one.name, one.owner, one.is_number) for one in found if one.sink is Sink.KEY]

    assert at_keys == [("retry", "a", True), ("text", "a", False)]
    assert [(one.name, one.value) for one in found if one.sink is Sink.ANYWHERE] == [("", "250"), ("", "250")]


def test_constants_are_wanted_by_regular_expression_too() -> None:
    demand = ConstantDemand(ANYTHING, regex="[a-z]+-[0-9]+")
    found = facts_of("json", '["ab-12", "ab", "x ab-12"]', demand).occurrences

    assert [one.value for one in found if one.sink is Sink.KEY] == ["ab-12"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DEV_ID: x\n", [("DEV_ID", "DEV_ID", "")]),
        ("a:\n  DEV_ID:\n    b: x\n", [("DEV_ID", "DEV_ID", "a")]),
        ("DEV_ID: wanted\n", [("DEV_ID", "DEV_ID", "")]),
        ("other: DEV_ID\n", []),
    ],
)
def test_a_wanted_key_is_named_whatever_its_value(text: str, expected: list[tuple[str, str, str]]) -> None:
    demand = ConstantDemand(ANYTHING, values=("wanted",), identifiers=("DEV_ID",))
    found = facts_of("yaml", text, demand).occurrences
    named = [one for one in found if one.sink is Sink.IDENTIFIER]

    assert [(one.value, one.name, one.owner) for one in named] == expected
    assert all(text_at(text, one.span) == "DEV_ID" for one in named)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("yaml", "# a\n\na: 1 # b\n  # c\nb: |\n  # code\n\n  x\n", (8, 4)),
        ("yaml", "", (0, 0)),
        ("json", '// a\n{\n  /* b\n  c */ "a": 1,\n\n  /* d */\n}\n', (7, 3)),
        ("toml", "# a\na = 1 # b\n\n[b]\n", (4, 2)),
        ("toml", 'a = """\n# text\n"""\r\n# c', (4, 3)),
    ],
)
def test_lines_of_code_are_neither_blank_nor_comment(
    language: str, text: str, expected: tuple[int, int]
) -> None:
    measures = facts_of(language, text, MeasureDemand(ANYTHING)).measures

    assert measures is not None
    assert (measures.lines, measures.code_lines) == expected
    assert measures.bytes == len(text.encode())


@pytest.mark.parametrize("language", ["json", "toml", "yaml"])
def test_only_what_is_asked_is_answered(language: str) -> None:
    text = {"json": '{"a": 1}', "toml": "a = 1\n", "yaml": "jobs: {}\n"}[language]
    found = facts_of(language, text, ConstantDemand(ANYTHING, values=("x",)))

    assert found == Facts(f"a.{language}", Source("", text.encode()).digest)


@pytest.mark.parametrize("language", ["json", "toml", "yaml"])
def test_bytes_that_are_no_text_are_survived(language: str) -> None:
    for data in (b"\xff\xfe{", b"a\x00b", b'{"a": "\xff"}', b"a: \xe9\n", b'a = "\xff"\n', b"\r" * 10):
        facts_of(language, data, EntryDemand(ANYTHING), ConstantDemand(ANYTHING, every=True))


@given(
    st.sampled_from(["json", "toml", "yaml"]),
    st.text(alphabet="ab:-[]{}\"'|>&*#=,.!? \n\t\r\\1é", max_size=60),
)
def test_no_text_makes_a_reader_fail(language: str, text: str) -> None:
    everything = (EntryDemand(ANYTHING), ConstantDemand(ANYTHING, every=True), MeasureDemand(ANYTHING))
    facts_of(language, text, *everything)
