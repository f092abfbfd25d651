"""What to write instead of a value that is of another type than its place."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time

from msgspec import inspect

from archlint.config.reading.tree import Node
from archlint.config.words import choices, describe, did_you_mean, shown

_MOST_KEYS = 30
_USUAL = ("pattern", "forbid", "command")
_TRUE, _FALSE = ("yes", "on", "y"), ("no", "off", "n")


def fitting_hint(node: Node, wanted: inspect.Type) -> str:
    """What to write where ``node`` does not fit; '' where the expectation says it."""
    members = wanted.types if isinstance(wanted, inspect.UnionType) else (wanted,)
    return next(filter(None, _hints(node, wanted, members)), "")


def _hints(node: Node, wanted: inspect.Type, members: tuple[inspect.Type, ...]) -> Iterator[str]:
    if isinstance(node.value, bool | int | float | date | time):
        yield "write it in quotes" if "string" in describe(wanted) else ""
    if node.value is None:
        return
    for member in members:
        if isinstance(member, inspect.BoolType) and isinstance(node.value, str):
            yield "write true" if node.value.lower() in _TRUE else ""
            yield "write false" if node.value.lower() in _FALSE else ""
        if isinstance(member, inspect.CollectionType):
            yield _listed(node, member)
        if isinstance(member, inspect.StructType):
            yield _keys(node, member)
        if isinstance(member, inspect.DictType):
            yield _named(node)


def _listed(node: Node, wanted: inspect.CollectionType) -> str:
    """For one value where a list is expected."""
    item = wanted.item_type
    if isinstance(item, inspect.StrType) and isinstance(node.value, str):
        return f"write [{shown(node.value)}]"
    if isinstance(item, inspect.StructType) and isinstance(node.value, Mapping):
        return f"write [[{_key(node)}]]" if _is_toml(node) else "put it in a list: [{ … }]"
    return _keys(node, item) if isinstance(item, inspect.StructType) else ""


def _keys(node: Node, wanted: inspect.StructType) -> str:
    """For what is no mapping where one is expected: its keys, or the one that is meant."""
    keys = tuple(field.encode_name for field in wanted.fields)
    if isinstance(node.value, str):
        word = next((name for name, words in _words(wanted) if node.value in words), "")
        if word:
            return f"write {{ {word}: {shown(node.value)} }}"
        meant = node.value if node.value in keys else did_you_mean(node.value, keys).partition('"')[2]
        if meant:
            return f"write {{ {meant.partition(chr(34))[0]}: … }}"
        if plain := next(_plain_keys(wanted), ""):
            return f"write {{ {plain}: {shown(node.value)} }}"
    if isinstance(node.value, tuple) and (own := _own_list(wanted)):
        return f"write {{ {own}: […] }}"
    return f"its keys: {', '.join(keys)}" if len(keys) <= _MOST_KEYS else ""


def _plain_keys(wanted: inspect.StructType) -> Iterator[str]:
    """The keys under which a text may be meant that stands where a mapping is expected."""
    for field in wanted.fields:
        members = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
        if field.encode_name in _USUAL and any(isinstance(each, inspect.StrType) for each in members):
            yield field.encode_name


def _words(wanted: inspect.StructType) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words that each key may have, if it has words."""
    for field in wanted.fields:
        members = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
        yield field.encode_name, tuple(word for member in members for word in choices(member))


def _own_list(wanted: inspect.StructType) -> str:
    """The key of a mapping that must have a list, if it is the only one that must be there."""
    required = [field for field in wanted.fields if field.required]
    alone = required[0] if len(required) == 1 else None
    return alone.encode_name if alone and isinstance(alone.type, inspect.CollectionType) else ""


def _named(node: Node) -> str:
    """For what is no mapping where one from names to values is expected."""
    return f"write NAME {'=' if _is_toml(node) else ':'} VALUE for each"


def _is_toml(node: Node) -> bool:
    return node.text.shown.endswith(".toml")


def _key(node: Node) -> str:
    """The key before a value, as it is written."""
    found = re.match(r"[\w.-]+", node.text.content[node.key_at :])
    return found[0] if found else "NAME"
