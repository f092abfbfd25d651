"""The values of a TOML or YAML file, each with its place. Knows neither format."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import TypeAlias

import msgspec

from archlint.config.reading.text import Text
from archlint.config.words import shown
from archlint.errors import Mistake

Scalar: TypeAlias = str | int | float | bool | date | time | None
DEEPEST = 64


class Node(msgspec.Struct, frozen=True):
    """A value. ``at`` is its offset in the text, ``key_at`` that of the key before it (or its own)."""

    text: Text
    at: int
    key_at: int
    value: "Scalar | tuple[Node, ...] | Mapping[str, Node]"

    @property
    def entries(self) -> "Mapping[str, Node]":
        """The entries of a mapping; none of anything else."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def items(self) -> "tuple[Node, ...]":
        """The items of a list; none of anything else."""
        return self.value if isinstance(self.value, tuple) else ()

    def below(self, *keys: str) -> "Node":
        """The entry at the end of ``keys``; a node without a value where there is none."""
        node = self
        for key in keys:
            node = node.entries.get(key) or Node(self.text, self.at, self.key_at, None)
        return node

    def mistake(self, message: str, hint: str = "") -> Mistake:
        """A mistake at the value."""
        return self.text.mistake(self.at, message, hint)

    def key_mistake(self, message: str, hint: str = "") -> Mistake:
        """A mistake at the key."""
        return self.text.mistake(self.key_at, message, hint)


def strings(node: Node) -> Iterator[tuple[Node, str]]:
    """The string that ``node`` is, or those in the list it is, with their nodes."""
    for item in node.items or (node,):
        if isinstance(item.value, str):
            yield item, item.value


def nearest(node: Node, path: tuple[str | int, ...]) -> Node:
    """The node at ``path`` below ``node``, or the last one on the way that is there."""
    for step in path:
        below = node.entries.get(step) if isinstance(step, str) else _item(node, step)
        if below is None:
            break
        node = below
    return node


def _item(node: Node, index: int) -> Node | None:
    return node.items[index] if 0 <= index < len(node.items) else None


def plain(node: Node, without: frozenset[int] = frozenset()) -> object:
    """The value in Python's own types, leaving out the nodes whose ``id`` is in ``without``."""
    if isinstance(node.value, tuple):
        return [plain(item, without) for item in node.value if id(item) not in without]
    if isinstance(node.value, Mapping):
        return {key: plain(entry, without) for key, entry in node.value.items() if id(entry) not in without}
    return node.value


def found(node: Node) -> str:
    """What a value is, in words."""
    match node.value:
        case str(text):
            return shown(text)
        case bool():
            return "true" if node.value else "false"
        case int() | float():
            return "a number"
        case tuple():
            return "a list"
        case Mapping():
            return "a mapping"
        case _:
            return "nothing" if node.value is None else "a date"
