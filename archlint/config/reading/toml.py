"""Reads ``archlint.toml``: the values by ``tomllib``, their places by ``toml_places``."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from itertools import pairwise

from archlint.config.checked import Checked
from archlint.config.reading.advice import toml_advice
from archlint.config.reading.text import Text
from archlint.config.reading.toml_places import KeyPath, Place, Token, places, tokens
from archlint.config.reading.tree import DEEPEST, Node
from archlint.errors import Mistake

LARGEST = 65_536
_LONGEST_KEY = 16
_LONGEST_WORD = 128
_WHERE = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_toml(text: Text) -> Checked[Node | None]:
    """The root table of ``text``."""
    oversized = next(_oversized(text), None)
    if oversized:
        yield oversized
        return None
    try:
        values = tomllib.loads(text.content)
    except tomllib.TOMLDecodeError as error:
        yield _syntax_mistake(text, str(error))
        return None
    return _node(text, values, (), places(text.content))


def _oversized(text: Text) -> Iterator[Mistake]:
    """What would make ``tomllib`` run out of stack or memory: 20,000 key parts, 40 KB, take it 416 MB."""
    depth = 0
    for token in tokens(text.content):
        depth += (token.text in "[{") - (token.text in "]}")
        if depth > DEEPEST:
            yield text.mistake(token.at, f"values nest at most {DEEPEST} deep")
        if token.is_bare and len(token.text) > _LONGEST_WORD:
            yield text.mistake(token.at, f"a key or number has at most {_LONGEST_WORD} characters")
    for first, last in _dotted(text.content):
        if last > _LONGEST_KEY:
            yield text.mistake(first, f"a key has at most {_LONGEST_KEY} parts")


def _dotted(content: str) -> Iterator[tuple[int, int]]:
    """Each run of words joined by dots: where it begins, and its number of words so far."""
    first, parts = 0, 0
    for before, token in pairwise((Token("\n", 0), *tokens(content))):
        if token.text == "." or not token.is_word:
            continue
        first, parts = (first, parts + 1) if before.text == "." else (token.at, 1)
        yield first, parts


def _syntax_mistake(text: Text, error: str) -> Mistake:
    where = _WHERE.search(error)
    message = error[: where.start()] if where else error
    offset = len(text.content)
    if where and where[1]:
        offset = _offset(text.content, int(where[1]), int(where[2]))
    advice = toml_advice(text.content, offset, message[:1].lower() + message[1:])
    return text.mistake(advice.at, f"not TOML: {advice.message}", advice.hint)


def _offset(content: str, line: int, column: int) -> int:
    """``tomllib`` takes CRLF for LF before it counts; a line ends at LF alone."""
    start = 0
    for _ in range(line - 1):
        start = content.index("\n", start) + 1
    return start + column - 1


def _node(text: Text, value: object, path: KeyPath, place_of: Mapping[KeyPath, Place]) -> Node:
    place = place_of[path]
    if isinstance(value, dict):
        entries = {key: _node(text, entry, (*path, key), place_of) for key, entry in value.items()}
        return Node(text, place.at, place.key_at, entries)
    if isinstance(value, list):
        items = tuple(_node(text, item, (*path, index), place_of) for index, item in enumerate(value))
        return Node(text, place.at, place.key_at, items)
    assert isinstance(value, str | int | float | date | time), "all that TOML has"
    return Node(text, place.at, place.key_at, value)
