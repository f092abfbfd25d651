r"""Regular expressions of rule objects, which are Rust's: carried to the engine that archlint has, or refused.

https://docs.rs/regex/latest/regex/#syntax. What both engines would take for something else is refused: ``\W`` in a
class, possessive quantifiers, classes in classes.
"""

import re
from collections.abc import Iterator

from archlint.regexes import BadRegexError, Regex, compile_as_is, has_re2

_TOKEN = re.compile(
    r"""
      (?P<code>   \\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|U\{[0-9A-Fa-f]+\}|U[0-9A-Fa-f]{8}) )
    | (?P<property> \\[pP](?:\{\^?[\w=:-]+\}|[A-Z]) )
    | (?P<escape> \\. )
    | (?P<posix>  \[:\^?\w+:\] )
    | (?P<class>  \[\^?\]? )
    | (?P<group>  \((?:\?(?:P?<[A-Za-z_][\w.\[\]]*>|(?P<flags>[a-zA-Z]*(?:-[a-zA-Z]+)?)[:)]))? )
    | (?P<repeat> (?:[*+?]|\{\d+(?:,\d*)?\})\?? )
    | (?P<other>  . )
    """,
    re.VERBOSE | re.DOTALL,
)
# Of Rust's classes; its \w knows two more characters, the zero-width joiners.
_CLASSES = {
    "d": (r"\p{Nd}", r"\d"),
    "s": (
        r"\t\n\x0b\f\r\x{85}\p{Z}",
        r" \t\n\x0b\f\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000",
    ),
    "w": (r"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}", r"\w"),
}
_POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7f",
    "blank": r"\t ",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t\n\x0b\f\r ",
    "upper": "A-Z",
    "word": r"\w",
    "xdigit": "0-9A-Fa-f",
}
_PLAIN_ESCAPES = frozenset("aftnrvA")
_FLAGS = frozenset("ims")


def search_regex(pattern: str) -> Regex:
    """The compiled expression; ``^`` and ``$`` match at the ends of the text. Raises ``BadRegexError``."""
    return compile_as_is("".join(_Carrier(pattern, is_re2=has_re2()).parts()))


class _Carrier:
    """An expression on its way from one syntax to another."""

    def __init__(self, pattern: str, *, is_re2: bool) -> None:
        self._pattern = pattern
        self._is_re2 = is_re2
        self._is_in_class = False
        self._last = ""
        # Whether $ matches at line ends, for each group that is open.
        self._by_lines = [False]

    def parts(self) -> Iterator[str]:
        """What each token is to the engine."""
        for token in _TOKEN.finditer(self._pattern):
            kind = token.lastgroup or ""
            yield self._in_class(token, kind) if self._is_in_class else self._outside(token, kind)
            self._last = kind
        if self._is_in_class:
            raise BadRegexError("a class is not closed")

    def _outside(self, token: re.Match[str], kind: str) -> str:
        match kind:
            case "class" | "posix":
                return self._open(token)
            case "group":
                return self._group(token)
            case "repeat" if self._last == "repeat":
                raise BadRegexError("a quantifier after a quantifier: put the first in a group, (?:…)")
            case "escape":
                return self._escape(token[0][1])
            case "other":
                return self._plain(token[0])
        return self._common(token, kind)

    def _open(self, token: re.Match[str]) -> str:
        if token["posix"]:
            raise BadRegexError(f'"{token[0]}" stands in a class: [{token[0]}]')
        self._is_in_class = True
        return token[0].replace("]", r"\]")

    def _group(self, token: re.Match[str]) -> str:
        flags = token["flags"]
        if flags is None:
            if token[0] == "(" and self._pattern.startswith("?", token.end()):
                raise BadRegexError(
                    "look-around and other groups after (? are not in linear time, or not in Rust"
                )
            self._by_lines.append(self._by_lines[-1])
            return re.sub(r"\(\?P?<", "(?P<", token[0])
        if not set(flags.replace("-", "")) <= _FLAGS:
            raise BadRegexError(f'the flags "{flags}" cannot be carried; known: i, m, s')
        on, _, off = flags.partition("-")
        by_lines = ("m" in on or self._by_lines[-1]) and "m" not in off
        if token[0].endswith(":"):
            self._by_lines.append(by_lines)
        else:
            self._by_lines[-1] = by_lines
            if off and not self._is_re2:  # re knows no flags that are turned off from here on
                return f"(?{on})" if on else ""
        return token[0]

    def _escape(self, letter: str) -> str:
        if letter.lower() in _CLASSES:
            content = _CLASSES[letter.lower()][not self._is_re2]
            return f"[{'^' if letter.isupper() else ''}{content}]"
        if letter == "z":
            return r"\z" if self._is_re2 else r"\Z"
        if letter in "bB":
            return f"\\{letter}" if self._is_re2 else f"(?a:\\{letter})"
        return self._literal(letter)

    def _literal(self, letter: str) -> str:
        if (letter.isalnum() and letter not in _PLAIN_ESCAPES) or letter in "<>":
            raise BadRegexError(f'"\\{letter}" cannot be carried')
        return f"\\{letter}"

    def _plain(self, character: str) -> str:
        if character == ")" and len(self._by_lines) > 1:
            self._by_lines.pop()
        if character == "{":
            raise BadRegexError(r'a "{" that begins no repetition is written \{')
        if character == "$" and not self._is_re2 and not self._by_lines[-1]:
            return r"\Z"
        return character

    def _in_class(self, token: re.Match[str], kind: str) -> str:
        match kind:
            case "posix":
                return self._posix(token[0].strip("[]:"))
            case "class":
                raise BadRegexError("a class in a class cannot be carried")
            case "escape":
                return self._escape_in_class(token[0][1])
            case "other" if token[0] == "]":
                self._is_in_class = False
        ahead = self._pattern[token.start() : token.start() + 2]
        if ahead in ("&&", "--", "~~"):
            raise BadRegexError(f'the set operation "{ahead}" cannot be carried')
        return self._common(token, kind)

    def _posix(self, name: str) -> str:
        if name not in _POSIX:
            raise BadRegexError(f'"[:{name}:]" cannot be carried')
        return _POSIX[name] if name != "word" else "0-9A-Za-z_"

    def _escape_in_class(self, letter: str) -> str:
        if letter in _CLASSES:
            return _CLASSES[letter][not self._is_re2]
        if letter.lower() in _CLASSES:
            raise BadRegexError(f'"\\{letter}" in a class cannot be carried; write [^\\{letter.lower()}…]')
        return self._literal(letter)

    def _common(self, token: re.Match[str], kind: str) -> str:
        """What is the same in a class and outside."""
        if kind == "code":
            number = int(re.sub(r"[\\xuU{}]", "", token[0]), 16)
            if number > 0x10FFFF:  # noqa: PLR2004 -- the last code point
                raise BadRegexError(f'"{token[0]}" is no character')
            return f"\\x{{{number:X}}}" if self._is_re2 else f"\\U{number:08X}"
        if kind == "property" and not self._is_re2:
            raise BadRegexError(f'"{token[0]}" needs google-re2: pip install google-re2')
        return token[0]
