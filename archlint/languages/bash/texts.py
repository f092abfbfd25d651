"""The text of a shell word, each part with its place. An expansion is a hole that only the run time fills."""

import re
from collections.abc import Callable, Iterator

from tree_sitter import Node as Syntax

from archlint.languages.decoded import Decoded, Part, Region, decode, join
from archlint.languages.urls import HOLE

WORDS = frozenset(
    {"ansi_c_string", "concatenation", "extglob_pattern", "number", "raw_string", "string", "word"}
)
"""What may be constant."""

# A default that begins with a name, as in `${A:-b-c}`, has a variable's name there in the grammar.
_PLAIN = frozenset({"extglob_pattern", "number", "variable_name", "word"})
# A backslash takes itself and a line end away; before anything else that is special it takes itself away.
_ESCAPED = re.compile(rb"\\(?:\r?\n|([\x00-\x7f])|(?=[\x80-\xff]))")
_ESCAPED_IN_QUOTES = re.compile(rb"\\(?:\r?\n|([$`\"\\]))")
_ANSI = re.compile(rb"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([\x00-\x7f]))")
_ANSI_MEANINGS = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

Holes = Callable[[Syntax], str | None]
"""The text of an expansion that is known, or None."""


def text_of(data: bytes, word: Syntax, known: Holes = lambda _expansion: None) -> Decoded:
    """What a word is to the command that gets it, with ``HOLE`` for each expansion that is not ``known``."""
    pieces = word.children if word.type == "concatenation" else [word]
    parts = [part for piece in pieces for part in _parts(data, piece, known)]
    return join(parts, _content(data, word))


def _content(data: bytes, word: Syntax) -> Region:
    start, end = word.start_byte, word.end_byte
    if word.type in ("string", "raw_string", "ansi_c_string"):
        start += 2 if word.type == "ansi_c_string" else 1
        # What is not closed has no quote to leave out.
        end -= end > start and data[end - 1 : end] in (b'"', b"'")
    else:
        start = _after_space(data, start, end)
    return start, max(start, end)


def _after_space(data: bytes, start: int, end: int) -> int:
    return end - len(data[start:end].lstrip())


def _parts(data: bytes, piece: Syntax, known: Holes) -> Iterator[Part]:
    region = _content(data, piece)
    if piece.type in _PLAIN:
        yield from decode(data, (piece.start_byte, piece.end_byte), _ESCAPED, _meaning).parts
    elif piece.type == "raw_string":
        yield from decode(data, region, re.compile(rb"(?!)"), _meaning).parts
    elif piece.type == "ansi_c_string":
        yield from decode(data, region, _ANSI, _ansi_meaning).parts
    elif piece.type == "string":
        yield from _quoted(data, piece, region, known)
    else:
        yield _hole(piece, piece.start_byte, known)


def _quoted(data: bytes, string: Syntax, region: Region, known: Holes) -> Iterator[Part]:
    done, end = region
    for child in string.named_children:
        if child.type != "string_content":
            # The grammar gives white space before an expansion to the expansion.
            start = _after_space(data, child.start_byte, child.end_byte)
            yield from decode(data, (done, start), _ESCAPED_IN_QUOTES, _meaning).parts
            yield _hole(child, start, known)
            done = child.end_byte
    yield from decode(data, (done, max(done, end)), _ESCAPED_IN_QUOTES, _meaning).parts


def _hole(expansion: Syntax, start: int, known: Holes) -> Part:
    text = known(expansion)
    return Part(HOLE if text is None else text, start, expansion.end_byte, verbatim=False)


def _meaning(escape: re.Match[bytes]) -> str:
    return (escape[1] or b"").decode()


def _ansi_meaning(escape: re.Match[bytes]) -> str:
    digits = escape[1] or escape[2]
    if digits:
        return chr(int(digits, 16)) if not 0xD800 <= int(digits, 16) < 0xE000 else "\ufffd"  # noqa: PLR2004 -- surrogates
    character = escape[3].decode()
    return _ANSI_MEANINGS.get(character, character)
