"""The sizes of a file. Plain data, as in ``facts.py``."""

import msgspec

from archlint.model import WHOLE_FILE, Span


class Measures(msgspec.Struct, frozen=True, array_like=True):
    """The sizes of a file. ``code_lines`` leaves out blank and comment-only lines."""

    lines: int
    code_lines: int
    bytes: int
    longest_function: int = 0
    """Lines of the longest function, first to last; 0 where the language has none."""
    longest_function_at: Span = WHOLE_FILE
