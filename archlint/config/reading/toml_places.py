"""Where each key and value of a TOML text is, which ``tomllib`` does not say. Trusts that it is TOML."""

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_TOKEN = re.compile(
    r'''
    """ (?: (?: [^\\] | \\. )*? "{3,5} | .* )    # may end in two quotes of its own; unclosed: the rest
  | \'\'\' (?: .*? \'{3,5} | .* )
  | " (?: [^"\\\n] | \\[^\n] )* "?                # unclosed: the rest of the line
  | ' [^'\n]* '?
  | \# [^\n]*
  | [A-Za-z0-9_+:-]+
  | [^ \t\r]
    ''',
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of TOML: a string with its quotes, a bare word, a line end, or a punctuation mark."""

    text: str
    at: int

    @property
    def is_bare(self) -> bool:
        """Whether it is a word without quotes: a key, number, date or boolean, or a part of one."""
        return self.text[0].isalnum() or self.text[0] in "_+:-"

    @property
    def is_word(self) -> bool:
        """Whether it can be part of a key."""
        return self.is_bare or self.text[0] in "\"'"


class Place(NamedTuple):
    """The offsets of a value and of the key it has; an item of an array has no key but itself."""

    key_at: int
    at: int


def tokens(content: str) -> Iterator[Token]:
    """The pieces of ``content``, which need not be TOML. Comments and blanks are left out."""
    for match in _TOKEN.finditer(content):
        if not match[0].startswith("#"):
            yield Token(match[0], match.start())


def places(content: str) -> dict[KeyPath, Place]:
    """The place of every key and array item of a text that ``tomllib`` accepts."""
    scan = _Scan(tuple(tokens(content)), {(): Place(0, 0)}, {})
    table: KeyPath = ()
    index = 0
    while index < len(scan.tokens):
        token = scan.tokens[index]
        if token.text == "[":
            table, index = _header(scan, index)
        elif token.is_word:
            index = _pair(scan, index, table)
        else:
            index += 1
    return scan.place_of


class _Scan(NamedTuple):
    """The pieces, and what is found so far."""

    tokens: tuple[Token, ...]
    place_of: dict[KeyPath, Place]
    tables: dict[KeyPath, int]
    """How many ``[[path]]`` there are."""

    def note(self, path: KeyPath, place: Place) -> None:
        """The first place where a key is written counts."""
        self.place_of.setdefault(path, place)


def _header(scan: _Scan, index: int) -> tuple[KeyPath, int]:
    """The table that ``[a.b]`` or ``[[a.b]]`` opens, and the index after it."""
    is_item = scan.tokens[index + 1].text == "["
    words, end = _key(scan, index + 1 + is_item)
    path: KeyPath = ()
    for number, word in enumerate(words, 1):
        path = (*path, _name(word))
        scan.note(path, Place(word.at, word.at))
        if is_item and number == len(words):
            scan.tables[path] = scan.tables.get(path, 0) + 1
        if path in scan.tables:
            path = (*path, scan.tables[path] - 1)
            scan.note(path, Place(word.at, word.at))
    return path, end + 1 + is_item


def _pair(scan: _Scan, index: int, table: KeyPath) -> int:
    """Note ``a.b = value``; the index after it."""
    words, equals = _key(scan, index)
    path = table
    for word in words:
        path = (*path, _name(word))
        at = scan.tokens[equals + 1].at if word is words[-1] else word.at
        scan.note(path, Place(word.at, at))
    return _value(scan, equals + 1, path)


def _key(scan: _Scan, index: int) -> tuple[list[Token], int]:
    """The words of a dotted key, and the index after it."""
    words = [scan.tokens[index]]
    while scan.tokens[index + 1].text == ".":
        index += 2
        words.append(scan.tokens[index])
    return words, index + 1


def _value(scan: _Scan, index: int, path: KeyPath) -> int:
    """Note what is inside a value; the index after it."""
    if scan.tokens[index].text == "[":
        return _array(scan, index + 1, path)
    if scan.tokens[index].text == "{":
        return _inline_table(scan, index + 1, path)
    while index < len(scan.tokens) and scan.tokens[index].text not in (",", "]", "}", "\n"):
        index += 1
    return index


def _array(scan: _Scan, index: int, path: KeyPath) -> int:
    count = 0
    while scan.tokens[index].text != "]":
        token = scan.tokens[index]
        if token.text in (",", "\n"):
            index += 1
            continue
        scan.note((*path, count), Place(token.at, token.at))
        index = _value(scan, index, (*path, count))
        count += 1
    return index + 1


def _inline_table(scan: _Scan, index: int, path: KeyPath) -> int:
    while scan.tokens[index].text != "}":
        index = index + 1 if scan.tokens[index].text in (",", "\n") else _pair(scan, index, path)
    return index + 1


def _name(word: Token) -> str:
    if word.is_bare:
        return word.text
    name: str = tomllib.loads(f"key = {word.text}")["key"]
    return name
