"""JSON files, with the comments and trailing commas of JSONC, and JSON regions of other files.

Reads tokens itself: tree-sitter-json 0.24.8 takes ``1e+3`` for an error, ``1.`` and two values in a row for
JSON, and its recovery gives keys the values of others.
"""

import re

import msgspec
from msgspec.structs import replace

from archlint.facts import Demand, Facts, ScriptDemand
from archlint.languages.code_asked import with_code
from archlint.languages.decoded import Decoded, Region, decode, nothing, plain, utf16_escape
from archlint.languages.documents import (
    Document,
    Node,
    Path,
    depth_problem,
    facts,
    syntax_problem,
)
from archlint.languages.shell_in_documents import with_shell
from archlint.languages.task_files import task_scripts
from archlint.languages.trees import first_error, parse
from archlint.languages.wanted import asks
from archlint.limits import max_depth
from archlint.model import Problem
from archlint.searches import PatternDemand
from archlint.source import Source

# RFC 8259, and comments as in JSONC. What fits nowhere else is `other`.
_TOKEN = re.compile(
    rb"""
      (?P<space>   [ \t\r\n]++ | \A\xef\xbb\xbf )
    | (?P<comment> //[^\r\n]*+ | /\*.*?\*/ )
    | (?P<mark>    [{}\[\],:] )
    | (?P<string>  " (?: [^"\\\x00-\x1f] | \\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}) )*+ " )
    | (?P<number>  -? (?:0|[1-9][0-9]*+) (?:\.[0-9]++)? (?:[eE][+-]?[0-9]++)? (?![\w.+-]) )
    | (?P<boolean> (?:true|false) (?!\w) )
    | (?P<null>    null (?!\w) )
    | (?P<other>   [^\s,:"{}\[\]]++ | . )
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(rb"\\(?:u([dD][89abAB]..\\u[dD][c-fC-F]..|[0-9a-fA-F]{4})|([\"\\/bfnrt]))")
_ESCAPES = {b"b": "\b", b"f": "\f", b"n": "\n", b"r": "\r", b"t": "\t"}
_COLLECTIONS = {b"{": ("mapping", b"}"), b"[": ("sequence", b"]")}
_SCALARS = frozenset({"boolean", "null", "number", "string"})

_VALUE, _VALUE_OR_END = "a value", "a value or ']'"
_KEY_OR_END, _COLON = "a key or '}'", "':'"
_COMMA_OR_END, _NOTHING = "',' or the end of the collection", "nothing more"
_NOT_UNDERSTOOD = "JSON that patterns do not understand; what was read around it has been judged"
_MAY_CLOSE = frozenset({_VALUE_OR_END, _KEY_OR_END, _COMMA_OR_END})


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    found = document(source)
    if not asks(demands, ScriptDemand):
        read = with_shell(source, demands, found, facts(source, demands, found))
        return with_patterns(read, source, demands)
    scripts, problems = task_scripts(source, found)
    read = facts(source, demands, replace(found, problems=(*found.problems, *problems)))
    read = with_shell(source, demands, found, read)
    return with_patterns(msgspec.structs.replace(read, scripts=scripts), source, demands)


def with_patterns(
    facts: Facts, source: Source, demands: tuple[Demand, ...], region: Region | None = None
) -> Facts:
    """The facts, with the code that the demands mean; what tree-sitter cannot read is a problem."""
    if not any(isinstance(demand, PatternDemand) and "json" in demand.grammars for demand in demands):
        return facts
    tree = parse("json", source.data, region)
    error = first_error(tree.root_node)
    if error is not None and not facts.problems:
        problem = syntax_problem(source, (error.start_byte, error.end_byte), _NOT_UNDERSTOOD)
        facts = msgspec.structs.replace(facts, problems=(problem,))
    return with_code(facts, source, tree, demands)


def document(source: Source, region: Region | None = None) -> Document:
    """The values of a file, or of a region of it, up to the first mistake."""
    region = region or (0, len(source.data))
    reader = _Reader(source.data)
    comments: list[Region] = []
    problems: list[Problem] = []
    for token in _TOKEN.finditer(source.data, *region):
        if token.lastgroup == "comment":
            comments.append(token.span())
        elif token.lastgroup != "space" and not reader.take(token):
            message = f"not JSON: expected {reader.expected} here; what follows was not read"
            problems.append(syntax_problem(source, token.span(), message))
            break
    if reader.is_open and not problems:
        end = len(source.data[: region[1]].rstrip())
        problems.append(syntax_problem(source, (end - 1, end), f"not JSON: expected {reader.expected} after"))
    if reader.deep:
        problems.append(depth_problem(source, reader.deep))
    return Document(tuple(reader.nodes), tuple(comments), tuple(problems))


class _Open(msgspec.Struct):
    """A mapping or sequence that is not closed yet. ``slot`` is where its node stands among the nodes."""

    closing: bytes
    path: Path
    slot: int
    items: int = 0


class _Reader:
    """What was read so far, and what may come next."""

    def __init__(self, data: bytes) -> None:
        self.nodes: list[Node] = []
        self.expected = _VALUE
        self.deep: Region | None = None
        self._data = data
        self._open: list[_Open] = []
        self._most = max_depth()
        self._key: Region | None = None
        self._name = ""

    @property
    def is_open(self) -> bool:
        """Whether a collection has not ended. A file without a value hides nothing, so it is no mistake."""
        return bool(self._open)

    def take(self, token: re.Match[bytes]) -> bool:
        """Whether ``token`` may come; if so it is read."""
        if self._open and self.expected in _MAY_CLOSE and token[0] == self._open[-1].closing:
            self._close(token.end())
        elif self.expected in (_VALUE, _VALUE_OR_END):
            return self._value(token)
        elif self.expected == _KEY_OR_END and token.lastgroup == "string":
            self._key = _inside(token)
            self._name = _string(self._data, self._key).text
            self.expected = _COLON
        elif self.expected == _COLON and token[0] == b":":
            self.expected = _VALUE
        elif self.expected == _COMMA_OR_END and token[0] == b",":
            self.expected = _KEY_OR_END if self._open[-1].closing == b"}" else _VALUE_OR_END
        else:
            return False
        return True

    def _value(self, token: re.Match[bytes]) -> bool:
        kind, path = token.lastgroup or "", self._next_path()
        if token[0] in _COLLECTIONS:
            type_, closing = _COLLECTIONS[token[0]]
            slot = self._add(Node(path, type_, nothing(token.span()), self._key))
            self._open.append(_Open(closing, path, slot))
            self.expected = _KEY_OR_END if type_ == "mapping" else _VALUE_OR_END
        elif kind in _SCALARS:
            text = (
                _string(self._data, _inside(token)) if kind == "string" else plain(self._data, token.span())
            )
            self._add(Node(path, kind, text, self._key))
            self.expected = _COMMA_OR_END if self._open else _NOTHING
        else:
            return False
        self._key = None
        return True

    def _next_path(self) -> Path:
        if not self._open or len(self._open) > self._most:
            return self._open[-1].path if self._open else ()
        holder = self._open[-1]
        holder.items += 1
        return (*holder.path, self._name if self._key else str(holder.items - 1))

    def _add(self, node: Node) -> int:
        if len(self._open) > self._most:
            self.deep = self.deep or (node.content.start, node.content.end)
            return -1
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _close(self, end: int) -> None:
        slot = self._open.pop().slot
        if slot >= 0:
            node = self.nodes[slot]
            self.nodes[slot] = Node(node.path, node.type, nothing((node.content.start, end)), node.key)
        self.expected = _COMMA_OR_END if self._open else _NOTHING


def _inside(token: re.Match[bytes]) -> Region:
    return token.start() + 1, token.end() - 1


def _string(data: bytes, region: Region) -> Decoded:
    if data.find(b"\\", *region) < 0:
        return plain(data, region)
    return decode(data, region, _ESCAPE, _meaning)


def _meaning(escape: re.Match[bytes]) -> str:
    if escape[1]:
        return utf16_escape(escape[1])
    return _ESCAPES.get(escape[2]) or escape[2].decode()
