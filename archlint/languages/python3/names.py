"""What things are called: the last segment of an expression, and the name a function goes by."""

import libcst as cst

from archlint.languages.python3.literals import constant_text
from archlint.languages.python3.paths import Path

# Calls that read a value by its name, and methods that hand their receiver on under another form.
_READERS = frozenset({"get", "get_all", "getenv", "getfirst", "getlist", "getone", "pop", "setdefault"})
NORMALISERS = frozenset({"casefold", "lower", "removeprefix", "removesuffix", "strip", "upper"})
_CONVERSIONS = frozenset({"str"})


def name_of(node: cst.CSTNode | None) -> str:
    """The last segment of what an expression or key is called, or ''.

    ``args.subject``, ``args["subject"]``, ``params.get("subject")``, ``getattr(args, "subject")``,
    ``subject.strip()`` and ``subject or x`` are all called ``subject``; ``resolve(x)`` is called ``resolve``.
    """
    while node is not None:
        if isinstance(node, cst.Name):
            return node.value
        if (value := constant_text(node)) is not None:
            return value
        node = _called_part(node) if isinstance(node, cst.Call) else _named_part(node)
    return ""


def _named_part(node: cst.CSTNode) -> cst.CSTNode | None:
    match node:
        case cst.Attribute(attr=part) | cst.BooleanOperation(left=part) | cst.NamedExpr(target=part):
            return part
        case cst.Subscript(value=part):
            return part if constant_text(key := subscript_key(node)) is None else key
        case cst.Await(expression=part) | cst.StarredElement(value=part) | cst.Element(value=part):
            return part
    return None


def _called_part(call: cst.Call) -> cst.CSTNode | None:
    callee = call.func
    first = positional(call, 0)
    if isinstance(callee, cst.Attribute) and callee.attr.value in NORMALISERS:
        return callee.value
    name = name_of(callee) if isinstance(callee, cst.Name | cst.Attribute) else ""
    if name in _READERS and constant_text(first):
        return first
    if name == "getattr" and constant_text(second := positional(call, 1)):
        return second
    return first if name in _CONVERSIONS and first is not None else callee


def positional(call: cst.Call, index: int) -> cst.BaseExpression | None:
    """The positional argument at ``index``, or None."""
    arguments = call.args[: index + 1]
    if len(arguments) <= index or any(argument.keyword or argument.star for argument in arguments):
        return None
    return arguments[index].value


def subscript_key(node: cst.Subscript) -> cst.BaseExpression | None:
    """What stands between the brackets, if it is one expression."""
    if len(node.slice) != 1 or not isinstance(index := node.slice[0].slice, cst.Index):
        return None
    return index.value


def function_names(path: Path) -> tuple[str, ...]:
    """The named functions around the end of the path, outermost first."""
    names = (
        function_name(path, index)
        for index in range(len(path) - 1)
        if isinstance(path[index], cst.FunctionDef | cst.Lambda)
        and not isinstance(path[index + 1], cst.Decorator)
    )
    return tuple(name for name in names if name)


def function_name(path: Path, index: int) -> str:
    """What the function at ``path[index]`` goes by: its own name, or that of what a lambda is bound to."""
    function, holder = path[index], path[index - 1]
    if isinstance(function, cst.FunctionDef):
        return function.name.value
    match holder:
        case cst.Assign(targets=[cst.AssignTarget(target=target), *_]):
            return name_of(target)
        case cst.AnnAssign(target=target) | cst.NamedExpr(target=target):
            return name_of(target)
        case cst.DictElement(key=key):
            return name_of(key)
        case cst.Arg(keyword=cst.Name(value=name)) | cst.Param(name=cst.Name(value=name)):
            return name
    return ""
