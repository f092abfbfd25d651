"""Which declaration a name means. Scopes are looked up by name, so a tree is never walked whole."""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec
from tree_sitter import Tree

from archlint.languages.ecmascript.calls import MEMBERSHIP
from archlint.languages.ecmascript.following.declarations import declaration_scope, is_enum_member, is_written
from archlint.languages.ecmascript.following.objects import MOVERS
from archlint.languages.ecmascript.following.selves import Self, self_of
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import first_operand, method_of
from archlint.languages.ecmascript.paths import Path, is_field, path_to, text
from archlint.members import ANY, CALL, positions

# ECMA-262 §12.7 without escapes: what continues a name is a letter of any script, a digit, `$` or `_`.
_NAME = re.compile(rb"[A-Za-z_$\x80-\xff][\w$\x80-\xff]*")
_TOKENS = frozenset(
    {
        "identifier",
        "shorthand_property_identifier",
        "shorthand_property_identifier_pattern",
        "type_identifier",
    }
)
# Methods that concern every element.
_WHOLE = MOVERS | MEMBERSHIP
# What a read with a computed key leads to; no member is called so.
_NOWHERE = "\0"


class Binding(msgspec.Struct, frozen=True):
    """A name in one scope."""

    name: str
    scope: int
    """The id of the node that is the scope."""


class Names:
    """The names of one script, each looked up when it is first asked for."""

    def __init__(self, data: bytes, tree: Tree) -> None:
        self._data = data
        self._tree = tree
        self._tokens: dict[str, tuple[Path, ...]] = {}
        self._declared: dict[str, dict[int, list[Path]]] = {}
        self._reads: dict[str, dict[Binding, list[Path]]] = {}
        self._written: dict[str, frozenset[Binding]] = {}
        self._changed: dict[Binding, bool] = {}
        self._members: dict[Binding, dict[str, list[Path]]] = {}
        self._selves: dict[Self, list[Path]] | None = None

    @cached_property
    def _places(self) -> dict[bytes, list[int]]:
        places: dict[bytes, list[int]] = {}
        root = self._tree.root_node
        for match in _NAME.finditer(self._data, root.start_byte, root.end_byte):
            places.setdefault(match[0], []).append(match.start())
        return places

    def binding(self, path: Path) -> Binding | None:
        """What the name at the end of the path is bound to; None if nothing in this script declares it.

        Nothing declares a name that is not written out: one that the parser puts in, or one with escapes.
        """
        name = text(path[-1])
        declared = self.declarations(name)
        own = declaration_scope(path)
        if own is not None:
            return Binding(name, own) if own in declared else None
        scope = next((node.id for node in reversed(path) if node.id in declared), None)
        return Binding(name, scope) if scope is not None else None

    def declarations(self, name: str) -> dict[int, list[Path]]:
        """Where the name is declared, by scope."""
        if name not in self._declared:
            found: dict[int, list[Path]] = {}
            for path in self.tokens(name):
                scope = declaration_scope(path)
                if scope is not None:
                    found.setdefault(scope, []).append(path)
            self._declared[name] = found
        return self._declared[name]

    def tokens(self, name: str) -> tuple[Path, ...]:
        """The ways to the tokens that are this name, comments and texts left out."""
        if name not in self._tokens:
            encoded = name.encode()
            starts = self._places.get(encoded, ())
            paths = (path_to(self._tree, start, start + len(encoded)) for start in starts)
            self._tokens[name] = tuple(path for path in paths if _is_name(path))
        return self._tokens[name]

    def reads(self, binding: Binding) -> tuple[Path, ...]:
        """Where the binding's value is asked for, in document order."""
        if binding.name not in self._reads:
            found: dict[Binding, list[Path]] = {}
            for path in self.tokens(binding.name):
                if _is_read(path) and (read := self.binding(path)) is not None:
                    found.setdefault(read, []).append(path)
            self._reads[binding.name] = found
        return tuple(self._reads[binding.name].get(binding, ()))

    def readers(self, binding: Binding, ahead: tuple[str, ...]) -> Iterator[Path]:
        """The reads of the binding that may be of what has such members ahead: not those of other members."""
        key = _spelt(ahead[0]) if ahead else ""
        if not key:
            yield from self.reads(binding)
            return
        if binding not in self._members:
            found: dict[str, list[Path]] = {}
            for path in self.reads(binding):
                found.setdefault(_member_read(path), []).append(path)
            self._members[binding] = found
        yield from self._members[binding].get("", ())
        yield from self._members[binding].get(key, ())

    def selves(self, self_: Self) -> tuple[Path, ...]:
        """Where ``this`` is that object or class."""
        if self._selves is None:
            self._selves = {}
            for start in self._places.get(b"this", ()):
                path = path_to(self._tree, start, start + len(b"this"))
                owner = self_of(path) if path[-1].type == "this" else None
                if owner is not None:
                    self._selves.setdefault(owner, []).append(path)
        return tuple(self._selves.get(self_, ()))

    def is_reassigned(self, binding: Binding) -> bool:
        """Whether another value is assigned to it, or it is declared with a value more than once."""
        if binding.name not in self._written:
            written = (self.binding(path) for path in self.tokens(binding.name) if is_written(path))
            self._written[binding.name] = frozenset(each for each in written if each is not None)
        several = self.declarations(binding.name).get(binding.scope, [])
        return binding in self._written[binding.name] or len(list(_with_value(several))) > 1

    def is_changed(self, binding: Binding) -> bool:
        """Whether a member of what it holds is assigned to."""
        if binding not in self._changed:
            self._changed[binding] = any(map(_is_changed, self.reads(binding)))
        return self._changed[binding]


