"""Lines and columns against the obvious way to count them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from archlint.model import Span
from archlint.position import LineIndex, character_column, split_lines, utf16_length

TEXT = st.text(alphabet=st.sampled_from("ab\r\n\t é😀\u2028中"), max_size=40)


def obvious(text: str, index: int) -> tuple[int, int]:
    """The line and the UTF-16 column of the character at ``index``, by counting."""
    ends = [match.end() for match in re.finditer(r"\r\n|\n|\r", text) if match.end() <= index]
    start = ends[-1] if ends else 0
    return len(ends) + 1, len(text[start:index].encode("utf-16-le")) // 2 + 1


@given(TEXT, st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_every_character_has_the_line_and_column_that_counting_gives(text: str, prefix: bytes) -> None:
    index = LineIndex(prefix + text.encode())
    for position in range(len(text) + 1):
        offset = len(prefix) + len(text[:position].encode())
        if not (0 < position < len(text) and text[position - 1 : position + 1] == "\r\n"):
            assert (index.line(offset), index.column(offset)) == obvious(text, position)


@given(TEXT, st.sampled_from([b"", b"\xef\xbb\xbf"]), st.data())
def test_a_span_goes_from_one_character_to_another(text: str, prefix: bytes, data: st.DataObject) -> None:
    index = LineIndex(prefix + text.encode())
    offsets = [0, *(len(prefix) + len(text[:position].encode()) for position in range(len(text) + 1))]
    for _ in range(3):
        start, end = sorted(data.draw(st.tuples(st.sampled_from(offsets), st.sampled_from(offsets))))
        whole = LineIndex(prefix + text.encode())
        expected = Span(whole.line(start), whole.column(start), whole.line(end), whole.column(end))

        assert index.span(start, end) == expected


@given(TEXT)
def test_a_text_has_as_many_lines_as_it_splits_into(text: str) -> None:
    assert len(LineIndex(text.encode())) == len(split_lines(text))


@given(st.text(alphabet="aé😀", max_size=8), st.integers(1, 20))
def test_a_utf16_column_and_its_character_column_mean_the_same_place(line: str, column: int) -> None:
    character = character_column(line, column)

    assert 1 <= character <= len(line) + 1
    assert utf16_length(line[: character - 1]) >= min(column - 1, utf16_length(line))


def test_u2028_ends_no_line() -> None:
    assert len(LineIndex("a\u2028b".encode())) == 1


def test_a_final_line_end_begins_no_line() -> None:
    assert [len(LineIndex(data)) for data in (b"", b"a", b"a\n", b"a\r\n", b"a\rb", b"\n")] == [
        0,
        1,
        1,
        1,
        2,
        1,
    ]


@given(TEXT, st.integers(0, 120))
def test_a_place_within_a_character_or_a_line_end_is_where_that_begins(text: str, offset: int) -> None:
    data = text.encode()
    offset = min(offset, len(data))
    before = len(data[:offset].decode("utf-8", "ignore"))
    within_line_end = data[offset - 1 : offset + 1] == b"\r\n" and offset > 0
    line, column = obvious(text, before - within_line_end)

    span = LineIndex(data).span(offset, offset)

    assert span == Span(line, column, line, column)


def test_bytes_that_are_no_character_are_counted_one_by_one() -> None:
    data = b"\xf0\x9f\x98\x80\n\x9f\x9f"

    assert LineIndex(data).span(6, 7) == Span(2, 2, 2, 3)
