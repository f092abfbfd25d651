"""Which names a pattern gives to the parts of a value."""

from collections.abc import Iterator

from archlint.languages.ecmascript.following.loads import Load
from archlint.languages.ecmascript.following.objects import elements, pattern_key
from archlint.languages.ecmascript.names import first_operand
from archlint.languages.ecmascript.paths import Path
from archlint.members import element_from, positions

_NAMES = frozenset(
    {"identifier", "property_identifier", "shorthand_property_identifier_pattern", "type_identifier"}
)


def held(path: Path, load: Load) -> Iterator[tuple[Path, Load]]:
    """The names that the pattern at the end of the path gives to what has the load, each with what is left."""
    stack = [(path, load)]
    while stack:
        path, load = stack.pop()
        node = path[-1]
        if node.type in _NAMES:
            yield path, load
        elif node.type in ("assignment_pattern", "object_assignment_pattern"):
            left = node.child_by_field_name("left")
            if left is not None:
                stack.append(((*path, left), load))
        elif node.type == "object_pattern":
            stack.extend(_of_object(path, load))
        elif node.type == "array_pattern":
            stack.extend(_of_array(path, load))


def every_name(path: Path) -> Iterator[Path]:
    """All the names in a pattern."""
    stack = [path]
    while stack:
        path = stack.pop()
        if path[-1].type in _NAMES:
            yield path
        elif path[-1].type.endswith("pattern"):
            field = {
                "pair_pattern": "value",
                "assignment_pattern": "left",
                "object_assignment_pattern": "left",
            }
            part = path[-1].child_by_field_name(field.get(path[-1].type, ""))
            stack.extend(
                (*path, child) for child in ([part] if part is not None else path[-1].named_children)
            )


def _of_object(path: Path, load: Load) -> Iterator[tuple[Path, Load]]:
    taken: list[str] = []
    for child in path[-1].named_children:
        if child.type == "rest_pattern":
            name = first_operand(child)
            if name is not None and load.ahead and load.ahead[0] not in taken:
                yield (*path, child, name), load.moved(child.id)
            elif name is not None and load.origin is not None and not load.ahead:
                yield (*path, child, name), load.lacking(taken)
        elif (member := pattern_key(child)) is not None:
            taken.append(member)
            target = child.child_by_field_name("value") if child.type == "pair_pattern" else None
            if (rest := load.read(member)) is not None:
                yield ((*path, child) if target is None else (*path, child, target)), rest


def _of_array(path: Path, load: Load) -> Iterator[tuple[Path, Load]]:
    for index, child in enumerate(elements(path[-1])):
        if child is None:
            continue
        if child.type == "rest_pattern":
            name = first_operand(child)
            member = _left_over(load, index)
            if name is not None and member:
                yield (*path, child, name), load.moved(child.id, member)
        elif (rest := load.read(f"[{index}]")) is not None:
            yield (*path, child), rest


def _left_over(load: Load, taken: int) -> str:
    """Which element of the rest of an array the load is in, after as many were taken; '' for none."""
    found = positions(load.ahead[0]) if load.ahead else None
    if found is None:
        return ""
    first, last = found
    if last is None:
        return element_from(max(first - taken, 0))
    return f"[{last - taken}]" if last >= taken else ""
