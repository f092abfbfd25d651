"""Which objects a rule means: by what takes them, and by constants that they have."""

from collections.abc import Iterator, Mapping

import msgspec

from archlint.code import Built, Taker, Value
from archlint.extend import OptionMistake
from archlint.kinds.code.calls import has_constant
from archlint.kinds.names import is_called, is_named, last_segments, name_mistakes, needle, needles
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.model import Inside, Place
from archlint.project.code.objects import Objects


class Taken(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """An argument of a call, by the callee's last segment, or several, and the position from 0 (any if left out)."""

    call: OneOrMany
    """The callee's last segment: ``send`` of ``shop.send(…)``."""
    index: int | None = None
    """The position, from 0; any if left out."""


class Of(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What takes an object, by name patterns; several keys are alternatives."""

    variable: OneOrMany = ()
    """That it is bound to."""
    property: OneOrMany = ()
    """That it is assigned to, or stands under in another object."""
    parameter: OneOrMany = ()
    """Of which it is the default."""
    argument: Taken | None = None
    """The call that it is handed to."""
    return_: OneOrMany = msgspec.field(default=(), name="return")
    """The function that returns it."""
    type: OneOrMany = ()
    """The type that it is declared to be of: ``const a: Plan = {…}``, ``{…} satisfies Plan``."""
    key: OneOrMany = ()
    """In a document."""


_SORTS = ("variable", "property", "parameter", "return", "type", "key")


class Selected(msgspec.Struct, frozen=True):
    """An object with all that is known of it."""

    path: str
    place: Place
    built: Built
    value: Value

    @property
    def is_lent(self) -> bool:
        """Whether another file builds it."""
        return self.built.value.origin is not None

    def is_meant(self, of: tuple[Of, ...], having: Mapping[str, OneOrMany], inside: Inside | None) -> bool:
        """Whether it is one of those that a rule speaks of."""
        if self.value.type != "object" or (self.built.is_part and not of):
            return False
        if inside is not None and not any(is_named(inside.function, name) for name in self.built.functions):
            return False
        is_taken = not of or any(_takes(each, taker) for each in of for taker in self.built.takers)
        return is_taken and all(self._has(key, as_tuple(texts)) for key, texts in having.items())

    def _has(self, key: str, texts: tuple[str, ...]) -> bool:
        member = next((each for each in self.value.members if each.name == key), None)
        if member is None:
            return False
        return "*" in texts or has_constant(member.values, texts)


def selected(path: str, built: Built, objects: Objects) -> Selected:
    """An object that a file builds. One that another file has stands where it is taken."""
    is_here = built.value.origin is None
    place = Place(path, built.value.span if is_here else built.span)
    return Selected(path, place, built, objects.whole(path, built.value))


def _takes(of: Of, taker: Taker) -> bool:
    if taker.sort == "argument":
        if of.argument is None or of.argument.index not in (None, taker.argument):
            return False
        return is_called(of.argument.call, taker.name)
    return is_named(_names(of, taker.sort), taker.name) if taker.sort in _SORTS else False


def _names(of: Of, sort: str) -> tuple[str, ...]:
    names: OneOrMany = of.return_ if sort == "return" else getattr(of, sort)
    return as_tuple(names)


def is_plain(pattern: str) -> bool:
    """Whether it is a text, and no pattern."""
    return bool(pattern) and needle(pattern) == pattern


def needle_groups(of: tuple[Of, ...], keys: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Texts of each of which a file holds one that has such an object."""
    names = [name for each in of for sort in _SORTS for name in _names(each, sort)]
    calls = last_segments(name for each in of if each.argument for name in as_tuple(each.argument.call))
    taken = needles((*names, *calls)) if calls is not None else ()
    # Where names tell, keys need not: what takes the object may have it from another file.
    return (taken,) if taken else tuple((key,) for key in keys)


def selector_mistakes(of: Of | tuple[Of, ...]) -> Iterator[OptionMistake]:
    """Entries that select nothing, and patterns that are malformed."""
    for number, each in enumerate((of,) if isinstance(of, Of) else of):
        at: tuple[str | int, ...] = ("of",) if isinstance(of, Of) else ("of", number)
        if each == Of():
            yield (
                at,
                "an entry of 'of' names at least one thing that takes an object, such as argument or variable",
            )
        for sort in _SORTS:
            yield from name_mistakes((*at, sort), _names(each, sort))
        if each.argument is not None:
            yield from name_mistakes((*at, "argument", "call"), each.argument.call)