def _is_name(path: Path) -> bool:
    return path[-1].type in _TOKENS or (path[-1].type == "property_identifier" and is_enum_member(path))


def _member_read(path: Path) -> str:
    """The member that is read off the name at the end of the path; '' if that can be any, or it is used otherwise."""
    if not is_field(path[-2], "object", path[-1]):
        return ""
    member, index = path[-2].child_by_field_name("property"), path[-2].child_by_field_name("index")
    if member is not None:
        return "" if text(member) in _WHOLE else text(member)
    value = constant(index) if index is not None else None
    if value is None:
        return "" if is_written(path[:-1]) else _NOWHERE
    return _spelt(value)


def _spelt(member: str) -> str:
    """A member as one key for all ways to write it: ``x[0]``, ``x['0']``; '' if it may be any, or is a call's."""
    if member in (ANY, CALL):
        return ""
    found = positions(member)
    if found is None:
        return member
    return f"[{found[0]}]" if found[0] == found[1] else ""


def _is_changed(path: Path) -> bool:
    """``a.b.c = 1``, ``Object.assign(a, …)``, where ``a`` stands at the end of the path."""
    index = len(path) - 1
    while index > 0 and is_field(path[index - 1], "object", path[index]):
        index -= 1
        if is_written(path[: index + 1]):
            return True
    call = path[-3] if path[-2].type == "arguments" else None
    callee = call.child_by_field_name("function") if call is not None else None
    return method_of(callee) == "assign" and first_operand(path[-2]) == path[-1]


def _with_value(paths: list[Path]) -> Iterator[Path]:
    """Those of the declarations that say a value, or may be given one: ``var x;`` does not.

    Namespaces add to what else has their name, and enums to each other.
    """
    enums = [path for path in paths if path[-2].type == "enum_declaration"]
    for path in paths:
        if path[-2].type in ("internal_module", "module") or path in enums[1:]:
            continue
        is_empty = path[-2].type == "variable_declarator" and path[-2].child_by_field_name("value") is None
        if not (is_empty or path[-2].type == "function_signature"):
            yield path


def _is_read(path: Path) -> bool:
    node, parent = path[-1], path[-2]
    if node.type not in ("identifier", "shorthand_property_identifier"):
        return False
    if parent.type == "export_specifier":
        is_reexport = len(path) > 3 and path[-4].child_by_field_name("source") is not None  # noqa: PLR2004
        return not is_reexport and is_field(parent, "name", node)
    if parent.type in ("import_specifier", "namespace_export"):
        return False
    return declaration_scope(path) is None and not is_written(path)
