"""What escapes in the literals of scripts mean."""

import re

_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|[\n\r\u2028\u2029])|(.))",
    re.DOTALL,
)
_SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def unescaped(written: str) -> str:
    """The text that is meant by what stands between quotes."""
    return _ESCAPE.sub(_meaning, written) if "\\" in written else written


def _meaning(match: re.Match[str]) -> str:
    if match[1]:
        return chr(0x10000 + ((int(match[1], 16) - 0xD800) << 10) + int(match[2], 16) - 0xDC00)
    code = match[3] or match[4] or match[5]
    if code:
        value = int(code, 16)
        is_character = value <= _LAST_CODE_POINT and value not in _SURROGATES
        return chr(value) if is_character else "\ufffd"
    return "" if match[6] else _SIMPLE_ESCAPES.get(match[7], match[7])
