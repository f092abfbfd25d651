"""What a YAML scalar's text is: quotes, escapes, folded lines, block scalars. YAML 1.2.2, chapters 5 to 8."""

import re
from collections.abc import Iterator

import msgspec

from archlint.languages.decoded import (
    Decoded,
    Part,
    Region,
    character,
    decode,
    join,
    plain,
    utf16_escape,
    verbatim,
)

# White space around a line break folds: one break is a space, each further one a line end. The last
# alternative takes white space within a line whole, or a long run of it would be tried from every space.
_FOLD = rb"(?P<fold>[ \t]*+(?:\r\n?|\n)(?P<more>(?:[ \t]*+(?:\r\n?|\n))*+)[ \t]*+)|(?P<space>[ \t]++)"
_PLAIN = re.compile(_FOLD)
_SINGLE = re.compile(rb"(?P<quote>'')|" + _FOLD)
_DOUBLE = re.compile(
    rb"\\(?:u(?P<utf16>[dD][89abAB]..\\u[dD][c-fC-F]..)|x(?P<two>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})"
    rb"|U(?P<eight>[0-9a-fA-F]{8})|(?P<one>[0abtnvfre \"/\\N_LP\t])"
    rb"|(?P<joined>(?:\r\n?|\n)(?P<empty>(?:[ \t]*+(?:\r\n?|\n))*+)[ \t]*+))|" + _FOLD,
    re.DOTALL,
)
_ESCAPES = {
    b"0": "\0", b"a": "\a", b"b": "\b", b"e": "\x1b", b"f": "\f", b"n": "\n", b"r": "\r", b"t": "\t",
    b"v": "\v", b"N": "\x85", b"_": "\xa0", b"L": "\u2028", b"P": "\u2029",
}  # fmt: skip
_BREAK = re.compile(rb"\r\n?|\n")
_HEADER = re.compile(rb"[|>](?P<indent>[1-9])?(?P<chomp>[+-])?(?P<late>[1-9])?[^\r\n]*(?:\r\n?|\n|\Z)")
_LINE = re.compile(rb"(?P<indent> *+)(?P<text>[^\r\n]*+)(?P<end>\r\n?|\n|\Z)")


def flow_scalar(data: bytes, region: Region, type_: str) -> Decoded:
    """The text of a plain or quoted scalar, by its tree-sitter type."""
    start, end = region
    if type_ == "single_quote_scalar":
        return decode(data, (start + 1, end - 1), _SINGLE, _meaning)
    if type_ == "double_quote_scalar":
        return decode(data, (start + 1, end - 1), _DOUBLE, _meaning)
    if data.find(b"\n", start, end) < 0 and data.find(b"\r", start, end) < 0:
        return plain(data, region)
    return decode(data, region, _PLAIN, _meaning)


def _meaning(special: re.Match[bytes]) -> str | None:
    found = special.groupdict()
    if special["fold"]:
        return "\n" * len(_BREAK.findall(special["more"])) or " "
    if special["space"]:
        return None
    if found.get("joined"):
        return "\n" * len(_BREAK.findall(special["empty"]))
    if found.get("one"):
        return _ESCAPES.get(special["one"]) or special["one"].decode()
    if found.get("quote"):
        return "'"
    return _code_point(special)


def _code_point(escape: re.Match[bytes]) -> str:
    if escape["utf16"]:
        return utf16_escape(escape["utf16"])
    return character(int(escape["two"] or escape["four"] or escape["eight"], 16))


class _Line(msgspec.Struct, frozen=True):
    """A line of a block scalar without its indentation; ``next`` is where the following line begins."""

    start: int
    end: int
    next: int
    is_blank: bool


def block_scalar(data: bytes, region: Region, outer: int) -> Decoded:
    """The text of a block scalar. ``region`` begins at its ``|`` or ``>`` and ends with its last line.

    ``outer`` is the column, from 0, of the collection that holds it; it only matters where the header states
    the indentation.
    """
    header = _HEADER.match(data, region[0])
    assert header is not None
    explicit, begin = header["indent"] or header["late"], header.end()
    indent = outer + int(explicit) if explicit else _indent(data, (begin, region[1]))
    lines = list(_lines(data, begin, indent))
    last = max((index for index, line in enumerate(lines) if not line.is_blank), default=-1)
    first = next((line.start for line in lines if not line.is_blank), begin)
    head = lines[: max(last, 0)]
    parts = _literal(data, head) if header[0][:1] == b"|" else _folded(data, lines[: last + 1])
    tail = _tail(data, lines[max(last, 0) :], header["chomp"])
    return join((*parts, *tail), (first, lines[last].end if last >= 0 else begin))


def states_indentation(data: bytes, start: int) -> bool:
    """Whether the block scalar that begins at ``start`` says how far it is indented."""
    header = _HEADER.match(data, start)
    return header is not None and bool(header["indent"] or header["late"])


def _indent(data: bytes, region: Region) -> int | None:
    """The indentation of the first line that is not blank; None if all are."""
    for line in _LINE.finditer(data, region[0]):
        if line.start() >= region[1]:
            return None
        if line["text"]:
            return len(line["indent"])
    return None


def _lines(data: bytes, begin: int, indent: int | None) -> Iterator[_Line]:
    for line in _LINE.finditer(data, begin):
        spaces = len(line["indent"])
        is_blank = not line["text"] and (indent is None or spaces <= indent)
        if line.start() == len(data) or not (is_blank or _belongs(line, indent)):
            return
        start = line.end("text") if is_blank else line.start() + (indent or 0)
        yield _Line(start, line.end("text"), line.end(), is_blank)


def _belongs(line: re.Match[bytes], indent: int | None) -> bool:
    ends_document = indent == 0 and line["text"][:3] in (b"---", b"...")
    return indent is not None and len(line["indent"]) >= indent and not ends_document


def _literal(data: bytes, lines: list[_Line]) -> Iterator[Part]:
    for line in lines:
        yield verbatim(data, line.start, line.end)
        yield _break(data, line)


def _folded(data: bytes, lines: list[_Line]) -> Iterator[Part]:
    """All lines up to the last, whose own text ``_tail`` gives."""
    previous: _Line | None = None
    blank: list[_Line] = []
    for line in lines:
        if line.is_blank:
            blank.append(line)
            continue
        yield from _between(data, previous, blank, line)
        previous, blank = line, []
        if line is not lines[-1]:
            yield verbatim(data, line.start, line.end)


def _between(data: bytes, previous: _Line | None, blank: list[_Line], line: _Line) -> Iterator[Part]:
    # 8.1.3: lines that begin with white space keep the breaks around them.
    if previous is not None:
        if any(data[start : start + 1] in (b" ", b"\t") for start in (previous.start, line.start)):
            yield _break(data, previous)
        elif not blank:
            yield Part(" ", previous.end, previous.next, verbatim=False)
    for empty in blank:
        yield _break(data, empty)


def _tail(data: bytes, lines: list[_Line], chomp: bytes | None) -> Iterator[Part]:
    """The last line with text, if there is one, and the breaks after it that the chomping keeps."""
    for index, line in enumerate(lines):
        if not line.is_blank:
            yield verbatim(data, line.start, line.end)
        if chomp == b"+" or (chomp is None and index == 0 and not line.is_blank):
            yield _break(data, line)


def _break(data: bytes, line: _Line) -> Part:
    text = "\n" if line.next > line.end else ""
    return Part(text, line.end, line.next, verbatim=data[line.end : line.next] == b"\n")
