"""What things are called: the last segment of an expression, and the name a function goes by."""

from tree_sitter import Node

from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.paths import Path, is_field, parts_of, text

FUNCTIONS = frozenset(
    {
        "arrow_function",
        "function_declaration",
        "function_expression",
        "generator_function",
        "generator_function_declaration",
        "method_definition",
    }
)
# Wrappers with one operand, which keep its name and its value.
WRAPPERS = frozenset(
    {
        "as_expression",
        "await_expression",
        "jsx_expression",
        "non_null_expression",
        "parenthesized_expression",
        "satisfies_expression",
        "type_assertion",
    }
)
_NAMED = frozenset(
    {
        "identifier",
        "private_property_identifier",
        "property_identifier",
        "shorthand_property_identifier",
        "shorthand_property_identifier_pattern",
        "type_identifier",
        "jsx_namespace_name",
        "this",
    }
)
# Calls that read a value by its name, and calls that hand their receiver on under another form.
_READERS = frozenset({"get", "getAll", "getItem", "has", "header", "param", "query"})
_NORMALISERS = frozenset({"at", "normalize", "toLowerCase", "toString", "toUpperCase", "trim", "valueOf"})


def name_of(node: Node | None) -> str:
    """The last segment of what an expression or key is called, or ''.

    ``args.subject``, ``args['subject']``, ``params.get('subject')``, ``subject.trim()`` and
    ``(subject as Subject) ?? x`` are all called ``subject``; ``resolve(x)`` is called ``resolve``.
    """
    while node is not None:
        if node.type in _NAMED:
            return text(node).removeprefix("#")
        if (value := constant(node)) is not None:
            return value
        node = _called_part(node) if node.type == "call_expression" else _named_part(node)
    return ""


def core_of(node: Node) -> Node | None:
    """The operand whose value an expression has, for what is asked of names; None for one that has its own.

    That of ``(subject as Subject) ?? x`` is ``subject as Subject``, that of ``subject.trim()`` is ``subject``; a
    member, and a call that computes something, are what they are.
    """
    if node.type == "call_expression":
        part = _called_part(node)
        return None if part is None or part == node.child_by_field_name("function") else part
    if node.type == "binary_expression":
        return node.child_by_field_name("left")
    return first_operand(node) if node.type in WRAPPERS else None


def _named_part(node: Node) -> Node | None:
    match node.type:
        case "member_expression" | "nested_identifier":
            return node.child_by_field_name("property")
        case "subscript_expression":
            index = node.child_by_field_name("index")
            is_constant = index is not None and constant(index) is not None
            return index if is_constant else node.child_by_field_name("object")
        case "binary_expression" | "assignment_pattern":
            return node.child_by_field_name("left")
        case "computed_property_name" | "object_assignment_pattern" | "array_pattern" | "rest_pattern":
            return first_operand(node)
    return first_operand(node) if node.type in WRAPPERS else None


def dotted(node: Node | None) -> str:
    """All that an expression is called, with dots: ``frame.contentWindow.postMessage``; what is no name is left out.

    ``load().then`` is ``load.then``, ``row['plan']`` is ``row.plan``, ``rows[index]`` is ``rows``.
    """
    parts: list[str] = []
    while node is not None:
        if node.type in _NAMED:
            parts.append(text(node).removeprefix("#"))
            break
        if node.type in ("member_expression", "subscript_expression"):
            key = node.child_by_field_name("property") or node.child_by_field_name("index")
            name = text(key).removeprefix("#") if key is not None and key.type in _NAMED else None
            name = constant(key) if key is not None and node.type == "subscript_expression" else name
            parts.extend([name] if name else [])
            node = node.child_by_field_name("object")
        elif node.type == "call_expression":
            node = node.child_by_field_name("function")
        else:
            node = first_operand(node) if node.type in WRAPPERS else None
    return ".".join(reversed(parts))


def _called_part(call: Node) -> Node | None:
    callee = call.child_by_field_name("function")
    argument = first_operand(call.child_by_field_name("arguments"))
    method = method_of(callee)
    if method in _READERS and argument is not None and constant(argument):
        return argument
    if method in _NORMALISERS and callee is not None:
        return callee.child_by_field_name("object")
    is_conversion = callee is not None and callee.type == "identifier" and text(callee) == "String"
    return argument if is_conversion else callee


def method_of(callee: Node | None) -> str:
    """The property of a callee such as ``params.get``; '' for any other."""
    if callee is None or callee.type != "member_expression":
        return ""
    method = callee.child_by_field_name("property")
    return text(method) if method is not None else ""


def first_operand(node: Node | None) -> Node | None:
    """The first named child that is not a comment."""
    return next(iter(parts_of(node)), None) if node is not None else None


def key_of(node: Node) -> str:
    """The name of a pair, property, field or enum member."""
    return name_of(node.child_by_field_name("key") or node.child_by_field_name("name") or node.children[0])


def function_names(path: Path) -> tuple[str, ...]:
    """The named functions around the end of the path, outermost first."""
    names = (function_name(path, index) for index in range(len(path) - 1) if path[index].type in FUNCTIONS)
    return tuple(name for name in names if name)


def function_name(path: Path, index: int) -> str:
    """What the function at ``path[index]`` goes by: its own name, or that of what it is bound to.

    A function handed to a call is called as the call's result is: ``const subject = useMemo(() => …)``.
    """
    own = path[index].child_by_field_name("name")
    if own is not None:
        return name_of(own)
    for position in range(index - 1, -1, -1):
        node, child = path[position], path[position + 1]
        if node.type in ("variable_declarator", "pair", "public_field_definition", "field_definition"):
            return key_of(node) if is_field(node, "value", child) else ""
        if node.type == "assignment_expression":
            return name_of(node.child_by_field_name("left"))
        if node.type not in WRAPPERS and node.type not in ("arguments", "call_expression"):
            return ""
    return ""
