"""What goes into calls and comes out of functions, as far as one script says."""

from collections.abc import Iterator

from archlint.languages.ecmascript.following.exports import exported_names
from archlint.languages.ecmascript.following.scopes import Names
from archlint.languages.ecmascript.names import FUNCTIONS, dotted, first_operand, method_of
from archlint.languages.ecmascript.paths import Path, is_field, parts_of

# What the results of well-known functions are.
_RESULTS = {
    "Boolean": "boolean",
    "Date.now": "number",
    "JSON.stringify": "",
    "Math.ceil": "number",
    "Math.floor": "number",
    "Math.max": "number",
    "Math.min": "number",
    "Math.round": "number",
    "Number": "number",
    "Number.parseInt": "number",
    "Object.freeze": "",
    "Object.seal": "",
    "Array.isArray": "boolean",
    "String": "string",
    "crypto.randomUUID": "string",
    "encodeURIComponent": "string",
    "parseFloat": "number",
    "parseInt": "number",
    "performance.now": "number",
    "structuredClone": "",
    "uuid": "string",
    "uuidv4": "string",
}
_METHODS = {
    "join": "string",
    "padStart": "string",
    "replace": "string",
    "toISOString": "string",
    "toLowerCase": "string",
    "toString": "string",
    "toUpperCase": "string",
    "trim": "string",
}


def operands(path: Path) -> tuple[Path, ...]:
    """The ways to the arguments of the call at the end of the path."""
    arguments = path[-1].child_by_field_name("arguments")
    if arguments is None or arguments.type != "arguments":
        return ()
    return tuple((*path, arguments, child) for child in parts_of(arguments))


def plain_call(path: Path) -> tuple[str, tuple[Path, ...]] | None:
    """Of the call of a well-known function the type of what it gives, or else the arguments that this is made of."""
    callee = path[-1].child_by_field_name("function")
    if callee is None:
        return None
    given = operands(path)
    called = dotted(callee).removeprefix("window.").removeprefix("globalThis.")
    if called == "Object.assign" and given:
        return "", given
    if called in ("useMemo", "React.useMemo") and given:
        returned = returns_of(given[0])
        return ("", returned) if len(returned) == 1 else None
    type_ = _RESULTS.get(called)
    if type_ is None and callee.type == "member_expression":
        type_ = _METHODS.get(method_of(callee))
    if type_ == "" and not given:
        return None
    return (type_, given[:1]) if type_ is not None else None


def returns_of(function: Path) -> tuple[Path, ...]:
    """The ways to what the function at the end of the path returns."""
    node = function[-1]
    body = node.child_by_field_name("body") if node.type in FUNCTIONS else None
    if body is None:
        return ()
    if body.type != "statement_block":
        return ((*function, body),)
    return tuple(_returned((*function, body)))


def _returned(block: Path) -> Iterator[Path]:
    waiting = [block]
    while waiting:
        path = waiting.pop()
        value = first_operand(path[-1]) if path[-1].type == "return_statement" else None
        if value is not None:
            yield (*path, value)
        elif path[-1].type not in FUNCTIONS and not path[-1].type.endswith("expression"):
            waiting.extend((*path, child) for child in reversed(path[-1].named_children))


def arguments_of(names: Names, parameter: Path) -> tuple[Path, ...]:
    """What calls give to the parameter at the end of the path; none if other files, or names, may call as well."""
    index = next((at for at in range(len(parameter) - 1, 0, -1) if parameter[at].type in FUNCTIONS), 0)
    position = _position(parameter, index)
    name = _own_name(parameter[: index + 1]) if index else None
    binding = names.binding(name) if name is not None else None
    if (
        position < 0
        or name is None
        or binding is None
        or [*exported_names(name)]
        or names.is_reassigned(binding)
    ):
        return ()
    found: list[Path] = []
    for read in names.reads(binding):
        is_called = read[-2].type == "call_expression" and is_field(read[-2], "function", read[-1])
        given = operands(read[:-1]) if is_called else ()
        if len(given) <= position or any(each[-1].type == "spread_element" for each in given):
            return ()
        found.append(given[position])
    return tuple(found)


def _position(parameter: Path, index: int) -> int:
    """Which of the function's parameters it is; -1 if it is none of them as a whole."""
    parameters = parameter[index].child_by_field_name("parameters")
    if parameters is None:
        return 0 if len(parameter) == index + 2 else -1
    listed = parts_of(parameters)
    holder = parameter[index + 2] if len(parameter) > index + 2 else None
    return listed.index(holder) if holder in listed else -1


def _own_name(function: Path) -> Path | None:
    """The way to the name that a function is declared by, or bound to."""
    node, holder = function[-1], function[-2]
    own = node.child_by_field_name("name") if node.type.endswith("declaration") else None
    if own is not None:
        return (*function, own)
    bound = holder.child_by_field_name("name") if holder.type == "variable_declarator" else None
    return (*function[:-1], bound) if bound is not None and bound.type == "identifier" else None
