"""Holds a file's values against the types they are to become. Finds every mistake, not the first.

``msgspec`` stops at the first and knows no places; so its description of the types is walked beside the nodes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import inspect

from archlint.config.checked import MOST_MISTAKES, Checked
from archlint.config.hints import fitting_hint
from archlint.config.reading.tree import Node, found, nearest, plain
from archlint.config.words import choices, describe, did_you_mean, either, shown, suggest
from archlint.errors import Mistake

T = TypeVar("T")

_FITTING: dict[type[inspect.Type], tuple[type, ...]] = {
    inspect.StrType: (str,),
    inspect.EnumType: (str,),
    inspect.LiteralType: (str, int),
    inspect.IntType: (int,),
    inspect.FloatType: (int, float),
    inspect.BoolType: (bool,),
    inspect.DateType: (date, str),
    inspect.NoneType: (type(None),),
    inspect.ListType: (tuple,),
    inspect.VarTupleType: (tuple,),
    inspect.TupleType: (tuple,),
    inspect.SetType: (tuple,),
    inspect.FrozenSetType: (tuple,),
    inspect.DictType: (dict,),
    inspect.StructType: (dict,),
}
_ANY = (str, int, float, bool, type(None), tuple, dict)
_PATH = re.compile(r"\.([\w-]+)|\[(\d+)\]")


class _Flaw(NamedTuple):
    node: Node
    mistake: Mistake


def convert(node: Node, wanted: type[T]) -> Checked[T | None]:
    """The node as a value of type ``wanted``; None if there is any mistake."""
    flaws = _found_flaws(node, wanted)
    yield from (flaw.mistake for flaw in flaws)
    return None if flaws else (yield from _made(node, wanted))


def salvage(node: Node, wanted: type[T]) -> Checked[T | None]:
    """As ``convert``, but of what is right, so that it can be looked at too; None if a key is missing."""
    flaws = _found_flaws(node, wanted)
    yield from (flaw.mistake for flaw in flaws)
    if not flaws:
        return (yield from _made(node, wanted))
    try:
        return msgspec.convert(plain(node, frozenset(id(flaw.node) for flaw in flaws)), wanted)
    except msgspec.ValidationError:
        return None


def _found_flaws(node: Node, wanted: type) -> list[_Flaw]:
    return list(islice(_flaws(node, _described(wanted)), MOST_MISTAKES))


@lru_cache
def keys_of(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys of a struct as they are written."""
    return tuple(field.encode_name for field in msgspec.structs.fields(struct))


@lru_cache
def _described(wanted: type) -> inspect.Type:
    return inspect.type_info(wanted)


def _made(node: Node, wanted: type[T]) -> Checked[T | None]:
    try:
        return msgspec.convert(plain(node), wanted)
    except msgspec.ValidationError as error:  # a constraint that _flaws does not know
        message, _, path = str(error).partition(" - at `$")
        steps = tuple(int(index) if index else key for key, index in _PATH.findall(path))
        yield nearest(node, steps).mistake(message[:1].lower() + message[1:])
        return None


def _flaws(node: Node, wanted: inspect.Type) -> Iterator[_Flaw]:
    members = wanted.types if isinstance(wanted, inspect.UnionType) else (wanted,)
    fitting = [member for member in members if type(node.value) in _FITTING.get(type(member), _ANY)]
    if not fitting:
        yield _misfit(node, wanted)
        return
    match fitting[0]:
        case inspect.StructType(tag_field=str(tag_field)):
            yield from _tagged_flaws(node, tag_field, fitting)
        case inspect.StructType() as struct:
            yield from _struct_flaws(node, struct)
        case inspect.DictType(value_type=value_type):
            yield from _each(node.entries.values(), value_type)
        case inspect.CollectionType(item_type=item_type):
            yield from _each(node.items, item_type)
        case other:
            yield from _choice_flaws(node, other)


def _misfit(node: Node, wanted: inspect.Type) -> _Flaw:
    mistake = node.key_mistake if node.value is None else node.mistake
    return _Flaw(
        node, mistake(f"expected {describe(wanted)}, found {found(node)}", fitting_hint(node, wanted))
    )


def _each(nodes: Iterable[Node], wanted: inspect.Type) -> Iterator[_Flaw]:
    for node in nodes:
        yield from _flaws(node, wanted)


def _tagged_flaws(node: Node, tag_field: str, structs: Sequence[inspect.Type]) -> Iterator[_Flaw]:
    struct_of = {str(struct.tag): struct for struct in structs if isinstance(struct, inspect.StructType)}
    tag = node.entries.get(tag_field)
    if tag is None:
        yield _Flaw(node, node.mistake(f'missing key "{tag_field}"'))
    elif str(tag.value) in struct_of:
        yield from _struct_flaws(node, struct_of[str(tag.value)])
    else:
        yield _Flaw(tag, _not_one_of(tag, tuple(struct_of)))


def _struct_flaws(node: Node, struct: inspect.StructType) -> Iterator[_Flaw]:
    field_of = {field.encode_name: field for field in struct.fields}
    meant: list[str] = []  # a key that is spelt wrong is one mistake, not two
    for key, entry in node.entries.items():
        if key in field_of and not _fits(entry, field_of[key]) and (other := _meant(key, entry, field_of)):
            expected = f"expected {describe(field_of[key].type)} as {shown(key)}, found {found(entry)}"
            yield _Flaw(entry, entry.key_mistake(expected, f'did you mean "{other}"?'))
        elif key in field_of:
            yield from _field_flaws(entry, field_of[key])
        elif key != struct.tag_field and struct.forbid_unknown_fields:
            hint = suggest(key, field_of.keys())
            meant += [name for name in field_of if hint == did_you_mean(key, (name,))]
            yield _Flaw(entry, entry.key_mistake(f"unknown key {shown(key)}", hint))
    for key, field in field_of.items():
        if field.required and key not in node.entries and key not in meant:
            yield _Flaw(node, node.mistake(f'missing key "{key}"'))


def _fits(entry: Node, field: inspect.Field) -> bool:
    """Whether a value is of a type that the key takes, whatever it holds."""
    members = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
    return any(type(entry.value) in _FITTING.get(type(member), _ANY) for member in members)


def _meant(key: str, entry: Node, field_of: Mapping[str, inspect.Field]) -> str:
    """Another key that is the same but for a plural and may have this value; '' if there is none."""
    others = [name for name, field in field_of.items() if name != key and _fits(entry, field)]
    return next((name for name in others if f"{name}s" == key or f"{key}s" == name), "")


def _field_flaws(entry: Node, field: inspect.Field) -> Iterator[_Flaw]:
    if entry.value is None and field.default is None:  # None stands for an absent key, never for a value
        yield _misfit(entry, field.type)
    else:
        yield from _flaws(entry, field.type)


def _choice_flaws(node: Node, wanted: inspect.Type) -> Iterator[_Flaw]:
    allowed = choices(wanted)
    if isinstance(wanted, inspect.DateType) and isinstance(node.value, str) and not _is_date(node.value):
        yield _misfit(node, wanted)
    if allowed and str(node.value) not in allowed:
        yield _Flaw(node, _not_one_of(node, allowed))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _not_one_of(node: Node, allowed: tuple[str, ...]) -> Mistake:
    expected = either(f'"{word}"' for word in allowed)
    return node.mistake(f"expected {expected}, found {found(node)}", did_you_mean(str(node.value), allowed))
