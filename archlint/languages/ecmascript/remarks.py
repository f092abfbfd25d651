"""Comments of scripts that need no tree to be told: those at the beginning of lines, before any template."""

import re

# What may go on over a line end, so that a line behind it may begin within it: nothing is told from there on.
_OPEN = rb"(?P<open>`|/\*|\\\r?\n)[\s\S]*"
_REMARK = re.compile(rb"^[ \t]*(?://[^\n\r]*|/\*[\s\S]*?\*/)|" + _OPEN, re.MULTILINE)
# How a tag ends or is closed, with blanks and comments within: the text behind it may begin as a comment does.
_MARKUP = re.compile(rb"<\s*/|/\s*>|[\r\n][^\S\r\n]*>").search
_EXOTIC_LINE_ENDS = (b"\xe2\x80\xa8", b"\xe2\x80\xa9")  # they end a comment: ECMA-262 §12.3


def without_remarks(data: bytes, *, has_markup: bool) -> bytes:
    """The script without comments that are one for sure. Where in doubt it is as it was; offsets are lost."""
    if any(end in data for end in _EXOTIC_LINE_ENDS):
        return data
    if has_markup and _MARKUP(data):
        return data
    return _REMARK.sub(_kept, data)


def _kept(match: re.Match[bytes]) -> bytes:
    return match[0] if match["open"] else b" "
