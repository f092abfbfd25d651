"""Parts of the expressions that find references in the bytes of a script, and what the texts in them mean.

All run in linear time: repeats are possessive, and what may run on without an end is bounded. A repeat of several
things in a row is not possessive, since before Python 3.11.5 one ends where it broke off (gh-106052); what these
begin with leaves no choice.
"""

import re
from collections.abc import Iterator

from archlint.languages.decoded import Region
from archlint.languages.ecmascript.escapes import unescaped
from archlint.languages.specifiers import GAP, LITERAL

_NAME = rb"[\w$\\\x80-\xff]++"
_NAMED = rb"(?:[\w$\\\x80-\xff\s,]|'[^'\n]*+'|\"[^\"\n]*+\"|//[^\r\n]*+|/\*.{0,5000}?\*/)*+"
# In a form, each of these words stands for what is here, and a blank for what may stand between two tokens.
_PARTS = {
    b" ": GAP,
    b"NAMES": rb"\{(?P<names>" + _NAMED + rb")\}",
    b"NAME": _NAME,
    b"LIST": rb"\[(?P<list>(?:" + GAP + LITERAL + GAP + rb",?)*)" + GAP + rb"\]",
    b"SUM": LITERAL + rb"(?:" + GAP + rb"\+" + GAP + LITERAL + rb")*",
    b"TEXT": LITERAL,
    # What TypeScript lets stand between a callee and its arguments.
    b"TYPES": rb"(?:<[^;{}]{0,500}?>)?",
}
_PART = re.compile(b"|".join(_PARTS))

_TEXT = re.compile(LITERAL, re.DOTALL)
_TEXT_OR_COMMENT = re.compile(rb"//[^\r\n]*+|/\*.{0,5000}?\*/|(?P<text>" + LITERAL + rb")", re.DOTALL)
_SPECIFIER = re.compile(
    rb"//[^\r\n]*+|/\*.{0,5000}?\*/|(?P<word>" + _NAME + rb"|" + LITERAL + rb")|,", re.DOTALL
)
# Names without quotes, comments and escapes.
_ARE_PLAIN = re.compile(rb"[\w$\s,]*+").fullmatch
_QUOTES = (b"'", b'"')


def form(word: str, *continuations: str) -> re.Pattern[bytes]:
    """The expression of what begins with a word and goes on in one of these ways: its group ``rest``.

    A match ends behind the word: another may begin within the rest, of which this one may be a part of a text.
    """
    # The word comes first, so that the engine searches for it alone, and what may not stand before it after it.
    start = rf"{word}(?<![\w$]{word})(?![\w$])"
    return after(start, " (?:" + "|".join(continuations) + ")")


def after(start: str, continuation: str) -> re.Pattern[bytes]:
    """The same for what begins in a way of its own."""
    rest = _PART.sub(lambda match: _PARTS[match[0]], continuation.encode())
    return re.compile(start.encode() + rb"(?=(?P<rest>" + rest + rb"))", re.DOTALL)


def text_of(data: bytes, region: Region) -> str:
    """The text that literals joined with ``+`` make."""
    start, end = region
    written = data[start + 1 : end - 1]
    if data[start : start + 1] in _QUOTES and data[start] not in written and b"\\" not in written:
        return written.decode("utf-8", "replace")  # one literal that says what it means
    parts = (match["text"] for match in _TEXT_OR_COMMENT.finditer(data, *region) if match["text"])
    return "".join(meaning(part) for part in parts)


def texts_in(data: bytes, region: Region) -> Iterator[Region]:
    """The literals in a list, with their quotes."""
    for match in _TEXT_OR_COMMENT.finditer(data, *region):
        if match["text"]:
            yield match.span()


def meaning(literal: bytes) -> str:
    """The text of one literal."""
    return unescaped(literal[1:-1].decode("utf-8", "replace"))


def specifiers(names: bytes) -> Iterator[tuple[str, bool]]:
    """What ``{ a, type B as C }`` names, as the other module has it, and whether it is a type."""
    if _ARE_PLAIN(names) and b"type" not in names:
        yield from ((part.split(None, 1)[0].decode(), False) for part in names.split(b",") if part.strip())
        return
    words: list[str] = []
    for match in _SPECIFIER.finditer(names + b","):
        word = match["word"]
        if word:
            words.append(meaning(word) if _TEXT.fullmatch(word) else word.decode("utf-8", "replace"))
        elif match[0] == b"," and words:
            # `type as as b` and `type a` are types, `type as b` is a value called `type`.
            is_type = words[0] in ("type", "typeof") and len(words) in (2, 4)
            yield words[is_type], is_type
            words = []
