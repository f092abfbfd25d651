"""Members of objects and elements of arrays, as they are written."""

from collections.abc import Iterator

from tree_sitter import Node

from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import first_operand
from archlint.languages.ecmascript.paths import text
from archlint.members import ELEMENT, element_from

# Methods that move an array's elements, so that none is where it was written.
MOVERS = frozenset({"copyWithin", "fill", "pop", "reverse", "shift", "sort", "splice", "unshift"})


def member_name(key: Node) -> str | None:
    """The member that a key names: ``a``, ``'a'``, ``['a']``, ``#a``, ``0``; None for a computed one."""
    if key.type == "computed_property_name":
        inner = first_operand(key)
        return constant(inner) if inner is not None else None
    value = constant(key)
    return value if value is not None else text(key)


def pattern_key(node: Node) -> str | None:
    """The member that one part of an object's pattern takes; None if only the run time knows."""
    if node.type == "shorthand_property_identifier_pattern":
        return text(node)
    field = "left" if node.type == "object_assignment_pattern" else "key"
    key = node.child_by_field_name(field)
    return member_name(key) if key is not None else None


def written_key(node: Node) -> str | None:
    """The member that one part of an object is; None for a spread, or if only the run time knows."""
    if node.type == "shorthand_property_identifier":
        return text(node)
    key = node.child_by_field_name("key") or node.child_by_field_name("name")
    return member_name(key) if key is not None else None


def manner(function: Node) -> str:
    """How a method gives its value: ``get``, ``set``, ``*`` of a generator; '' by a call that returns it."""
    return next((child.type for child in function.children if child.type in ("get", "set", "*")), "")


def elements(array: Node) -> Iterator[Node | None]:
    """The elements of an array or its pattern; None for one that is left out: ``[, b]``."""
    last: Node | None = None
    for child in array.children[1:]:
        if child.type == ",":
            yield last
            last = None
        elif child.type == "]" and last is not None:
            yield last
        elif child.is_named and child.type != "comment":
            last = child


def positions(array: Node) -> dict[int, str]:
    """By id of each element the member that it is: ``[2]``, or ``[2+]`` where a spread hides which."""
    found: dict[int, str] = {}
    hidden = ""
    for index, child in enumerate(elements(array)):
        if child is not None and child.type == "spread_element":
            hidden = hidden or element_from(index)
        if child is not None:
            found[child.id] = hidden or f"[{index}]"
    return found


def final_members(node: Node) -> tuple[dict[str, int], int]:
    """Of an object, by key where its last part of that name starts; and where the last part starts that may be
    any key's, a spread or a computed one (-1 without).
    """
    last: dict[str, int] = {}
    hidden = -1
    for child in node.named_children:
        if child.type == "comment" or manner(child) == "set":
            continue
        key = written_key(child)
        if key is None:
            hidden = child.start_byte
        else:
            last[key] = child.start_byte
    return last, hidden


class Shapes:
    """The shapes of the objects and arrays of one script, each worked out once."""

    def __init__(self) -> None:
        self._positions: dict[int, dict[int, str]] = {}
        self._members: dict[int, tuple[dict[str, int], int]] = {}

    def position(self, array: Node, element: Node) -> str:
        """The member that an element of the array is."""
        if array.id not in self._positions:
            self._positions[array.id] = positions(array)
        return self._positions[array.id].get(element.id, ELEMENT)

    def after(self, holder: Node, part: Node) -> tuple[str, ...] | None:
        """The members that the object has from behind that part of it; None if those may be any."""
        last, hidden = self._final(holder)
        if hidden > part.start_byte:
            return None
        return tuple(key for key, start in last.items() if start > part.start_byte)

    def is_final(self, holder: Node, part: Node, key: str) -> bool:
        """Whether that part of the object says what its member ``key`` is: nothing after it does, or may."""
        last, hidden = self._final(holder)
        return max(last.get(key, -1), hidden) <= part.start_byte

    def _final(self, holder: Node) -> tuple[dict[str, int], int]:
        if holder.id not in self._members:
            self._members[holder.id] = final_members(holder)
        return self._members[holder.id]
