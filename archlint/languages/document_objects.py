"""The objects in a document, as those that code builds are told."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from archlint.code import Built, Code, Given, Member, ObjectDemand, Taker, Value
from archlint.facts import Demand
from archlint.parts import trimmed
from archlint.source import Source

if TYPE_CHECKING:
    from archlint.languages.documents import Node

_LEVELS = 3
_TYPES = {"mapping": "object", "sequence": "array"}
Path = tuple[str, ...]


def code_of(source: Source, nodes: Sequence["Node"], demands: tuple[Demand, ...]) -> Code | None:
    """The objects that are asked for, and the document as what an import of it gives."""
    asked = [demand for demand in demands if isinstance(demand, ObjectDemand)]
    if not asked:
        return None
    values = _values(source, nodes)
    keys = [frozenset(demand.keys) for demand in asked if demand.keys is not None]
    built = tuple(_built(values, keys)) if keys else ()
    is_lent = any(demand.exports for demand in asked) and () in values
    return Code(given=(Given("=", (values[()],)),) if is_lent else (), built=built)


def _values(source: Source, nodes: Sequence["Node"]) -> dict[Path, Value]:
    """Every value by its path."""
    members: dict[Path, dict[str, Member]] = {}
    values: dict[Path, Value] = {}
    for node in reversed(nodes):
        span = source.lines.span(node.content.start, node.content.end)
        type_ = _TYPES.get(node.type, node.type)
        inner = tuple(reversed(members.pop(node.path, {}).values())) if type_ == "object" else ()
        text = node.content.text if type_ not in ("object", "array") else None
        values[node.path] = Value(type_, text, span, inner)
        if node.path:
            at = source.lines.span(*node.key) if node.key else span
            member = Member(node.path[-1], at, (values[node.path],))
            members.setdefault(node.path[:-1], {}).setdefault(node.path[-1], member)
    return values


def _built(values: dict[Path, Value], asked: list[frozenset[str]]) -> Iterator[Built]:
    for path in sorted(values, key=lambda each: values[each].span):
        value = values[path]
        names = {member.name for member in value.members}
        if value.type == "object" and any(keys <= names for keys in asked):
            key = next((each for each in reversed(path) if not each.isdecimal()), "")
            yield Built(trimmed(value, _LEVELS), value.span, (Taker("key", key),))
