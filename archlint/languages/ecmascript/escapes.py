"""What escapes in the literals of scripts mean."""

import re

from archlint.languages.decoded import character, utf16_escape

_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|[0-9A-Fa-f]{4})"
    r"|u\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})|(\r\n|[\n\r\u2028\u2029])|(.))",
    re.DOTALL,
)
_SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def unescaped(written: str) -> str:
    """The text that is meant by what stands between quotes."""
    return _ESCAPE.sub(_meaning, written) if "\\" in written else written


def _meaning(match: re.Match[str]) -> str:
    if match[1]:
        return utf16_escape(match[1].encode())
    if digits := match[2] or match[3]:
        return character(int(digits, 16))
    return "" if match[4] else _SIMPLE_ESCAPES.get(match[5], match[5])
