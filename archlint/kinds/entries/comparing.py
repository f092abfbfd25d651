"""Where sides do not agree. Each way to compare yields the elements that differ, with what the other sides have."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from archlint.kinds.entries.scalars import clipped
from archlint.kinds.entries.sides import Contents, Element
from archlint.model import Place, Remark

Sides = Sequence[Contents]


class Difference(msgspec.Struct, frozen=True):
    """An element that is not as the other sides have it, or a key that a side lacks."""

    place: Place
    text: str
    key: str
    value: str
    related: tuple[Remark, ...]


def unequal(sides: Sides) -> Iterator[Difference]:
    """Elements that a side has and another lacks, each once, at the first side that has it."""
    holders: dict[tuple[str, ...], tuple[Element, Contents]] = {}
    for side in sides:
        for token, element in side.by_token.items():
            holders.setdefault(token, (element, side))
    missed = [
        (element, side, [other for other in sides if _lacks(other, element)])
        for element, side in holders.values()
    ]
    agreed = {element.key for element, _, lacking in missed if not lacking}
    told: set[str] = set()
    for element, side, lacking in missed:
        # Two values of a key are one difference; beside a value that the sides share, each of them is one.
        is_told = _is_pair(element) and element.key in told and element.key not in agreed
        if lacking and not is_told:
            told.add(element.key)
            yield _absence(element, side, lacking)


def beyond(sides: Sides) -> Iterator[Difference]:
    """Elements of a side that the next one lacks."""
    for side, larger in pairwise(sides):
        for element in side.by_token.values():
            if _lacks(larger, element):
                yield _absence(element, side, [larger])


def shared(sides: Sides) -> Iterator[Difference]:
    """Elements that an earlier side has already."""
    holders: dict[tuple[str, ...], tuple[Element, Contents]] = {}
    for side in sides:
        for token, element in side.by_token.items():
            first, holder = holders.setdefault(token, (element, side))
            if first is not element:
                text = f"'{element.name}' is in {side.label} and in {holder.label}"
                related = (Remark(first.place, f"it is in {holder.label} too"),)
                yield Difference(element.place, text, element.key, element.value, related)


def displaced(sides: Sides) -> Iterator[Difference]:
    """Elements whose order among those that a side shares with the first is not the first side's."""
    first = sides[0].by_token if sides else {}
    order = {token: (number, each) for number, (token, each) in enumerate(first.items())}
    for side in sides[1:]:
        common = [each for token, each in side.by_token.items() if token in order]
        for index in _out_of_order([order[each.token][0] for each in common]):
            element = common[index]
            text = f"'{element.name}' stands in another order in {side.label} than in {sides[0].label}"
            related = (Remark(order[element.token][1].place, f"its place in {sides[0].label}"),)
            yield Difference(element.place, text, element.key, element.value, related)


def _out_of_order(numbers: Sequence[int]) -> Iterator[int]:
    """The indices of the fewest numbers without which the rest ascend (patience sorting)."""
    tails: list[int] = []  # the index at which the best ascending run of each length ends
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number, key=lambda tail: numbers[tail])
        before.append(tails[length - 1] if length else -1)
        tails[length : length + 1] = [index]
    kept, index = set[int](), tails[-1] if tails else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return (index for index in range(len(numbers)) if index not in kept)


def disagreeing(sides: Sides, keys: Sequence[str]) -> Iterator[Difference]:
    """Values that are not those of the first side with the key; of ``keys``, those that a side lacks."""
    elements_of: defaultdict[str, list[tuple[Element, Contents]]] = defaultdict(list)
    for side in sides:
        for element in side.by_token.values():
            elements_of[element.key].append((element, side))
    for key in keys or elements_of:
        found = elements_of.get(key, [])
        yield from _other_values(found)
        if keys:
            yield from _without(key, found, sides)


def _other_values(found: list[tuple[Element, Contents]]) -> Iterator[Difference]:
    for element, _side in found[1:]:
        first, holder = found[0]
        if element.value != first.value:
            text = f"{element.key} is {_quoted(element)}, but {_quoted(first)} in {holder.label}"
            related = (Remark(first.place, f"it is {_quoted(first)} here"),)
            yield Difference(element.place, text, element.key, element.value, related)


def _without(key: str, found: list[tuple[Element, Contents]], sides: Sides) -> Iterator[Difference]:
    having = {id(side) for _, side in found}
    for side in sides:
        if id(side) not in having and side.is_whole and side.place:
            related = tuple(Remark(each.place, f"it is {_quoted(each)} here") for each, _ in found[:1])
            yield Difference(side.place, f"{key} is missing in {side.label}", key, "", related)


def _quoted(element: Element) -> str:
    return f'"{clipped(element.value)}"'


def _is_pair(element: Element) -> bool:
    return len(element.token) > 1


def _lacks(side: Contents, element: Element) -> bool:
    return side.is_whole and element.token not in side.by_token


def _absence(element: Element, side: Contents, lacking: list[Contents]) -> Difference:
    missing = [other.label for other in lacking if not _namesake(other, element)]
    other_values = [
        f"{_quoted(namesake)} in {other.label}"
        for other in lacking
        if (namesake := _namesake(other, element))
    ]
    where = f"in {side.label}" + "".join(f", not in {label}" for label in missing)
    text = f"'{element.key if other_values else element.name}' is "
    text += ", but ".join((f"{_quoted(element)} {where}" if other_values else where, *other_values))
    related = tuple(remark for other in lacking if (remark := _remark(other, element)))
    return Difference(element.place, text, element.key, element.value, related)


def _namesake(side: Contents, element: Element) -> Element | None:
    """The side's element with the same key and another value."""
    return side.by_key.get(element.key) if _is_pair(element) else None


def _remark(side: Contents, element: Element) -> Remark | None:
    """Where the same key has another value, or the key under which the element should stand."""
    if other := _namesake(side, element):
        return Remark(other.place, f"it is {_quoted(other)} here")
    return Remark(side.place, f"{side.label} lacks it") if side.place else None
