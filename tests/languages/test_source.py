import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.regexes import finder
from archlint.source import Source

SPELLINGS = [
    b"'devstudio'",
    rb"'\x64evstudio'",
    rb"'dev\u0073tudio'",
    rb"'dev\u{73}tudio'",
    rb"'dev\u{000073}tudio'",
    rb"'dev\U00000073tudio'",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_text_is_held_however_it_is_written(spelling: bytes) -> None:
    source = Source("a.ts", b"const a = " + spelling)

    assert any(b"devstudio" in reading for reading in source.readings)
    assert source.hides(b"devstudio") == (spelling != SPELLINGS[0])


def test_a_text_is_held_that_is_written_as_a_surrogate_pair() -> None:
    assert Source("a.json", rb'"\ud83d\ude00"').readings[-1] == '"😀"'.encode()


@pytest.mark.parametrize(
    "data", [b"'dev' + 'studio'", rb"'dev\x73tudi'", rb"'\uD83D'", rb"'\u{FFFFFF}devstudi'"]
)
def test_a_text_is_not_held_that_the_bytes_do_not_spell(data: bytes) -> None:
    source = Source("a.ts", data)

    assert not any(b"devstudio" in reading for reading in source.readings)
    assert not source.hides(b"devstudio")


def test_a_text_that_also_stands_plain_is_hidden_where_it_is_written_with_escapes() -> None:
    assert Source("a.ts", rb"'devstudio' '\x64evstudio'").hides(b"devstudio")


@pytest.mark.parametrize("count", [1, 3, 4, 40])
@given(data=st.binary(max_size=60), at=st.integers(0, 60))
def test_few_texts_and_many_are_found_alike(count: int, data: bytes, at: int) -> None:
    texts = tuple(f"needle-{number}-é.*".encode() for number in range(count))

    assert finder(texts)(data) == any(text in data for text in texts)
    assert finder(texts)(data[:at] + texts[-1] + data[at:])


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("it's", [r"'it\'s'", "'it''s'", r"'it'\''s'", "it&#39;s", "it&apos;s", "`it's`"]),
        ("a/b", [r'"a\/b"', "f(/a\\/b/)"]),
        ("a\tb", [r'"a\tb"']),
        ("a\0b", [r'"a\0b"']),
        ("a\\b", [r'"a\\b"']),
        ("two words", ["two\n  words", '"two\\\n  words"', "two  words"]),
        ("a & b", ["a &amp; b"]),
    ],
)
def test_an_odd_text_may_be_spelled_in_many_ways(text: str, spellings: list[str]) -> None:
    for spelling in spellings:
        assert Source("a", f"x = {spelling}".encode()).may_spell(text.encode())
        assert not Source("a", f"x = {spelling[:-3]}".encode()).may_spell(text.encode())
