"""The comments of YAML, TOML, JSON and environment files, of shell scripts, and of shell texts in documents."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain

from archlint.languages import dotenv, json, yaml
from archlint.languages.bash.words import masked
from archlint.languages.comments.nodes import outermost, regions
from archlint.languages.comments.said import Following, said
from archlint.languages.decoded import Region
from archlint.languages.documents import Document, Node
from archlint.languages.shell_in_documents import shell_texts
from archlint.languages.transcripts import Transcript
from archlint.languages.trees import parse
from archlint.source import Source
from archlint.suppression import Comment

_LEVELS = frozenset({"block_mapping", "block_node", "block_sequence", "document", "stream"})


def read(source: Source, language: str) -> Iterator[Comment]:
    """Those of a whole file."""
    match language:
        case "yaml":
            return chain(_of_yaml(source), _of_shell_texts(source, yaml.document(source)))
        case "json":
            found = json.document(source)
            return chain(of_document(source, found), _of_shell_texts(source, found))
        case "dotenv":
            return of_document(source, dotenv.document(source))
        case "toml":
            return _of_tree(source, "toml")
    return _of_tree(source, "bash")


def of_document(source: Source, document: Document) -> Iterator[Comment]:
    """Those of a document that is read without a tree."""
    return said(source, document.comments, _entry(source.data, document.nodes))


def _entry(data: bytes, nodes: tuple[Node, ...]) -> Following:
    spans = sorted((_begin(node), -_end(node)) for node in nodes if node.path)

    def following(offset: int) -> Region | None:
        index = bisect_left(spans, (offset - 1, -len(data)))  # a quote may stand before
        if index == len(spans) or data[offset : offset + 1] in (b"}", b"]", b""):
            return None
        if data[offset : offset + 1] in (b"{", b"[") and spans[index][0] > offset:
            return None  # the document as a whole
        return offset, max(-spans[index][1], offset + 1)

    return following


def _begin(node: Node) -> int:
    return node.key[0] if node.key else node.content.start


def _end(node: Node) -> int:
    return max(node.content.end, node.key[1] if node.key else 0)


def _of_tree(source: Source, grammar: str) -> Iterator[Comment]:
    tree = parse(grammar, source.data)
    return said(source, regions(tree), outermost(tree))


def _of_yaml(source: Source) -> Iterator[Comment]:
    for section in yaml.sections(source.data):
        shifted = ((section.start + start, section.start + end) for start, end in regions(section.tree))
        yield from said(source, shifted, outermost(section.tree, _LEVELS, section.start))


def _of_shell_texts(source: Source, document: Document) -> Iterator[Comment]:
    for node in shell_texts(source, document.nodes):
        code = masked(node.content.text.encode("utf-8", "replace"))
        yield from _of_tree(Transcript(source.path, code, source, node.content), "bash")
