"""A file's tree, and the bytes that each of its nodes is written in."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import libcst as cst
import msgspec
from libcst.metadata import ByteSpanPositionProvider, CodeSpan

from archlint.languages.python3.alignment import Alignment, align
from archlint.languages.python3.mistakes import mistake_at
from archlint.languages.python3.nesting import MAX_BRACKETS, too_deep_at
from archlint.model import WHOLE_FILE, Problem, Reason, Span
from archlint.source import Source

_BOM = b"\xef\xbb\xbf"
# libcst takes four Python frames for each node on the way to a leaf; they take no C stack from Python 3.11 on.
_FRAMES = 10_000
# PEP 263: in a comment on one of the first two lines.
_COOKIE = re.compile(
    rb"\A(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)"
)
_UTF_8 = re.compile(rb"(?i)utf[-_]?8(?:[-_]sig)?|u8")
# Encodings whose ASCII bytes mean ASCII. Others, such as utf-7 and unicode_escape, hide text.
_LIKE_ASCII = re.compile(
    rb"(?i)(?:us-)?ascii|(?:iso[-_]?)?latin[-_]?1|iso[-_]?8859[-_]\d+|(?:cp|windows-)125\d|koi8[-_][ru]"
)


class Syntax(msgspec.Struct, frozen=True):
    """The tree of a file, and where its nodes stand."""

    source: Source
    module: cst.Module
    spans: Mapping[cst.CSTNode, CodeSpan]
    alignment: Alignment
    shift: int
    """Bytes of the file before those that were parsed."""

    def place(self, node: cst.CSTNode) -> tuple[int, int]:
        """The bytes of a node, without parentheses around it."""
        span = self.spans[node]
        start, end = self.alignment.place(span.start, span.start + span.length)
        return start + self.shift, end + self.shift


def parse(source: Source) -> Syntax | Problem:
    """The tree of a file, or why there is none: half of a tree is not to be had of libcst."""
    if (at := _foreign_cookie(source.data)) is not None:
        message = "the file declares an encoding other than UTF-8; convert it to UTF-8"
        return _unread(source, Reason.ENCODING, message, source.lines.span(*at))
    if (offset := too_deep_at(source.data)) is not None:
        message = f"brackets are nested deeper than {MAX_BRACKETS}, which is more than Python itself reads"
        return _unread(source, Reason.DEPTH_LIMIT, message, source.lines.span(offset, offset + 1))
    text = source.data.decode("utf-8-sig")
    try:
        with _deep_recursion():
            return _read(source, text)
    except cst.ParserSyntaxError as error:
        return _unread(source, Reason.SYNTAX, "not understood as Python", mistake_at(source, text, error))
    except cst.CSTValidationError as error:  # names with letters that this Python's Unicode does not have yet
        return _unread(source, Reason.SYNTAX, f"not understood as Python: {error}")
    except RecursionError:
        return _unread(source, Reason.DEPTH_LIMIT, "the file is nested too deep")


def _read(source: Source, text: str) -> Syntax | Problem:
    data = text.encode()
    module = cst.parse_module(text)
    spans = _Spans().of(module)
    alignment: Alignment | None = Alignment()
    # libcst counts a line end at the end of the text whether there is one or not.
    if not module.has_trailing_newline or spans[module].length != len(data):
        alignment = align(data, module.code.encode())
    if alignment is None:
        return _unread(
            source, Reason.SYNTAX, "libcst does not keep what is written, so that no place is known"
        )
    return Syntax(source, module, spans, alignment, len(source.data) - len(data))


def _foreign_cookie(data: bytes) -> tuple[int, int] | None:
    """The bytes of an encoding's name that makes the file something other than what its UTF-8 says."""
    match = _COOKIE.match(data.removeprefix(_BOM))
    if match is None or _UTF_8.fullmatch(match[1]):
        return None
    if data.isascii() and _LIKE_ASCII.fullmatch(match[1]):
        return None
    shift = len(_BOM) if data.startswith(_BOM) else 0
    return match.start(1) + shift, match.end(1) + shift


class _Spans(ByteSpanPositionProvider):
    """The places of a module's nodes, without the copy and the second walk of ``MetadataWrapper``."""

    def of(self, module: cst.Module) -> Mapping[cst.CSTNode, CodeSpan]:
        try:
            self._gen_impl(module)
        except KeyError as error:  # what libcst makes of a RecursionError on its way out
            raise RecursionError from error
        return self._computed  # type: ignore[return-value] # only other providers have values yet to be computed


@contextmanager
def _deep_recursion() -> Iterator[None]:
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(max(usual, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


def _unread(source: Source, reason: Reason, message: str, span: Span = WHOLE_FILE) -> Problem:
    return Problem(source.path, span, reason, message)
