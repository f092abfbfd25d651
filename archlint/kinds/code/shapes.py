"""Objects against the keys and types that they should have, and against each other."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from archlint.code import Member, Value
from archlint.kinds.code.selecting import Selected
from archlint.model import Hit, Place, Remark
from archlint.parts import may_hide
from archlint.project.code.objects import has_own


class Type(StrEnum):
    """What a value is."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    OBJECT = "object"
    ARRAY = "array"
    FUNCTION = "function"
    NULL = "null"


class Contract(msgspec.Struct, frozen=True):
    """The keys and types that objects should have."""

    keys: tuple[str, ...]
    is_exact: bool
    optional: frozenset[str]
    types: Mapping[str, tuple[Type, ...]]
    may_hide: bool


def against(found: Selected, contract: Contract) -> Iterator[Hit]:
    """A hit for the keys that are missing, for those there only sometimes, and for each that is too many or of another type."""
    members = {member.name: member for member in found.value.members}
    absent = [key for key in contract.keys if key not in members]
    hidden = [key for key in absent if any(may_hide(gap, key) for gap in found.value.gaps)]
    missing = [key for key in absent if key not in hidden]
    if missing:
        yield _hit(found, f"lacks {_listed(missing)}", missing)
    sometimes = [key for key in contract.keys if key in members and members[key].is_optional]
    if sometimes:
        yield _hit(found, f"has {_listed(sometimes)} only sometimes", sometimes)
    if contract.is_exact:
        yield from _extra(found, contract)
    if not contract.may_hide:
        yield from _untold(found, contract, hidden)
    for key, types in contract.types.items():
        yield from _mistyped(found, members.get(key), types)


def _extra(found: Selected, contract: Contract) -> Iterator[Hit]:
    for member in found.value.members:
        if member.name not in contract.keys and member.name not in contract.optional:
            text = f"has the key '{member.name}', which is not one of the {len(contract.keys):,} that it should have"
            yield _hit(found, text, [member.name], member)


def _untold(found: Selected, contract: Contract, hidden: list[str]) -> Iterator[Hit]:
    """What is spread into the object may have the keys that it lacks, or, where it counts, others."""
    known = (*contract.keys, *contract.optional)
    gaps = [gap for gap in found.value.gaps if gap.only is None or not set(gap.only) <= set(known)]
    hiding = found.value.gaps if hidden else gaps if contract.is_exact else ()
    if hiding:
        what = f"has {_listed(hidden)}" if hidden else "has other keys"
        text = f"nobody can tell whether it {what}: '{hiding[0].text}' is not known"
        yield Hit(found.place, f"{_called(found)}: {text}", f"untold {' '.join(hidden)}", _fields(hidden))


def _mistyped(found: Selected, member: Member | None, types: Sequence[Type]) -> Iterator[Hit]:
    wrong = [each for each in _types(member.values) if each not in types] if member is not None else []
    if member is not None and wrong:
        text = f"'{member.name}' is {_a(wrong[0])}; {' or '.join(types)} is expected"
        yield _hit(found, text, [member.name], member, wrong[0])


def alike(found: Selected, first: Selected, contract: Contract) -> Iterator[Hit]:
    """Hits for the keys that only one of two objects has, unless these are in the contract; and for other types."""
    own = {member.name: member for member in found.value.members}
    other = {member.name for member in first.value.members}
    related = (Remark(first.place, f"{_called(first)} to compare with"),)
    both = [key for key in own if key in other and key not in contract.types]
    hits = [hit for key in both for hit in _unlike(found, own[key], first, contract)]
    if not contract.is_exact:
        hits += _unshared(found, first, contract.optional)
    yield from (_with(hit, related) for hit in hits)


def _unshared(found: Selected, first: Selected, optional: frozenset[str]) -> Iterator[Hit]:
    """A hit for the keys that only the other has, and for each that only this one has."""
    missing = [member.name for member in _not_in(first, found, optional) if not member.is_optional]
    if missing:
        yield _hit(found, f"lacks {_listed(missing)}, which {_at(first)} has", missing)
    for member in _not_in(found, first, optional):
        yield _hit(found, f"has '{member.name}', which {_at(first)} lacks", [member.name], member)


def _not_in(one: Selected, other: Selected, optional: frozenset[str]) -> Iterator[Member]:
    """The keys of one object that the other surely has not."""
    names = {member.name for member in other.value.members} | optional
    for member in one.value.members:
        is_hidden = any(may_hide(gap, member.name) for gap in other.value.gaps)
        if member.name not in names and not is_hidden:
            yield member


def _unlike(found: Selected, member: Member, first: Selected, contract: Contract) -> Iterator[Hit]:
    other = next(each for each in first.value.members if each.name == member.name)
    own, expected = _types(member.values), _types(other.values)
    is_optional = contract.is_exact or other.is_optional or member.name in contract.optional
    if own and expected and not set(own) & set(expected):
        text = f"'{member.name}' is {_a(own[0])}, and {_a(expected[0])} at {_at(first)}"
        yield _hit(found, text, [member.name], member, own[0])
    elif member.is_optional and not is_optional:
        yield _hit(
            found,
            f"has '{member.name}' only sometimes, and {_at(first)} has it always",
            [member.name],
            member,
        )


def _types(values: Sequence[Value]) -> tuple[str, ...]:
    """The types of the values that are known; '' and ``undefined`` say nothing."""
    return tuple(dict.fromkeys(value.type for value in values if value.type not in ("", "undefined")))


def _hit(
    found: Selected, text: str, keys: Sequence[str], member: Member | None = None, type_: str = ""
) -> Hit:
    is_own = member is not None and has_own(found.built.value, member)
    place = Place(found.path, member.span) if member is not None and is_own else found.place
    identity = f"{text.split(' ', 1)[0]} {' '.join(keys)}"
    return Hit(place, f"{_called(found)} {text}" if text[0] != "'" else text, identity, _fields(keys, type_))


def _with(hit: Hit, related: tuple[Remark, ...]) -> Hit:
    return Hit(hit.place, hit.text, f"alike {hit.identity}", hit.fields, related)


def _fields(keys: Sequence[str], type_: str = "") -> dict[str, str]:
    return {"key": keys[0] if keys else "", "keys": ", ".join(keys), "type": type_}


def _called(found: Selected) -> str:
    taker = next(iter(found.built.takers), None)
    return f"the object at {taker.sort} '{taker.name}'" if taker is not None and taker.name else "the object"


def _at(found: Selected) -> str:
    return f"{found.path}:{found.place.span.line}"


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys)


def _a(type_: str) -> str:
    return "null" if type_ == "null" else f"{'an' if type_[0] in 'ao' else 'a'} {type_}"
