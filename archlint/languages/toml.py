"""TOML files."""

import re

from tree_sitter import Node as Syntax

from archlint.facts import Demand, Facts
from archlint.languages.decoded import Decoded, Part, Region, character, decode, join, nothing, plain
from archlint.languages.documents import (
    Document,
    Node,
    Path,
    comments,
    depth_problem,
    facts,
    mistake,
    syntax_problem,
)
from archlint.languages.trees import parse
from archlint.limits import max_depth
from archlint.source import Source

_TYPES = {
    "array": "sequence",
    "boolean": "boolean",
    "float": "number",
    "inline_table": "mapping",
    "integer": "number",
    "local_date": "string",
    "local_date_time": "string",
    "local_time": "string",
    "offset_date_time": "string",
    "string": "string",
}
# TOML 1.0 "String": a backslash at a line's end takes the white space up to the next text with it.
_ESCAPE = re.compile(
    rb"""\\(?:u(?P<four>[0-9a-fA-F]{4}) | U(?P<eight>[0-9a-fA-F]{8}) | (?P<one>[btnfr"\\])
           | (?P<fold>[ \t]*\r?\n[ \t\r\n]*+)) | (?P<line>\r\n)""",
    re.VERBOSE,
)
_LINE_END = re.compile(rb"(?P<line>\r\n)")
_ESCAPES = {b"b": "\b", b"f": "\f", b"n": "\n", b"r": "\r", b"t": "\t"}


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    return facts(source, demands, document(source))


def document(source: Source) -> Document:
    """The values of a file. A pair that cannot be read is left out; the rest is read."""
    tree = parse("toml", source.data)
    reader = _Reader(source.data)
    for part in tree.root_node.named_children:
        reader.take(part)
    problems = []
    error = mistake(tree.root_node)
    if error is not None:
        region = (error.start_byte, error.end_byte)
        problems.append(syntax_problem(source, region, "not TOML; what was read around it has been judged"))
    if reader.deep:
        problems.append(depth_problem(source, reader.deep))
    return Document(tuple(reader.nodes), comments(tree), tuple(problems))


class _Reader:
    """What was read so far, and how often each array of tables was continued."""

    def __init__(self, data: bytes) -> None:
        self.nodes = [Node((), "mapping", nothing((0, len(data))), None)]
        self.deep: Region | None = None
        self._data = data
        self._tables: set[Path] = {()}
        self._lengths: dict[Path, int] = {}

    def take(self, part: Syntax) -> None:
        """Read a top-level pair or table."""
        if part.type == "pair":
            self._pair(part, ())
        elif part.type in ("table", "table_array_element"):
            self._table(part)

    def _table(self, table: Syntax) -> None:
        names = self._names(table.named_children[0]) if table.named_children else []
        if not names or table.named_children[0].type == "ERROR":
            return
        path = self._enter((), names[:-1])
        name, key = names[-1]
        region = _trimmed(self._data, table)
        path = (*path, name)
        if table.type == "table_array_element":
            path = self._next_element(path, key, region)
        else:
            path = self._latest(path)
        self._mapping(path, region, key)
        for pair in table.named_children[1:]:
            if pair.type == "pair":
                self._pair(pair, path)

    def _next_element(self, path: Path, key: Region, region: Region) -> Path:
        if path not in self._lengths:
            self.nodes.append(Node(path, "sequence", nothing(region), key))
        self._lengths[path] = self._lengths.get(path, -1) + 1
        return (*path, str(self._lengths[path]))

    def _latest(self, path: Path) -> Path:
        """The path of an array of tables as that of its last element."""
        return (*path, str(self._lengths[path])) if path in self._lengths else path

    def _enter(self, path: Path, names: list[tuple[str, Region]]) -> Path:
        """The path below ``path``; the tables on the way come to be by being named."""
        for name, key in names:
            path = self._latest((*path, name))
            self._mapping(path, key, key)
        return path

    def _mapping(self, path: Path, region: Region, key: Region | None) -> None:
        if path not in self._tables:
            self._tables.add(path)
            self.nodes.append(Node(path, "mapping", nothing(region), key))

    def _pair(self, pair: Syntax, path: Path) -> None:
        pending: list[tuple[Syntax, Path, Region | None]] = [(pair, path, None)]
        while pending:
            part, path, key = pending.pop()
            if len(path) > max_depth():
                self.deep = self.deep or (part.start_byte, part.end_byte)
            elif part.type == "pair":
                pending.extend(self._split(part, path))
            elif part.type in _TYPES:
                self.nodes.append(Node(path, _TYPES[part.type], _content(self._data, part), key))
                pending.extend(reversed(_children(part, path)))

    def _split(self, pair: Syntax, path: Path) -> list[tuple[Syntax, Path, Region | None]]:
        parts = [part for part in pair.named_children if part.type != "comment"]
        names = self._names(parts[0])
        if len(parts) != 2 or not names:  # noqa: PLR2004 -- a key and a value
            return []
        name, key = names[-1]
        return [(parts[1], (*self._enter(path, names[:-1]), name), key)]

    def _names(self, key: Syntax) -> list[tuple[str, Region]]:
        """The parts of a key with their bytes; none of one that is an error or has too many."""
        parts: list[Syntax] = []
        while key.type == "dotted_key":
            *head, last = key.named_children
            parts.append(last)
            if len(head) != 1 or len(parts) > max_depth():
                self.deep = self.deep or (key.start_byte, key.end_byte)
                return []
            key = head[0]
        return [_name(self._data, part) for part in reversed([*parts, key]) if part.type.endswith("_key")]


