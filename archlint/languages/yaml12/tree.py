"""Walks YAML syntax and gives each value its path: what aliases stand for, what merge keys bring in."""

import re
from collections.abc import Iterator

import msgspec
from tree_sitter import Node as Syntax

from archlint.languages.decoded import Decoded, Region, nothing
from archlint.languages.documents import Node, Path
from archlint.languages.yaml12.scalars import block_scalar, flow_scalar, states_indentation
from archlint.limits import max_depth, too_deep

MAX_EXPANDED = 10_000
"""Values that aliases and merge keys of one file may add: nine lines of YAML can stand for 10^9."""

TOO_MANY = f"aliases stand for more than {MAX_EXPANDED:,} values; the rest was not judged"
UNKNOWN_ALIAS = "not YAML: no anchor of this name comes before the alias"

_MAPPINGS = frozenset({"block_mapping", "flow_mapping"})
_SEQUENCES = frozenset({"block_sequence", "flow_sequence"})
_PAIRS = frozenset({"block_mapping_pair", "flow_pair"})
_NODES = frozenset({"block_node", "flow_node"})
_MERGE = "<<"
_MERGING = (-1,)  # anchors met while merging were met before, where they stand

# YAML 1.2.2, 10.3.2 "Tag Resolution" of the core schema.
_RESOLUTION = (
    ("null", re.compile(r"null|Null|NULL|~|")),
    ("boolean", re.compile(r"true|True|TRUE|false|False|FALSE")),
    ("number", re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")),
    ("number", re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")),
)
_TAGS = {b"!!int": "number", b"!!float": "number", b"!!bool": "boolean", b"!!null": "null"}


class Branch(msgspec.Struct, frozen=True):
    """A piece of syntax whose offsets count from ``base`` in the file."""

    syntax: Syntax
    base: int

    @property
    def region(self) -> Region:
        """Its bytes in the file."""
        return self.base + self.syntax.start_byte, self.base + self.syntax.end_byte

    def parts(self) -> "Iterator[Branch]":
        """What it holds, comments left out."""
        for child in self.syntax.named_children:
            if child.type != "comment":
                yield Branch(child, self.base)

    def field(self, name: str) -> "Branch | None":
        """Its ``key`` or ``value``."""
        child = self.syntax.child_by_field_name(name)
        return Branch(child, self.base) if child is not None else None


class _Value(msgspec.Struct, frozen=True):
    """A node taken apart: its content if it has any, and what stands before or instead of it."""

    content: Branch | None = None
    tag: bytes = b""
    alias: str = ""


class _Visit(msgspec.Struct, frozen=True):
    """A value to read. ``via`` are the anchors' places that aliases led through; None stands for no value."""

    value: Branch | None
    path: Path
    key: Region | None = None
    via: tuple[int, ...] = ()


_Pair = tuple[str, Region | None, Branch | None]  # name, key, value


class Walk:
    """The values of one file so far."""

    def __init__(self, data: bytes) -> None:
        self.nodes: list[Node] = []
        self.troubles: dict[str, Region] = {}
        """What could not be followed, as a sentence, and its first place."""
        self._data = data
        self._anchors: dict[str, Branch] = {}
        self._expanded = 0
        self._items = 0
        self._has_root = False
        self._most_deep = max_depth()

    def begin(self) -> None:
        """Another document follows."""
        self._anchors, self._items, self._has_root = {}, 0, False

    def skip(self) -> None:
        """Leave out an item of a document that is a sequence."""
        self._items += 1

    def visit(self, root: Branch) -> None:
        """Read a document, or the next part of one that was begun."""
        pending = [_Visit(root, ())]
        while pending:
            pending.extend(reversed(self._step(pending.pop())))

    def _step(self, visit: _Visit) -> list[_Visit]:
        if self._refuses(visit):
            return []
        value = self._take_apart(visit.value, visit.via)
        if value.alias:
            return self._follow(value, visit)
        content = value.content
        if content is None:
            region = visit.key or (visit.value.region if visit.value else (0, 0))
            self._add(visit, "null", nothing(region))
            return []
        if content.syntax.type in _MAPPINGS | _PAIRS:
            self._add(visit, "mapping", nothing(content.region))
            return self._pairs(content, visit)
        if content.syntax.type in _SEQUENCES:
            self._add(visit, "sequence", nothing(content.region))
            return self._elements(content, visit)
        text = self._scalar(content)
        self._add(visit, _type(content, value.tag, text.text), text)
        return []

    def _refuses(self, visit: _Visit) -> bool:
        region = visit.value.region if visit.value else visit.key or (0, 0)
        self._expanded += bool(visit.via)
        if max(len(visit.path), len(visit.via)) > self._most_deep:
            self.troubles.setdefault(too_deep(), region)
        elif visit.via and self._expanded > MAX_EXPANDED:
            self.troubles.setdefault(TOO_MANY, region)
        else:
            return False
        return True

    def _take_apart(self, branch: Branch | None, via: tuple[int, ...] = ()) -> _Value:
        if branch is None or branch.syntax.type not in _NODES:
            return _Value(branch)
        content, anchor, tag, alias = None, "", b"", ""
        for part in branch.parts():
            if part.syntax.type == "anchor":
                anchor = self._written(part)[1:]
            elif part.syntax.type == "alias":
                alias = self._written(part)[1:]
            elif part.syntax.type == "tag":
                tag = self._data[slice(*part.region)]
            else:
                content = part
        if anchor and not via:
            self._anchors[anchor] = branch
        return _Value(content, tag, alias)

    def _written(self, branch: Branch) -> str:
        return self._data[slice(*branch.region)].decode(errors="replace")

    def _add(self, visit: _Visit, type_: str, content: Decoded) -> None:
        if visit.path or not self._has_root:
            self.nodes.append(Node(visit.path, type_, content, visit.key))
        self._has_root = True

    def _follow(self, value: _Value, visit: _Visit) -> list[_Visit]:
        target = self._anchors.get(value.alias)
        if target is None:
            if visit.value:
                self.troubles.setdefault(UNKNOWN_ALIAS, visit.value.region)
            return []
        if target.region[0] in visit.via:
            self.troubles.setdefault(too_deep(), target.region)
            return []
        return [_Visit(target, visit.path, visit.key, (*visit.via, target.region[0]))]

    def _elements(self, sequence: Branch, visit: _Visit) -> list[_Visit]:
        elements = _elements(sequence)
        first = 0 if visit.path else self._items
        if not visit.path:
            self._items += len(elements)
        return [
            _Visit(element, (*visit.path, str(index)), via=visit.via)
            for index, element in enumerate(elements, first)
        ]

    def _pairs(self, mapping: Branch, visit: _Visit) -> list[_Visit]:
        """The values of a mapping, then those that its merge keys bring in and it has not itself."""
        own = list(self._own_pairs(mapping, visit.via))
        names = {name for name, _, _ in own}
        found = [(pair, visit.via) for pair in own if pair[0] != _MERGE]
        sources = [value for name, _, value in own if name == _MERGE]
        for source in sources:
            self._take_apart(source, visit.via)
        for pair, origin in self._merged(sources):
            if pair[0] not in names:
                names.add(pair[0])
                found.append((pair, (*visit.via, origin)))
        return [_Visit(value, (*visit.path, name), key, via) for (name, key, value), via in found]

    def _own_pairs(self, mapping: Branch, via: tuple[int, ...]) -> Iterator[_Pair]:
        is_pair = mapping.syntax.type in _PAIRS
        for part in (mapping,) if is_pair else mapping.parts():
            if part.syntax.type in _PAIRS:
                yield (*self._key(part.field("key"), via), part.field("value"))
            else:
                yield (*self._key(part, via), None)

    def _merged(self, sources: list[Branch | None]) -> Iterator[tuple[_Pair, int]]:
        """The pairs of the mappings that merge keys name, with where the mapping stands; each mapping once."""
        pending, seen = sources[::-1], set[int]()
        while pending:
            content = self._resolve(pending.pop()).content
            if content is None or content.region[0] in seen:
                continue
            seen.add(content.region[0])
            if content.syntax.type in _SEQUENCES:
                pending.extend(reversed(_elements(content)))
            elif content.syntax.type in _MAPPINGS:
                pairs = list(self._own_pairs(content, _MERGING))
                yield from ((pair, content.region[0]) for pair in pairs if pair[0] != _MERGE)
                pending.extend(value for name, _, value in reversed(pairs) if name == _MERGE)

    def _resolve(self, branch: Branch | None) -> _Value:
        """A value, or what the alias in its place stands for."""
        value = self._take_apart(branch, _MERGING)
        target = self._anchors.get(value.alias)
        return self._take_apart(target, _MERGING) if target else value

    def _key(self, key: Branch | None, via: tuple[int, ...]) -> tuple[str, Region | None]:
        if key is None:
            return "", None
        self._take_apart(key, via)
        content = self._resolve(key).content
        if content is None:
            return "", key.region
        if content.syntax.type in _MAPPINGS | _SEQUENCES:
            return self._written(content), content.region
        text = self._scalar(content)
        return text.text, (text.start, text.end)

    def _scalar(self, content: Branch) -> Decoded:
        if content.syntax.type != "block_scalar":
            return flow_scalar(self._data, content.region, content.syntax.type)
        outer = _outer_column(content, self._data) if states_indentation(self._data, content.region[0]) else 0
        return block_scalar(self._data, content.region, outer)


def _elements(sequence: Branch) -> list[Branch | None]:
    return [
        next(part.parts(), None) if part.syntax.type == "block_sequence_item" else part
        for part in sequence.parts()
    ]


def _outer_column(scalar: Branch, data: bytes) -> int:
    """The column, from 0, of the collection that holds a scalar; 0 for a document that is one."""
    holder = scalar.syntax.parent
    while holder is not None and holder.type not in ("block_mapping", "block_sequence"):
        holder = holder.parent
    if holder is None:
        return 0
    start = scalar.base + holder.start_byte
    return start - max(data.rfind(b"\n", 0, start), data.rfind(b"\r", 0, start), -1) - 1


def _type(content: Branch, tag: bytes, text: str) -> str:
    if tag:
        return _TAGS.get(tag, "string")
    if content.syntax.type != "plain_scalar":
        return "string"
    return next((type_ for type_, regex in _RESOLUTION if regex.fullmatch(text)), "string")
