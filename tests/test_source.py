import pytest

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

    assert source.holds(b"devstudio")
    assert source.hides(b"devstudio") == (spelling != SPELLINGS[0])


def test_a_text_is_held_that_is_written_as_a_surrogate_pair() -> None:
    assert Source("a.json", rb'"\ud83d\ude00"').holds("😀".encode())


@pytest.mark.parametrize(
    "data", [b"'dev' + 'studio'", rb"'dev\x73tudi'", rb"'\uD83D'", rb"'\u{FFFFFF}devstudi'"]
)
def test_a_text_is_not_held_that_the_bytes_do_not_spell(data: bytes) -> None:
    source = Source("a.ts", data)

    assert not source.holds(b"devstudio")
    assert not source.hides(b"devstudio")


def test_a_text_that_also_stands_plain_is_hidden_where_it_is_written_with_escapes() -> None:
    assert Source("a.ts", rb"'devstudio' '\x64evstudio'").hides(b"devstudio")
