"""Where something stands in a file."""

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """A stretch of one file. Lines and columns count from 1; ``end_column`` is one past the last character.

    Columns count UTF-16 code units, as SARIF (columnKind utf16CodeUnits) and the Language Server Protocol do.
    Lines end at LF, CRLF or a lone CR. An empty span at 1:1 stands for the file as a whole.
    """

    line: int
    column: int
    end_line: int
    end_column: int


WHOLE_FILE = Span(1, 1, 1, 1)


class Place(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A span in a file. ``path`` is POSIX and relative to the root."""

    path: str
    span: Span


class Remark(msgspec.Struct, frozen=True, array_like=True):
    """A place with what is to be said about it: a related place, or a step of a value's way."""

    place: Place
    text: str
