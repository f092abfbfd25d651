"""A comment between two tokens changes nothing that is known of a script: not what it holds, calls, lends or imports."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tree_sitter import Node

from archlint.code import CodeDemand, ConditionDemand, Gap, ObjectDemand
from archlint.facts import ConstantDemand, ExportDemand, ImportDemand, ReferenceDemand
from archlint.languages.ecmascript.syntax import parse_script
from archlint.languages.typescript import read
from archlint.model import Scope, Span
from archlint.source import Source
from tests.trees import FIXTURES

ALL = Scope()
DEMANDS = (
    ConstantDemand(ALL, every=True, circumstances=True),
    ExportDemand(ALL, every=True),
    ImportDemand(ALL, circumstances=True),
    ReferenceDemand(ALL),
    CodeDemand(ALL, arguments=True),
    ObjectDemand(ALL, keys=()),
    ConditionDemand(ALL, names=("*",)),
)
COMMENT = b"/*c*/"
WHOLE = {"comment", "hash_bang_line", "number", "regex", "string", "template_literal_type", "template_string"}
# The references of `import /*c*/(x)` and `vi./*c*/mock(x)` are looked for by texts that such a comment breaks.
TIGHT = {b"(", b"mock"}
SCRIPTS = [
    path
    for folder in ("value", "definition", "shape", "condition", "single-source", "imports", "acyclic")
    for path in sorted((FIXTURES / folder).rglob("*"))
    if path.suffix in (".ts", ".tsx", ".js")
]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_comments_between_tokens_change_nothing(path: Path) -> None:
    data = path.read_bytes()
    plain = Source(path.name, data)
    starts = [0, *gaps(plain), len(data)]
    pieces = [data[start:end] for start, end in itertools.pairwise(starts)]

    commented = Source(path.name, COMMENT.join(pieces))

    assert known(commented) == known(plain)


def known(source: Source) -> object:
    facts = read(source, DEMANDS)
    return without_places(msgspec.structs.replace(facts, digest="", measures=None))


def without_places(fact: object) -> object:
    """What of a fact does not say where it stands."""
    if isinstance(fact, msgspec.Struct):
        shown = isinstance(fact, Gap)  # its text is for people
        fields = (name for name in fact.__struct_fields__ if not (shown and name == "text"))
        return {name: without_places(getattr(fact, name)) for name in fields}
    if isinstance(fact, tuple) and not isinstance(fact, Span):
        return [without_places(each) for each in fact]
    is_place = isinstance(fact, Span) or (isinstance(fact, int) and not isinstance(fact, bool))
    return None if is_place else fact


def gaps(source: Source) -> list[int]:
    """Where tokens begin, outside of markup and of what is one token to people; sorted."""
    tree, problems = parse_script(source, None, GRAMMARS.get(Path(source.path).suffix, "javascript"))
    assert not problems
    return sorted(set(_gaps(tree.root_node)))


GRAMMARS = {".ts": "typescript", ".tsx": "tsx"}


def _gaps(node: Node) -> Iterator[int]:
    if node.type.startswith("jsx_") or node.type == "comment" or node.text in TIGHT:
        return
    if node.start_byte and (node.type in WHOLE or not node.children):
        yield node.start_byte
    if node.type not in WHOLE:
        # The grammar does not understand `a? /*c*/: T`.
        for child in node.children[node.type == "type_annotation" :]:
            yield from _gaps(child)
