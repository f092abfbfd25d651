"""Environment files: ``NAME=value`` lines, as dotenv, Vite, Next.js and wrangler read them."""

import re
from collections.abc import Iterator

import msgspec

from archlint.facts import Demand, Facts, Occurrence, Sink
from archlint.languages.decoded import Decoded, Region, decode, nothing, plain
from archlint.languages.documents import Document, Node, facts, syntax_problem
from archlint.model import Problem
from archlint.source import Source

# As https://github.com/motdotla/dotenv 16.4 has it: text in quotes may span lines, elsewhere `#` begins a comment.
_LINE = re.compile(
    rb"""[^\S\r\n]*
         (?: (?:export[^\S\r\n]+)? (?P<name>[\w.-]+) [^\S\r\n]*=[^\S\r\n]*
             (?: "(?P<double>(?:\\.|[^"\\])*+)" | '(?P<single>(?:\\.|[^'\\])*+)' | `(?P<tick>[^`]*+)`
               | (?P<bare>[^\s"'`\#][^\r\n\#]*)? )
           | (?:export[^\S\r\n]+)? [\w.-]+ )?
         [^\S\r\n]* (?P<comment>\#[^\r\n]*)? (?P<end>\r\n|\n|\r|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_LINE_END = re.compile(rb"\r\n|\n|\r|\Z")
_ESCAPE = re.compile(rb"\\([nr\"\\])")
_ESCAPES = {b"n": "\n", b"r": "\r"}
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BOM = b"\xef\xbb\xbf"


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file: a document of one level, whose values are all variables of the environment."""
    found = facts(source, demands, document(source))
    return msgspec.structs.replace(found, occurrences=tuple(_as_variables(found.occurrences)))


def document(source: Source) -> Document:
    """The values of a file. A line that cannot be read is left out; the rest is read."""
    nodes = [Node((), "mapping", nothing((0, len(source.data))), None)]
    comments: list[Region] = []
    problems: list[Problem] = []
    at = len(_BOM) if source.data.startswith(_BOM) else 0
    while at < len(source.data):
        line = _LINE.match(source.data, at)
        if line is None:
            problems.append(_unread(source, at))
            at = _line_end(source.data, at).end()
            continue
        at = line.end()
        if line["name"]:
            nodes.append(_node(source.data, line))
        if line["comment"]:
            comments.append(line.span("comment"))
    return Document(tuple(nodes), tuple(comments), tuple(problems))


def _node(data: bytes, line: re.Match[bytes]) -> Node:
    name = line["name"].decode(errors="replace")
    content = _content(data, line)
    is_number = line["bare"] is not None and _NUMBER.fullmatch(content.text)
    return Node((name,), "number" if is_number else "string", content, line.span("name"))


def _content(data: bytes, line: re.Match[bytes]) -> Decoded:
    if line["double"] is not None:
        return decode(data, line.span("double"), _ESCAPE, lambda e: _ESCAPES.get(e[1], e[1].decode()))
    kind = next((kind for kind in ("single", "tick", "bare") if line[kind] is not None), None)
    if kind is None:
        end = line.end("name")
        return nothing((end, end))
    start = line.start(kind)
    return plain(data, (start, start + len(line[kind].rstrip() if kind == "bare" else line[kind])))


def _unread(source: Source, at: int) -> Problem:
    message = "neither NAME=value nor a comment, or a quote that is not closed; this line was not judged"
    return syntax_problem(source, (at, _line_end(source.data, at).start()), message)


def _line_end(data: bytes, at: int) -> re.Match[bytes]:
    end = _LINE_END.search(data, at)
    assert end is not None
    return end


def _as_variables(occurrences: tuple[Occurrence, ...]) -> Iterator[Occurrence]:
    for found in occurrences:
        yield found
        if found.sink is Sink.KEY:
            yield msgspec.structs.replace(found, sink=Sink.ENV)
