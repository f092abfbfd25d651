"""Which function an expression is: one of the same script, or what another file lends."""

from tree_sitter import Node

from archlint.code import Import
from archlint.languages.ecmascript.code.origins import imported, members_taken, required
from archlint.languages.ecmascript.following.objects import member_name, written_key
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import FUNCTIONS, WRAPPERS, first_operand, method_of, name_of
from archlint.languages.ecmascript.paths import Path, is_field

# Calls that give a function which does what the one does that they are given.
MAKERS = frozenset(
    {
        "asyncHandler",
        "cache",
        "debounce",
        "forwardRef",
        "memo",
        "memoize",
        "once",
        "throttle",
        "useCallback",
        "useEffectEvent",
        "useEvent",
    }
)
_DEEPEST = 20


class Targets:
    """Looks up what the names and members of one script are."""

    def __init__(self, script: Script) -> None:
        self._names = script.names
        self._depth = 0

    def of(self, path: Path) -> Path | Import | None:
        """The way to the function that the expression at the end of the path is, or what it is of another file."""
        if self._depth >= _DEEPEST:
            return None
        self._depth += 1
        try:
            return self._of(unwrapped(path))
        finally:
            self._depth -= 1

    def _of(self, path: Path) -> Path | Import | None:
        node = path[-1]
        if node.type in FUNCTIONS:
            return path
        match node.type:
            case "identifier" | "shorthand_property_identifier" | "shorthand_property_identifier_pattern":
                return self._of_name(path)
            case "member_expression" | "subscript_expression":
                return self._of_member(path)
            case "call_expression":
                made = function_made(path)
                return made if made is not None else required(node)
        return None

    def _of_name(self, path: Path) -> Path | Import | None:
        binding = self._names.binding(path)
        if binding is None or self._names.is_reassigned(binding):
            return None
        declared = self._names.declarations(binding.name)[binding.scope][-1]
        origin = imported(declared)
        if origin is not None:
            return origin
        if declared[-2].type in FUNCTIONS and is_field(declared[-2], "name", declared[-1]):
            return declared[:-1]
        top, members = members_taken(declared)
        holder = declared[top - 1]
        value = holder.child_by_field_name("value") if holder.type == "variable_declarator" else None
        if value is None or members is None:
            return None
        return self._read((*declared[:top], value), members)

    def _read(self, path: Path, members: tuple[str, ...]) -> Path | Import | None:
        found: Path | Import | None
        if not members:
            return self.of(path)
        holder = unwrapped(path)
        if holder[-1].type == "object":
            found = _part(holder, members[0])
            return self._read(found, members[1:]) if found is not None else None
        found = self.of(holder)
        return _beyond(found, members) if isinstance(found, Import) else None

    def _of_member(self, path: Path) -> Path | Import | None:
        base = path[-1].child_by_field_name("object")
        key = path[-1].child_by_field_name("property") or path[-1].child_by_field_name("index")
        member = _member(path[-1], key) if key is not None else None
        if base is None or member is None:
            return None
        if base.type == "this":
            return method_around(path, member)
        holder = self.of((*path, base)) if base.type != "object" else None
        if isinstance(holder, Import):
            return _beyond(holder, (member,))
        made = self._object((*path, base))
        found = _part(made, member) if made is not None else None
        return self.of(found) if found is not None else None

    def _object(self, path: Path) -> Path | None:
        """The way to the object that a name always is."""
        path = unwrapped(path)
        if path[-1].type == "object":
            return path
        binding = self._names.binding(path) if path[-1].type == "identifier" else None
        if binding is None or self._names.is_reassigned(binding) or self._names.is_changed(binding):
            return None
        declared = self._names.declarations(binding.name)[binding.scope][-1]
        value = (
            declared[-2].child_by_field_name("value") if declared[-2].type == "variable_declarator" else None
        )
        found = unwrapped((*declared[:-1], value)) if value is not None else None
        return found if found is not None and found[-1].type == "object" else None


def unwrapped(path: Path) -> Path:
    """The way to what is in parentheses, after ``await`` and the like."""
    while path[-1].type in WRAPPERS and (inner := first_operand(path[-1])) is not None:
        path = (*path, inner)
    return path


def function_made(path: Path) -> Path | None:
    """The function that ``useCallback(() => …)`` gives."""
    call = path[-1]
    callee = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    inner = first_operand(arguments)
    if arguments is None or inner is None or (method_of(callee) or name_of(callee)) not in MAKERS:
        return None
    found = unwrapped((*path, arguments, inner))
    return found if found[-1].type in FUNCTIONS else None


def method_around(path: Path, member: str) -> Path | None:
    """The method of the class or object around that ``this.member`` is."""
    for index in range(len(path) - 1, 1, -1):
        node = path[index]
        if node.type in ("class_body", "method_definition"):
            return _part(path[: index + 1] if node.type == "class_body" else path[:index], member)
        if node.type in FUNCTIONS and node.type != "arrow_function":
            is_member = path[index - 1].type == "pair"
            return _part(path[: index - 1], member) if is_member else None
    return None


def _part(holder: Path, member: str) -> Path | None:
    for part in reversed(holder[-1].named_children):
        if part.type == "method_definition" and written_key(part) == member:
            return (*holder, part)
        value = part.child_by_field_name("value")
        if value is not None and _key(part) == member:
            return unwrapped((*holder, part, value))
        if part.type == "shorthand_property_identifier" and written_key(part) == member:
            return (*holder, part)
    return None


def _key(part: Node) -> str | None:
    key = part.child_by_field_name("property")  # of a field in JavaScript
    return member_name(key) if key is not None else written_key(part)


def _member(node: Node, key: Node) -> str | None:
    return constant(key) if node.type == "subscript_expression" else member_name(key)


def _beyond(origin: Import, members: tuple[str, ...]) -> Import:
    return Import(origin.module, origin.name, (*origin.members, *members))
