"""What JSON, TOML and YAML have in common: values at paths, and the constants among them."""

from collections.abc import Iterator, Mapping

import msgspec
from tree_sitter import Node as Syntax
from tree_sitter import Tree

from archlint.code import Step
from archlint.facts import Demand, Entry, EntryDemand, Export, Facts, MeasureDemand, Occurrence, Sink
from archlint.languages.decoded import Decoded, Region
from archlint.languages.document_objects import code_of
from archlint.languages.measuring import measures
from archlint.languages.urls import url_parts
from archlint.languages.wanted import Wanted, asks, wanted, wanted_exports
from archlint.limits import too_deep
from archlint.model import Extent, Problem, Reason, Span
from archlint.source import Source

_ENVIRONMENTS = frozenset({"env", "environment", "vars"})

Path = tuple[str, ...]


class Node(msgspec.Struct, frozen=True, gc=False):
    """A value at a path, with its bytes. A mapping's or sequence's text is ''."""

    path: Path
    type: str
    content: Decoded
    key: Region | None
    """The bytes of its key without quotes; None where it has none."""


class Document(msgspec.Struct, frozen=True):
    """What was read of a file, or of one region of it."""

    nodes: tuple[Node, ...]
    """In the order in which they are written; what an alias stands for follows the alias."""
    comments: tuple[Region, ...] = ()
    problems: tuple[Problem, ...] = ()


def facts(source: Source, demands: tuple[Demand, ...], document: Document) -> Facts:
    """What the demands ask of a document."""
    asked, lent = wanted(demands), wanted_exports(demands)
    return Facts(
        path=source.path,
        digest=source.digest,
        occurrences=tuple(occurrences(source, document.nodes, asked)) if asked else (),
        exports=tuple(exports(source, document.nodes, lent)) if lent else (),
        entries=tuple(entries(source, document.nodes)) if asks(demands, EntryDemand) else (),
        measures=measures(source, document.comments) if asks(demands, MeasureDemand) else None,
        code=code_of(source, document.nodes, demands),
        problems=document.problems,
    )


def entries(source: Source, nodes: tuple[Node, ...]) -> Iterator[Entry]:
    """Every value, mappings and sequences too. A scalar's span is its content without quotes."""
    for node in nodes:
        span = span_of(source, node)
        key_span = source.lines.span(*node.key) if node.key else span
        yield Entry(node.path, node.content.text, node.type, span, key_span)


def span_of(source: Source, node: Node) -> Span:
    """A value's place; its key's if it is written as nothing at all."""
    region = (node.content.start, node.content.end)
    return source.lines.span(*(node.key if node.key and region[0] == region[1] else region))


def occurrences(source: Source, nodes: tuple[Node, ...], asked: Wanted) -> Iterator[Occurrence]:
    """The wanted constants, each at every sink it reaches, and the wanted keys."""
    for node in nodes:
        if node.type in ("string", "number"):
            yield from _constants(source, node, asked)
        if node.key and node.path[-1] in asked.identifiers:
            name, owner = receiver(node.path)
            yield Occurrence(name, Sink.IDENTIFIER, name, source.lines.span(*node.key), owner=owner)


def exports(source: Source, nodes: tuple[Node, ...], asked: Wanted) -> Iterator[Export]:
    """The wanted constants that an import of the file gives."""
    types = {node.path: node.type for node in nodes}
    for node in nodes:
        text, is_number = node.content.text, node.type == "number"
        if node.type in ("string", "number") and asked.wants(text):
            span = span_of(source, node)
            way = (Step(source.lines.span(*node.key), f"under '{'.'.join(node.path)}'"),) if node.key else ()
            yield Export("=", tuple(_members(node.path, types)), span, text, is_number, way)


def _members(path: Path, types: Mapping[Path, str]) -> Iterator[str]:
    """A path as it is read in a script: the positions of a sequence in brackets."""
    for length, segment in enumerate(path):
        yield f"[{segment}]" if types.get(path[:length]) == "sequence" else segment


def _constants(source: Source, node: Node, asked: Wanted) -> Iterator[Occurrence]:
    text, is_number = node.content.text, node.type == "number"
    name, owner = receiver(node.path)
    if asked.wants(text):
        span = span_of(source, node)
        for sink in _sinks(node.path):
            receives = "" if sink is Sink.ANYWHERE else name
            yield Occurrence(text, sink, receives, span, is_number, owner=owner)
    if not is_number:
        yield from url_occurrences(source, node.content, asked, owner)


def url_occurrences(source: Source, content: Decoded, asked: Wanted, owner: str) -> Iterator[Occurrence]:
    """The wanted parts of a text that is a URL."""
    for part in url_parts(content.text):
        if part.start < part.end and asked.wants(part.value):
            span = source.lines.span(*content.place(part.start, part.end))
            yield Occurrence(part.value, part.sink, part.name, span, owner=owner)


def receiver(path: Path) -> tuple[str, str]:
    """The nearest key a value is under, and the path of what holds that key, joined with dots."""
    *owner, name = _key_path(path) or ("",)
    return name, ".".join(owner)


def _key_path(path: Path) -> Path:
    end = len(path)
    while end and path[end - 1].isdecimal():
        end -= 1
    return path[:end]


def _sinks(path: Path) -> tuple[Sink, ...]:
    # The nearest name around the key decides: ``env`` in ``env.preview.name`` of a wrangler.toml holds
    # deployments, and only ``env.preview.vars.NAME`` is a variable.
    around = [segment for segment in _key_path(path)[:-1] if not segment.isdecimal()]
    is_variable = bool(around) and around[-1] in _ENVIRONMENTS
    return (Sink.ANYWHERE, Sink.KEY, Sink.ENV) if is_variable else (Sink.ANYWHERE, Sink.KEY)


def comments(tree: Tree) -> tuple[Region, ...]:
    """The bytes of every comment, in order."""
    cursor, found = tree.walk(), []
    while True:
        node = cursor.node
        if node is not None and node.type == "comment":
            found.append((node.start_byte, node.end_byte))
        if not cursor.goto_first_child():
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return tuple(found)


def mistake(root: Syntax) -> Syntax | None:
    """The first piece of syntax that is wrong: an ERROR, or what lacks something, which may be invisible."""
    if not root.has_error:
        return None
    while not (root.is_error or root.is_missing):
        inner = next((child for child in root.children if child.has_error or child.is_missing), None)
        if inner is None:
            return root
        root = inner
    return root


def syntax_problem(source: Source, region: Region, message: str) -> Problem:
    """Something that is not the language it should be; the rest of the file was read."""
    return Problem(source.path, source.lines.span(*region), Reason.SYNTAX, message, Extent.PART)


def depth_problem(source: Source, region: Region) -> Problem:
    """A value nested too deep to follow."""
    return Problem(source.path, source.lines.span(*region), Reason.DEPTH_LIMIT, too_deep(), Extent.PART)
