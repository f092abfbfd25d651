"""What is true of the facts of any file: what can be said of them without knowing what they should be."""

import re
from collections.abc import Iterator

import msgspec

from archlint.facts import Facts
from archlint.model import WHOLE_FILE, Exclusion, Span
from archlint.position import split_lines, utf16_length

_NUMBER_OR_NAME = re.compile(r"\d+|'[^']*'|\"[^\"]*\"|`[^`]*`")
Answer = Facts | Exclusion


def assert_inside(found: Facts, text: str) -> None:
    """Every place lies in the file, and ends where it begins or later."""
    lengths = [utf16_length(line) + 1 for line in (*split_lines(text), "")]
    for span in dict.fromkeys(spans(found)):
        assert 1 <= span.line <= span.end_line <= len(lengths), f"line of {span}"
        assert 1 <= span.column <= lengths[span.line - 1], f"column of {span}"
        assert 1 <= span.end_column <= lengths[span.end_line - 1], f"end column of {span}"
        assert (span.line, span.column) <= (span.end_line, span.end_column), f"order of {span}"


def spans(value: object) -> Iterator[Span]:
    """Every span in a value, however deep."""
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, Span):
            if each != WHOLE_FILE:
                yield each
        elif isinstance(each, msgspec.Struct):
            pending.extend(getattr(each, name) for name in each.__struct_fields__)
        elif isinstance(each, tuple):
            pending.extend(each)


def assert_kept_whole(found: Facts) -> None:
    """What a worker sends and the cache keeps is what was found."""
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Facts) == found


def outlines(value: object) -> Iterator[str]:
    """What sorts of things were found: each kind of value, with which of its parts it has."""
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, msgspec.Struct) and not isinstance(each, Span):
            held = [getattr(each, name) for name in each.__struct_fields__]
            yield f"{type(each).__name__} {' '.join(map(_outline, held))}"
            pending.extend(held)
        elif isinstance(each, tuple):
            pending.extend(each)
        elif isinstance(each, str) and each.count(" ") > 3:
            yield _NUMBER_OR_NAME.sub("…", each)[:80]


def _outline(value: object) -> str:
    if isinstance(value, tuple):
        return str(min(len(value), 3))
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, str):
        return type(value).__name__[0] + (str(value)[:12] if type(value) is not str else "…" * bool(value))
    return "."
