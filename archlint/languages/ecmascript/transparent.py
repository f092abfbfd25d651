"""Expressions that hand a value on unchanged: what a constant passes through before it acts."""

from tree_sitter import Node

from archlint.languages.ecmascript.names import WRAPPERS, method_of, name_of
from archlint.languages.ecmascript.paths import Path, is_field, text

TYPES = frozenset(
    {
        "array_type",
        "conditional_type",
        "generic_type",
        "intersection_type",
        "literal_type",
        "parenthesized_type",
        "readonly_type",
        "tuple_type",
        "type_annotation",
        "type_arguments",
        "union_type",
    }
)
_ALWAYS = WRAPPERS | TYPES | {"array", "spread_element"}
DEFAULTS = frozenset({"||", "??"})
# Calls whose result is their argument, for what is asked here.
_IDENTITIES = frozenset({"Number", "Set", "String", "encodeURI", "encodeURIComponent", "freeze", "parseInt"})
# Schema builders (zod, valibot, TypeBox, yup): their arguments are the values a field may have.
_SCHEMAS = frozenset(
    {
        "Literal",
        "Union",
        "catch",
        "default",
        "enum",
        "literal",
        "oneOf",
        "optional",
        "or",
        "picklist",
        "union",
    }
)
# Methods whose result is their receiver, for what is asked here: a text in another form, a schema with more to it.
_CHAINED = frozenset(
    {
        "brand",
        "catch",
        "default",
        "describe",
        "nullable",
        "nullish",
        "optional",
        "or",
        "toLowerCase",
        "toString",
        "toUpperCase",
        "trim",
    }
)


def outermost(path: Path) -> int:
    """The index of the outermost expression that has the value of the node at the end of the path."""
    index = len(path) - 1
    while index > 0 and _hands_on(path, index):
        index -= 1
    return index


def _hands_on(path: Path, index: int) -> bool:
    parent, child = path[index - 1], path[index]
    match parent.type:
        case "ternary_expression":
            return not is_field(parent, "condition", child)
        case "binary_expression":
            operator = text(parent.child_by_field_name("operator") or parent)
            return operator in DEFAULTS or (operator == "&&" and is_field(parent, "right", child))
        case "as_expression" | "satisfies_expression":
            return parent.children[0] == child
        case "arguments" | "member_expression" | "call_expression" | "new_expression":
            return _is_in_call(path, index)
    return parent.type in _ALWAYS


def _is_in_call(path: Path, index: int) -> bool:
    """Whether the child is what a call around it returns: its argument, or its receiver, in another form."""
    parent, child = path[index - 1], path[index]
    if parent.type == "arguments":
        return _is_identity(path[index - 2])
    if parent.type == "member_expression":
        return is_field(parent, "object", child) and method_of(parent) in _CHAINED and _is_called(path, index)
    return _is_chained(parent, child) or (is_field(parent, "arguments", child) and _is_identity(parent))


def _is_called(path: Path, index: int) -> bool:
    return index > 1 and is_field(path[index - 2], "function", path[index - 1])


def _is_chained(call: Node, child: Node) -> bool:
    return is_field(call, "function", child) and method_of(child) in _CHAINED


def _is_identity(call: Node) -> bool:
    callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    return name_of(callee) in _IDENTITIES or method_of(callee) in _SCHEMAS