def _children(part: Syntax, path: Path) -> list[tuple[Syntax, Path, Region | None]]:
    if part.type == "inline_table":
        return [(pair, path, None) for pair in part.named_children if pair.type == "pair"]
    if part.type == "array":
        items = (item for item in part.named_children if item.type in _TYPES)
        return [(item, (*path, str(index)), None) for index, item in enumerate(items)]
    return []


def _name(data: bytes, key: Syntax) -> tuple[str, Region]:
    if key.type == "bare_key":
        region = (key.start_byte, key.end_byte)
        return plain(data, region).text, region
    content = _string(data, key.start_byte, key.end_byte)
    return content.text, (content.start, content.end)


def _content(data: bytes, value: Syntax) -> Decoded:
    region = (value.start_byte, value.end_byte)
    if value.type == "string":
        return _string(data, *region)
    if _TYPES[value.type] == "number":
        digits = data[slice(*region)].decode().replace("_", "")
        return join((Part(digits, *region, verbatim=False),), region)
    return nothing(region) if value.type in ("array", "inline_table") else plain(data, region)


def _string(data: bytes, start: int, end: int) -> Decoded:
    quote = data[start : start + 1]
    if data[start : start + 3] == quote * 3 and end - start >= 6:  # noqa: PLR2004 -- two triple quotes
        start, end = start + 3, end - 3
        start += data.startswith(b"\n", start) + 2 * data.startswith(b"\r\n", start)
        return decode(data, (start, end), _ESCAPE if quote == b'"' else _LINE_END, _meaning)
    region = (start + 1, end - 1)
    return decode(data, region, _ESCAPE, _meaning) if quote == b'"' else plain(data, region)


def _meaning(special: re.Match[bytes]) -> str:
    kind, digits = special.lastgroup, special[special.lastgroup or 0]
    if kind in ("four", "eight"):
        return character(int(digits, 16))
    if kind == "one":
        return _ESCAPES.get(digits) or digits.decode()
    return "\n" if kind == "line" else ""


def _trimmed(data: bytes, part: Syntax) -> Region:
    return part.start_byte, part.start_byte + len(data[part.start_byte : part.end_byte].rstrip())
