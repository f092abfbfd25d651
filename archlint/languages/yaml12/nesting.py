"""What tree-sitter-yaml cannot be given, told from the text alone: it dies of block collections that nest too deep."""

import re

# tree-sitter-yaml 0.7.2 dies (SIGSEGV) of 254 nested block collections.
MAX_NESTING = 250

_DEEP_LINE = re.compile(rb"^[ \t?:-]{200}", re.MULTILINE)
_INDENTATION = re.compile(rb"^(?: *+(?:[-?:][ \t]++)*+)(?=[^\s#])", re.MULTILINE)
_INDICATOR = re.compile(rb"[-?:]")
_BLOCK = re.compile(rb"[-?:](?=\s|\Z)")


def nests_too_deep(data: bytes) -> bool:
    """Whether block collections nest too deep to be parsed."""
    if not _DEEP_LINE.search(data):
        return False
    columns: list[int] = []
    for line in _INDENTATION.finditer(data.replace(b"\r", b"\n")):
        for column in (*(mark.start() for mark in _INDICATOR.finditer(line[0])), len(line[0])):
            while columns and columns[-1] >= column:
                columns.pop()
            columns.append(column)
        if len(columns) > MAX_NESTING:
            return True
    return False


def has_too_many_blocks(data: bytes) -> bool:
    """Whether there are so many keys and items that they could nest too deep, however they are indented.

    Stricter than ``nests_too_deep``: for short texts that are parsed where nothing contains a crash.
    """
    return sum(1 for _ in _BLOCK.finditer(data)) > MAX_NESTING
