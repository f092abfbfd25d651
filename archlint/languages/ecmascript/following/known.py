"""The texts that expressions are for sure: names and members that always are the same literal."""

from tree_sitter import Node

from archlint.languages.ecmascript.following.objects import Shapes, member_name, written_key
from archlint.languages.ecmascript.following.scopes import Names
from archlint.languages.ecmascript.literals import Piece, constant, is_concatenation, pieces
from archlint.languages.ecmascript.names import first_operand
from archlint.languages.ecmascript.paths import Path
from archlint.languages.ecmascript.texts import Known
from archlint.languages.urls import HOLE

_DEEPEST = 40
_LONGEST = 4_000
_WRAPPERS = frozenset(
    {"as_expression", "non_null_expression", "parenthesized_expression", "satisfies_expression"}
)
_READS = frozenset({"identifier", "member_expression", "subscript_expression"})
_HOLDERS = frozenset({"enum_assignment", "variable_declarator"})


class Texts:
    """Looks up what names and members of one script are, to a limited depth."""

    def __init__(self, names: Names, shapes: Shapes) -> None:
        self._names = names
        self._shapes = shapes
        self._depth = 0
        self._found: dict[int, str | None] = {}
        self._pieces: dict[int, list[Piece]] = {}

    def near(self, path: Path) -> Known:
        """Says the texts of names and members in the expressions around the end of the path."""
        return lambda node: self.constant(_way(path, node)) if node.type in _READS else None

    def whole(self, top: Path, part: Node | None = None, value: str = "") -> str | None:
        """The text that a template or ``+`` builds if ``part`` of it is ``value``; None if another is not known."""
        before, after = self.around(top, part)
        text = before + value + after
        return None if HOLE in text or len(text) > _LONGEST else text

    def around(self, top: Path, part: Node | None = None) -> tuple[str, str]:
        """What a template or ``+`` puts before the part and behind it, with holes for what is not known."""
        if top[-1].id not in self._pieces:
            self._pieces[top[-1].id] = pieces(top[-1], self.near(top))
        runs = self._pieces[top[-1].id]
        start, end = (part.start_byte, part.end_byte) if part is not None else (top[-1].end_byte,) * 2
        before = "".join(run.text for run in runs if run.end <= start)
        return before, "".join(run.text for run in runs if run.start >= end)

    def constant(self, path: Path) -> str | None:
        """The text of a name or a member; None for what is no such, and what is not known."""
        if path[-1].type not in _READS:
            return None
        definition = self.definition(path)
        if definition is None or self._depth >= _DEEPEST:
            return None
        node = definition[-1]
        if node.id not in self._found:
            self._depth += 1
            self._found[node.id] = self._value(definition)
            self._depth -= 1
        return self._found[node.id]

    def _value(self, definition: Path) -> str | None:
        definition = _unwrapped(definition)
        if not _is_text(definition[-1]):
            value = constant(definition[-1])
            return value if value is not None else self.constant(definition)
        return self.whole(definition)

    def definition(self, path: Path) -> Path | None:
        """The way to the expression that a name or a member always is."""
        node = path[-1]
        if node.type in _WRAPPERS:
            inner = first_operand(node)
            return self.definition((*path, inner)) if inner is not None else None
        if node.type == "identifier":
            return self._of_name(path)
        if node.type in ("member_expression", "subscript_expression"):
            return self._of_member(path)
        return path

    def _of_name(self, path: Path) -> Path | None:
        binding = self._names.binding(path)
        if binding is None or self._names.is_reassigned(binding) or self._names.is_changed(binding):
            return None
        declared = self._names.declarations(binding.name)[binding.scope]
        holder = declared[0][-2]
        if holder.type == "enum_declaration":
            return declared[0][:-1]
        value = holder.child_by_field_name("value") if holder.type in _HOLDERS else None
        return (*declared[0][:-1], value) if value is not None else None

    def _of_member(self, path: Path) -> Path | None:
        node = path[-1]
        base, key = node.child_by_field_name("object"), node.child_by_field_name("property")
        key = key or node.child_by_field_name("index")
        if base is None or key is None:
            return None
        self._depth += 1
        holder = self.definition((*path, base)) if self._depth < _DEEPEST else None
        self._depth -= 1
        member = constant(key) if node.type == "subscript_expression" else member_name(key)
        if holder is None or member is None:
            return None
        return self._part(holder, member)

    def _part(self, holder: Path, member: str) -> Path | None:
        """The way to what a member of an object literal or an enum is."""
        holder = _unwrapped(holder)
        node = holder[-1]
        body = node.child_by_field_name("body") if node.type == "enum_declaration" else node
        if body is None or body.type not in ("enum_body", "object"):
            return None
        for part in body.named_children:
            value = part.child_by_field_name("value")
            is_it = value is not None and written_key(part) == member
            if is_it and value is not None and self._shapes.is_final(body, part, member):
                return (*holder, body, part, value) if body != node else (*holder, part, value)
        return None


def _unwrapped(path: Path) -> Path:
    while path[-1].type in _WRAPPERS and (inner := first_operand(path[-1])) is not None:
        path = (*path, inner)
    return path


def _is_text(node: Node) -> bool:
    return node.type == "template_string" or is_concatenation(node)


def _way(path: Path, node: Node) -> Path:
    """The way to a node below some node of the path."""
    while len(path) > 1 and not _covers(path[-1], node):
        path = path[:-1]
    while path[-1] != node:
        below = next((child for child in path[-1].children if _covers(child, node)), None)
        if below is None:
            break
        path = (*path, below)
    return path


def _covers(node: Node, other: Node) -> bool:
    return node.start_byte <= other.start_byte and other.end_byte <= node.end_byte
