"""What a name's token does: declare the name in some scope, write to it, or neither."""

from tree_sitter import Node

from archlint.languages.ecmascript.names import FUNCTIONS
from archlint.languages.ecmascript.paths import Path, is_field

_SIGNATURES = frozenset(
    {
        "abstract_method_signature",
        "call_signature",
        "construct_signature",
        "constructor_type",
        "function_signature",
        "function_type",
        "index_signature",
        "method_signature",
    }
)
_FUNCTIONS = FUNCTIONS | _SIGNATURES
# What a ``var`` belongs to.
_BODIES = _FUNCTIONS | {"class_static_block", "internal_module", "module", "program"}
_BLOCKS = _BODIES | {
    "catch_clause",
    "class",
    "for_in_statement",
    "for_statement",
    "statement_block",
    "switch_body",
}
# Declarations whose name belongs to the scope around them.
_NAMED = frozenset(
    {
        "abstract_class_declaration",
        "class_declaration",
        "enum_declaration",
        "function_declaration",
        "function_signature",
        "generator_function_declaration",
        "internal_module",
        "module",
    }
)
# Expressions whose name is known inside them only.
_SELF_NAMED = frozenset({"class", "function_expression", "generator_function"})
_IMPORTS = frozenset({"import_alias", "import_clause", "import_require_clause", "namespace_import"})
_WRAPPERS = frozenset(
    {"as_expression", "non_null_expression", "parenthesized_expression", "satisfies_expression"}
)
_PATTERNS = frozenset({"array_pattern", "object_pattern", "rest_pattern"})


def declaration_scope(path: Path) -> int | None:
    """The id of the node in which the name at the end of the path is declared; None if it is no declaration."""
    index = pattern_top(path)
    if index < 1:
        return None
    declares = _DECLARES.get(path[index - 1].type)
    if declares is not None:
        return declares(path, index)
    return _of_named(path) if index == len(path) - 1 else None


def _of_declarator(path: Path, index: int) -> int | None:
    if not is_field(path[index - 1], "name", path[index]):
        return None
    is_var = path[index - 2].type == "variable_declaration"
    return _around(path, index - 1, _BODIES if is_var else _BLOCKS)


def _of_loop(path: Path, index: int) -> int | None:
    kind = path[index - 1].child_by_field_name("kind")
    if kind is None or not is_field(path[index - 1], "left", path[index]):
        return None
    return _around(path, index - 1, _BODIES) if kind.type == "var" else path[index - 1].id


def _of_parameter(path: Path, index: int) -> int | None:
    parent, child = path[index - 1], path[index]
    is_pattern = parent.type == "formal_parameters" or is_field(parent, "pattern", child)
    return _around(path, index - 1, _FUNCTIONS) if is_pattern else None


def _of_own_parameter(path: Path, index: int) -> int | None:
    return path[index - 1].id if is_field(path[index - 1], "parameter", path[index]) else None


_DECLARES = {
    "arrow_function": _of_own_parameter,
    "catch_clause": _of_own_parameter,
    "for_in_statement": _of_loop,
    "formal_parameters": _of_parameter,
    "optional_parameter": _of_parameter,
    "required_parameter": _of_parameter,
    "variable_declarator": _of_declarator,
}


def _of_named(path: Path) -> int | None:
    parent, child = path[-2], path[-1]
    if parent.type in _NAMED and is_field(parent, "name", child):
        return _around(path, len(path) - 2, _BLOCKS)
    if parent.type in _SELF_NAMED and is_field(parent, "name", child):
        return parent.id
    if parent.type == "import_specifier":
        alias = parent.child_by_field_name("alias")
        return _around(path, len(path) - 2, _BLOCKS) if alias in (None, child) else None
    if parent.type == "nested_identifier" and path[-3].type == "internal_module":
        is_first = is_field(parent, "object", child)
        return _around(path, len(path) - 3, _BLOCKS) if is_first else None
    if is_enum_member(path):
        return path[-3].id if parent.type == "enum_assignment" else parent.id
    return _around(path, len(path) - 2, _BLOCKS) if parent.type in _IMPORTS else None


def is_enum_member(path: Path) -> bool:
    """Whether the end of the path names a member of an enum, which is a name to the members around it."""
    parent = path[-2]
    return parent.type == "enum_body" or (
        parent.type == "enum_assignment" and is_field(parent, "name", path[-1])
    )


def _around(path: Path, index: int, types: frozenset[str]) -> int:
    """The nearest of such nodes around ``path[index]``; else the root, which an error may have replaced."""
    return next((path[at].id for at in range(index - 1, -1, -1) if path[at].type in types), path[0].id)


def pattern_top(path: Path) -> int:
    """The index of the outermost pattern that the end of the path is bound in; its own if it is in none."""
    index = len(path) - 1
    while index > 0 and _is_in_pattern(path[index - 1], path[index]):
        index -= 1
    return index


def _is_in_pattern(parent: Node, child: Node) -> bool:
    match parent.type:
        case "pair_pattern":
            return is_field(parent, "value", child)
        case "assignment_pattern":
            return is_field(parent, "left", child)
        case "object_assignment_pattern":
            return is_field(parent, "left", child)
    return parent.type in _PATTERNS


def is_written(path: Path) -> bool:
    """Whether a new value is assigned to what stands at the end of the path: ``x = 1``, ``[x] = y``, ``x++``."""
    index = len(path) - 1
    while index > 0 and (_is_in_pattern(path[index - 1], path[index]) or path[index - 1].type in _WRAPPERS):
        index -= 1
    if index < 1:
        return False
    parent, child = path[index - 1], path[index]
    match parent.type:
        case "assignment_expression" | "augmented_assignment_expression":
            return is_field(parent, "left", child)
        case "for_in_statement":
            return is_field(parent, "left", child) and parent.child_by_field_name("kind") is None
        case "unary_expression":
            return parent.children[0].type == "delete"
    return parent.type == "update_expression"
