"""Objects put together of parts: what is spread, what is written over it, what is there only sometimes. Pure."""

from collections.abc import Iterable

from msgspec.structs import replace

from archlint.code import Gap, Import, Member, Value
from archlint.model import Span

Alternatives = tuple[Value, ...]
UNKNOWN: Alternatives = (Value(),)
_CLIPPED = 60
_MOST_MEMBERS = 1000
# What spreads to nothing: `...(isPaid && { plan })`.
_EMPTY = frozenset({"boolean", "null", "number", "undefined"})


def clipped(text: str) -> str:
    """One line of code, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _CLIPPED else f"{line[: _CLIPPED - 1]}…"


def united(alternatives: Alternatives, span: Span, text: str) -> Value:
    """One object for all that something may be: what only some of them have is optional."""
    objects = [each for each in alternatives if each.type == "object"]
    several = len(alternatives) > 1
    members: dict[str, Member] = {}
    for each in objects:
        for member in each.members:
            known = members.get(member.name)
            values = member.values if known is None else _either(known.values, member.values)
            in_all = all(_has(other, member.name) for other in alternatives)
            members[member.name] = replace(known or member, values=values, is_optional=not in_all)
    gaps = [replace(gap, is_optional=gap.is_optional or several) for each in objects for gap in each.gaps]
    gaps += [
        Gap(span, clipped(text), each.origin, is_optional=several)
        for each in alternatives
        if each.type not in _EMPTY and each.type != "object"
    ]
    return Value("object", None, span, tuple(members.values())[:_MOST_MEMBERS], tuple(dict.fromkeys(gaps)))


def merged(base: Value, over: Value) -> Value:
    """``{ ...base, ...over }``: a key that is in both is what ``over`` says."""
    members = {member.name: member for member in base.members}
    for member in over.members:
        known = members.pop(member.name, None)
        if known is not None and member.is_optional:
            values = _either(known.values, member.values)
            members[member.name] = replace(member, values=values, is_optional=known.is_optional)
        else:
            members[member.name] = member
    gaps = tuple(dict.fromkeys((*base.gaps, *over.gaps)))
    return Value("object", None, base.span, tuple(members.values())[:_MOST_MEMBERS], gaps)


def read(value: Value, member: str) -> Alternatives:
    """What a member of a value may be."""
    if value.origin is not None:
        return (Value(origin=beyond(value.origin, member)),)
    found = next((each for each in value.members if each.name == member), None)
    if found is not None:
        return found.values if not found.is_optional else (*found.values, Value("undefined"))
    hiding = [gap for gap in value.gaps if may_hide(gap, member)]
    if value.type != "object":
        return UNKNOWN
    if len(hiding) == 1 and hiding[0].origin is not None:
        return (Value(origin=beyond(hiding[0].origin, member)),)
    return UNKNOWN if hiding else (Value("undefined"),)


def beyond(origin: Import, *members: str) -> Import:
    """What has those members read off what is imported."""
    return Import(origin.module, origin.name, (*origin.members, *members))


def trimmed(value: Value, levels: int) -> Value:
    """The value without what lies deeper in it."""
    if not value.members:
        return value
    if levels == 0:
        return replace(value, members=(), gaps=(Gap(value.span, "…"),))
    return replace(
        value,
        members=tuple(
            replace(member, values=tuple(trimmed(each, levels - 1) for each in member.values))
            for member in value.members
        ),
    )


def partial(base: Value, _keys: tuple[str, ...] = ()) -> Value:
    """The object, with nothing that it has for sure."""
    return replace(
        base,
        members=tuple(replace(member, is_optional=True) for member in base.members),
        gaps=tuple(replace(gap, is_optional=True) for gap in base.gaps),
    )


def without(base: Value, keys: tuple[str, ...]) -> Value:
    """The object without these keys."""
    return replace(
        base,
        members=tuple(member for member in base.members if member.name not in keys),
        gaps=tuple(replace(gap, without=tuple(sorted({*gap.without, *keys}))) for gap in base.gaps),
    )


def only(base: Value, keys: tuple[str, ...]) -> Value:
    """The object with these of its keys alone."""
    return replace(
        base,
        members=tuple(member for member in base.members if member.name in keys),
        gaps=tuple(
            replace(gap, only=keys if gap.only is None else tuple(key for key in keys if key in gap.only))
            for gap in base.gaps
        ),
    )


def may_hide(gap: Gap, key: str) -> bool:
    """Whether the key may be among those that nobody knows."""
    return key not in gap.without and (gap.only is None or key in gap.only)


def _has(value: Value, name: str) -> bool:
    """Whether it surely has the key."""
    return any(member.name == name and not member.is_optional for member in value.members)


def _either(one: Iterable[Value], other: Iterable[Value]) -> Alternatives:
    return tuple(dict.fromkeys((*one, *other)))
