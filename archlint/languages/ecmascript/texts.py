"""Sinks inside texts: a constant that fills a hole of a URL, and what counts as one text."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from archlint.languages.ecmascript.literals import is_concatenation
from archlint.languages.ecmascript.names import method_of, name_of
from archlint.languages.ecmascript.paths import Path
from archlint.languages.ecmascript.use import Use
from archlint.languages.urls import url_parts

Known = Callable[[Node], str | None]
Around = Callable[[Path, Node], tuple[str, str]]
"""What a text puts before a part of it, and behind it."""


def in_text(path: Path, index: int, value: str, around: Around) -> Iterator[Use]:
    """``?subject=${isAdmin ? 'devstudio' : 'workspace'}``: ``path[index]`` is ``value`` and fills a hole of a URL."""
    top = text_top(path, index)
    before, after = around(path[: top + 1], path[index])
    for part in url_parts(before + value + after):
        if part.start == len(before) and part.value == value:
            yield Use(part.sink, part.name, top)


def fills_text(path: Path, index: int) -> bool:
    """Whether ``path[index]`` is a part of a text that is built around it."""
    return path[index - 1].type == "template_substitution" or is_concatenation(path[index - 1])


def is_query(path: Path, index: int) -> bool:
    """Whether ``path[index]`` is a whole query: ``new URLSearchParams('a=b')``, ``url.search = 'a=b'``."""
    if path[index - 1].type == "assignment_expression":
        return method_of(path[index - 1].child_by_field_name("left")) == "search"
    if path[index - 1].type != "arguments":
        return False
    return name_of(path[index - 2].child_by_field_name("constructor")) == "URLSearchParams"


def text_top(path: Path, index: int) -> int:
    """The index of the outermost text that ``path[index]`` is a part of: the template, the whole of a ``+``."""
    while index > 0 and _is_part_of_text(path, index):
        index -= 1
    return index


def _is_part_of_text(path: Path, index: int) -> bool:
    parent = path[index - 1]
    if parent.type == "parenthesized_expression":
        return index > 1 and is_concatenation(path[index - 2])
    return parent.type in ("template_string", "template_substitution") or is_concatenation(parent)
