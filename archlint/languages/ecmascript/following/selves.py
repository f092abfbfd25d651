"""Where ``this`` means an object of a class, and where the class itself."""

import msgspec

from archlint.languages.ecmascript.names import FUNCTIONS
from archlint.languages.ecmascript.paths import Path

_FIELDS = frozenset({"field_definition", "public_field_definition"})


class Self(msgspec.Struct, frozen=True):
    """What ``this`` is: by the id of a class's body, the class if it is static, else an object of it."""

    body: int
    is_static: bool


def self_of(path: Path) -> Self | None:
    """What ``this`` at the end of the path is; None if it belongs to no class."""
    for index in range(len(path) - 2, 0, -1):
        node = path[index]
        if path[index - 1].type == "class_body":
            is_static = node.type == "class_static_block" or is_static_member(path[: index + 1])
            return Self(path[index - 1].id, is_static)
        if node.type in FUNCTIONS and node.type != "arrow_function":
            return None
    return None


def is_static_member(path: Path) -> bool:
    """Whether the member of a class at the end of the path is the class's own."""
    return any(child.type == "static" for child in path[-1].children)


def is_closed(path: Path) -> bool:
    """Whether only the class itself can write to its field at the end of the path."""
    name = path[-1].child_by_field_name("name") or path[-1].child_by_field_name("property")
    if name is not None and name.type == "private_property_identifier":
        return True
    return any(child.type == "readonly" or child.text == b"private" for child in path[-1].children)
