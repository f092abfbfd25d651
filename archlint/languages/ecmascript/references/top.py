"""Imports at the top of a script, which need no tree: only imports, comments and directives stand before them."""

import re

from archlint.facts import Link
from archlint.languages.ecmascript.references.forms import Form

_COMMENT = rb"//[^\n]*+(?:\n|\Z)|/\*(?:[^*]|\*(?!/))*+\*/"
_BEFORE = re.compile(
    rb"(?:[ \t\r\n;]++|" + _COMMENT + rb"|(?:'use [a-z ]++'|\"use [a-z ]++\")[ \t]*+(?:;|\r?\n))*"
)
_START = re.compile(rb"(?:\xef\xbb\xbf)?+(?:#![^\n]*+\n)?+")
_END_OF_STATEMENT = re.compile(rb"[ \t]*+(?:;|\r?\n|//|\Z)")
# Line ends that tree-sitter does not know: a lone CR, U+2028 and U+2029.
_EXOTIC = re.compile(rb"\r(?!\n)|\xe2\x80[\xa8\xa9]")


def at_top(data: bytes, found: list[Form]) -> list[Form] | None:
    """Those of the forms that are code, if none stands below the top of a script; None if only a tree can tell.

    Between two tokens at the top of a script an import is one, whatever comes after the last of them.
    """
    if not all(_may_be_at_top(form) for form in found) or _EXOTIC.search(data, 0, found[-1].end):
        return None
    start = _START.match(data)
    at = start.end() if start else 0
    meant: list[Form] = []
    for form in found:
        before = _BEFORE.match(data, at)
        at = before.end() if before else at
        if form.start > at or (meant and form.start < meant[-1].end):
            return None
        if form.start < at:
            continue  # in a comment
        if _END_OF_STATEMENT.match(data, form.end) is None:
            return None
        meant.append(form)
        at = form.end
    return meant


def _may_be_at_top(form: Form) -> bool:
    return form.is_statement and form.link is not Link.REQUIRE
