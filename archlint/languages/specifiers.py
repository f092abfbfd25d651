"""What may be the specifiers of modules in a script, or in a file that holds scripts. Found without parsing."""

import re
from collections.abc import Iterator

import msgspec

# What may stand between any two tokens. Bundlers are told things in comments before a specifier.
GAP = rb"(?:\s|//[^\r\n]*+|/\*.{0,1500}?\*/)*+"
# A template counts if it has no holes. `data:` URLs are the longest specifiers.
_ESCAPE = rb"\\(?:\r\n|.)"
LITERAL = (
    rb"(?:'(?:[^'\\\r\n]|" + _ESCAPE + rb"){0,8192}+'|\"(?:[^\"\\\r\n]|" + _ESCAPE + rb"){0,8192}+\""
    rb"|`(?:[^`\\$]|\\.|\$(?!\{)){0,8192}+`)"
)
FROM, IMPORT, REQUIRE = _WORDS = (b"from", b"import", b"require")
_QUOTED = re.compile(GAP + rb"\(?" + GAP + rb"(" + LITERAL + rb")", re.DOTALL).match
_IN_WORD = re.compile(rb"\w").match


class Mention(msgspec.Struct, frozen=True):
    """What may be a specifier. Offsets are bytes."""

    word: bytes
    at: int
    """Where the word before it stands."""
    start: int
    """What is between the quotes."""
    end: int


def specifiers(data: bytes) -> tuple[str, ...]:
    """Each once, sorted. None is missed but those that only the run time knows."""
    written = {data[each.start : each.end] for each in mentions(data, 0, len(data))}
    return tuple(sorted({specifier for text in written if (specifier := meaning(text))}))


def mentions(data: bytes, start: int, end: int) -> Iterator[Mention]:
    """Each word that imports and has a literal behind it, word by word: in comments and texts too.

    Of what looks like a literal another may be a part; which is one the tree decides.
    """
    for word in _WORDS:  # a third of the time that one expression for all words takes
        at = data.find(word, start, end)
        while at >= 0:
            behind = at + len(word)
            if (match := _QUOTED(data, behind, end)) and not (at > start and _IN_WORD(data, at - 1)):
                yield Mention(word, at, match.start(1) + 1, match.end(1) - 1)
            at = data.find(word, behind, end)


def meaning(written: bytes) -> str:
    """What the text of a literal means."""
    text = written.decode("utf-8", "replace")
    if "\\" not in text:
        return text
    from archlint.languages.ecmascript.escapes import unescaped  # few files spell one with escapes

    return unescaped(text)
