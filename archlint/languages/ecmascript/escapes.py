"""What escapes in the literals of scripts mean."""

import re

_ESCAPE = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|[\n\r\u2028\u2029])|(.))", re.DOTALL
)
_SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def unescaped(written: str) -> str:
    """The text that is meant by what stands between quotes."""
    return _ESCAPE.sub(_meaning, written) if "\\" in written else written


def _meaning(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        value = int(code, 16)
        is_character = value <= _LAST_CODE_POINT and value not in _SURROGATES
        return chr(value) if is_character else "\ufffd"
    return "" if match[4] else _SIMPLE_ESCAPES.get(match[5], match[5])
