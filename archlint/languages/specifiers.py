"""What may be the specifiers of modules in a script, or in a file that holds scripts. Found without parsing."""

import re
from collections.abc import Iterator

# What may stand between any two tokens. Bundlers are told things in comments before a specifier.
GAP = rb"(?:\s|//[^\r\n]*+|/\*.{0,1500}?\*/)*+"
# A template counts if it has no holes. `data:` URLs are the longest specifiers.
LITERAL = (
    rb"(?:'(?:[^'\\\r\n]|\\.){0,8192}+'|\"(?:[^\"\\\r\n]|\\.){0,8192}+\""
    rb"|`(?:[^`\\$]|\\.|\$(?!\{)){0,8192}+`)"
)
# An import, an export, a call of `require` or of `import`. Also matches in comments and texts: the tree decides.
# A match ends behind the word: of what looks like a literal another may be a part.
_SPECIFIER = re.compile(
    rb"\b(?:from|import|require)(?=" + GAP + rb"\(?" + GAP + rb"(" + LITERAL + rb"))", re.DOTALL
)


def specifiers(data: bytes) -> tuple[str, ...]:
    """Each once, sorted. None is missed but those that only the run time knows."""
    return tuple(sorted({specifier for specifier, _, _ in places(data, 0, len(data)) if specifier}))


def places(data: bytes, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Each with the bytes between its quotes."""
    for match in _SPECIFIER.finditer(data, start, end):
        first, last = match.start(1) + 1, match.end(1) - 1
        yield _meaning(data[first:last]), first, last


def _meaning(written: bytes) -> str:
    text = written.decode("utf-8", "replace")
    if "\\" not in text:
        return text
    from archlint.languages.ecmascript.escapes import unescaped  # few files spell one with escapes

    return unescaped(text)
