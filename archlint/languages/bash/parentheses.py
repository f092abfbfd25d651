"""Tells ``((a; b); c)``, a subshell in a subshell, from arithmetic: tree-sitter-bash 0.25.1 takes both for the latter."""

import re
from bisect import bisect_left

# What holds no parenthesis of the shell's own: quoted text, escaped characters, comments.
_TOKEN = re.compile(
    rb"""'[^']*+' | "(?:[^"\\]|\\.)*+" | \\. | (?<![^\s;&|(])\#[^\n]*+ | [()]""", re.DOTALL | re.VERBOSE
)


class Loosened:
    """A text with a space in each ``((`` that begins no arithmetic, and where its bytes stood before."""

    def __init__(self, text: bytes) -> None:
        gaps = _gaps(text)
        starts, ends = [0, *gaps], [*gaps, len(text)]
        self.text = b" ".join(text[start:end] for start, end in zip(starts, ends, strict=True))
        self._inserted = [gap + number for number, gap in enumerate(gaps)]

    def before(self, offset: int) -> int:
        """Where a byte of the text stood before."""
        return offset - bisect_left(self._inserted, offset)


def _gaps(text: bytes) -> list[int]:
    """Where a space belongs. bash(1): it is arithmetic if what closes the second parenthesis stands before another."""
    found: list[int] = []
    opened: list[int] = []
    for token in _TOKEN.finditer(text):
        if token[0] == b"(":
            opened.append(token.start())
        elif token[0] == b")" and opened:
            inner = opened.pop()
            is_double = bool(opened) and opened[-1] == inner - 1
            if is_double and text[token.end() : token.end() + 1] != b")":
                found.append(inner)
    return sorted(found)
