"""The sizes of a module: where its comments are, and how long its longest function is."""

import libcst as cst

from archlint.languages.python3.syntax import Syntax
from archlint.model import WHOLE_FILE, Span


def comments(syntax: Syntax) -> list[tuple[int, int]]:
    """The bytes of every comment. A docstring is none."""
    return [syntax.place(node) for node in syntax.spans if isinstance(node, cst.Comment)]


def longest_function(syntax: Syntax) -> tuple[int, Span]:
    """The lines of the longest function, from ``def`` to its last line, and the place of its head."""
    lines = syntax.source.lines
    longest, at = 0, WHOLE_FILE
    for node in syntax.spans:
        if isinstance(node, cst.FunctionDef):
            start, end = syntax.place(node)
            length = lines.line(max(end - 1, 0)) - lines.line(start) + 1
            head = lines.span(start, syntax.place(node.name)[1])
            # Inner functions come before the outer ones here.
            if length > longest or (length == longest and head < at):
                longest, at = length, head
    return longest, at
