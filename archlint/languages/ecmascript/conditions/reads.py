"""The names that are read to know what an expression is, those included that stand for others."""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from archlint.code import Import, Step
from archlint.languages.ecmascript.code.calls import returns_of
from archlint.languages.ecmascript.code.origins import imported, members_taken
from archlint.languages.ecmascript.code.targets import Targets
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import FUNCTIONS, dotted
from archlint.languages.ecmascript.paths import Path, is_field

_DEEPEST = 12
_MOST = 64
_CHAINS = frozenset({"member_expression", "subscript_expression"})
_NAMES = frozenset({"identifier", "shorthand_property_identifier"})
_TYPES = frozenset({"type_annotation", "type_arguments", "type_parameters"})


class Read(msgspec.Struct, frozen=True):
    """A name that is read, dotted; an import, or a constant text that is compared with."""

    name: str
    way: tuple[Step, ...] = ()
    """The names that hold what was read, nearest to the test last."""
    origin: Import | None = None


def reads(script: Script, path: Path) -> tuple[Read, ...]:
    """What the expression at the end of the path depends on, nearest first."""
    key = path[-1].id
    if key not in script.read:
        script.read[key] = tuple(_Reading(script).of(path))
    found: tuple[Read, ...] = script.read[key]
    return found


class _Reading:
    """One walk; each expression is looked into once."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._targets = Targets(script)
        self._seen: set[int] = set()
        self._count = 0

    def of(self, path: Path, way: tuple[Step, ...] = ()) -> Iterator[Read]:
        if path[-1].id in self._seen or len(way) > _DEEPEST:
            return
        self._seen.add(path[-1].id)
        waiting = [path]
        while waiting and self._count < _MOST:
            current = waiting.pop()
            node = current[-1]
            if node.type in _CHAINS or node.type in _NAMES:
                yield from self._named(current, way)
            elif node.type in ("call_expression", "new_expression"):
                yield from self._called(current, way)
            if node.type in _CHAINS:
                waiting.extend((*current, child) for child in reversed(_unnamed(node)))
            elif node.type not in _TYPES and node.type not in FUNCTIONS - {"arrow_function"}:
                waiting.extend((*current, child) for child in reversed(node.named_children))

    def _named(self, path: Path, way: tuple[Step, ...]) -> Iterator[Read]:
        self._count += 1
        name = dotted(path[-1])
        origin = self._origin(path)
        # Who reads `location.hostname.length` reads `location.hostname`.
        parts = name.split(".") if name else []
        for length in range(len(parts), 0, -1):
            yield Read(".".join(parts[:length]), way, origin)
        if origin is None:
            for beyond, suffix in self._beyond(path):
                step = Step(
                    self._script.source.lines.span(beyond[-1].start_byte, beyond[-1].end_byte),
                    f"'{name}' is this",
                )
                if suffix and (whole := dotted(beyond[-1])):
                    yield Read(f"{whole}.{suffix}", (step, *way))
                yield from self.of(beyond, (step, *way))

    def _called(self, path: Path, way: tuple[Step, ...]) -> Iterator[Read]:
        """What a function of the script returns."""
        callee = path[-1].child_by_field_name("function")
        target = self._targets.of((*path, callee)) if callee is not None else None
        for each in returns_of(target) if isinstance(target, tuple) else ():
            span = self._script.source.lines.span(each[-1].start_byte, each[-1].end_byte)
            yield from self.of(each, (Step(span, f"'{dotted(callee)}' returns this"), *way))

    def _origin(self, path: Path) -> Import | None:
        """What of another file a name, or a member of it, is."""
        members: list[str] = []
        base = path
        while base[-1].type in _CHAINS:
            inner = base[-1].child_by_field_name("object")
            if inner is None:
                return None
            members.append(dotted(base[-1]).rsplit(".", 1)[-1])
            base = (*base, inner)
        declared = self._declared(base)
        found = imported(declared) if declared is not None else None
        return Import(found.module, found.name, (*found.members, *reversed(members))) if found else None

    def _declared(self, path: Path) -> Path | None:
        names = self._script.names
        binding = names.binding(path) if path[-1].type in _NAMES else None
        if binding is None or names.is_reassigned(binding):
            return None
        return names.declarations(binding.name)[binding.scope][-1]

    def _beyond(self, path: Path) -> Iterator[tuple[Path, str]]:
        """What a name or a member stands for, and the member of that which it is."""
        if path[-1].type in _CHAINS:
            definition = self._script.texts.definition(path)
            if definition is not None and definition[-1] != path[-1]:
                yield definition, ""
            return
        declared = self._declared(path)
        if declared is None:
            return
        top, members = members_taken(declared)
        holder = declared[top - 1]
        value = holder.child_by_field_name("value")
        if holder.type == "variable_declarator" and value is not None and members is not None:
            yield (*declared[:top], value), ".".join(members)


def _unnamed(node: Node) -> list[Node]:
    """What of a chain of members is no part of its name: arguments, computed keys."""
    found: list[Node] = []
    base: Node | None = node
    while base is not None:
        index = base.child_by_field_name("index")
        if index is not None and constant(index) is None:
            found.append(index)
        if base.type == "call_expression":
            found.append(base)
            break
        inner = base.child_by_field_name("object") if base.type in _CHAINS else None
        if inner is None and base.type not in _NAMES and base is not node:
            found.append(base)
        base = inner
    return found


def is_tested(parent: Node, child: Node) -> bool:
    """Whether the child is the test of what the parent decides."""
    if parent.type in (
        "if_statement",
        "ternary_expression",
        "while_statement",
        "do_statement",
        "for_statement",
    ):
        return is_field(parent, "condition", child)
    return parent.type == "switch_statement" and is_field(parent, "value", child)
