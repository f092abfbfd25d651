"""What a call does with the constants it is given."""

from collections.abc import Iterator

import libcst as cst

from archlint.facts import Sink
from archlint.languages.python3.imports import Imports
from archlint.languages.python3.literals import constant_text
from archlint.languages.python3.names import name_of, positional
from archlint.languages.python3.paths import Path
from archlint.languages.python3.uses import Spot, Use

# Calls whose argument names query parameters or headers.
BUILDERS = {"Headers": Sink.HEADER, "QueryParams": Sink.QUERY, "urlencode": Sink.QUERY}
# Calls that take an environment variable's name and its value, and methods that take any key and its value.
_ENVIRONMENT = frozenset({"getenv", "putenv", "setenv"})
_KEYED = frozenset({"__setitem__", "add", "append", "get", "pop", "set", "setdefault"})
_HEADERS = frozenset({"add_header", "putheader", "replace_header", "send_header"})
_ATTRIBUTES = frozenset({"getattr", "setattr"})
# Field declarations that take a default first: pydantic's, FastAPI's, typer's.
_FIELDS = frozenset({"Body", "Cookie", "Field", "Form", "Header", "Option", "Query"})


def header_name(sink: Sink, name: str) -> str:
    """The name as facts have it: those of headers in lower case (RFC 9110 §5.1: they are case-insensitive)."""
    return name.lower() if sink is Sink.HEADER else name


def callee_names(call: cst.Call, path: Path, imports: Imports) -> tuple[str, ...]:
    """The last segment of what is called, and its dotted names if it is imported."""
    qualified = imports.qualified(call.func, path)
    last = qualified[0].rsplit(".", 1)[-1] if qualified else name_of(call.func)
    return tuple(dict.fromkeys((last, *qualified)))


def callee_of(path: Path, imports: Imports) -> str:
    """The last segment of what the call at the end of the path calls; a class's name for its keywords."""
    match path[-1]:
        case cst.Call() as call:
            return callee_names(call, path, imports)[0]
        case cst.ClassDef(name=name):
            return name.value
    return ""


def is_environment(holder: cst.BaseExpression, path: Path, imports: Imports) -> bool:
    """Whether an expression is ``os.environ``: by what is imported, and by its name if that is unknown."""
    qualified = imports.qualified(holder, path)
    return "os.environ" in qualified if qualified else name_of(holder) == "environ"


def argument(spot: Spot) -> Iterator[Use]:
    """The sinks of an argument: the keyword's, or the callee's with what the arguments before it make of it."""
    given, call = spot.receiver, spot.above(2)
    if not isinstance(given, cst.Arg):
        return
    if given.keyword is not None:
        yield Use(Sink.PROPERTY, given.keyword.value, spot.index - 1)
        yield from _keyword(spot, given.keyword.value)
    elif isinstance(call, cst.Call):
        position = next(index for index, each in enumerate(call.args) if each is given)
        for name in callee_names(call, spot.path, spot.imports):
            yield Use(Sink.ARGUMENT, name, spot.index - 2, position)
        yield from _keyed(spot, call, position)
        yield from _listed(spot)


def reads_environment(path: Path, imports: Imports) -> bool:
    """Whether the end of the path is the first argument of ``os.getenv`` or ``os.environ.get``."""
    match path[-2], path[-3]:
        case cst.Arg(keyword=None) as given, cst.Call() as call:
            return call.args[0] is given and _is_of_environment(call, path, imports)
    return False


def environment_key(node: cst.CSTNode, path: Path, imports: Imports) -> str:
    """The variable that ``os.getenv`` or ``os.environ.get`` reads; '' for any other expression."""
    if isinstance(node, cst.Call) and _is_of_environment(node, path, imports):
        return constant_text(positional(node, 0)) or ""
    return ""


def is_field_default(spot: Spot) -> bool:
    """Whether the argument is the default of the field that the call declares."""
    given, call = spot.receiver, spot.above(2)
    if not isinstance(given, cst.Arg) or not isinstance(call, cst.Call):
        return False
    if given.keyword is not None:
        return given.keyword.value == "default"
    return name_of(call.func) in _FIELDS and call.args[0] is given


def _keyword(spot: Spot, keyword: str) -> Iterator[Use]:
    """``os.getenv(KEY, default=value)`` and ``os.environ.update(KEY=value)``."""
    call = spot.above(2)
    if not isinstance(call, cst.Call):
        return
    key = constant_text(positional(call, 0))
    if keyword == "default" and key and _is_of_environment(call, spot.path, spot.imports):
        yield Use(Sink.ENV, key, spot.index - 1)
    match call.func:
        case cst.Attribute(value=holder, attr=cst.Name(value="update")):
            if is_environment(holder, spot.path, spot.imports):
                yield Use(Sink.ENV, keyword, spot.index - 1)


def _keyed(spot: Spot, call: cst.Call, position: int) -> Iterator[Use]:
    """``environ.get(KEY, value)``, ``headers.setdefault(KEY, value)``, ``setattr(holder, KEY, value)``."""
    callee = name_of(call.func) if isinstance(call.func, cst.Name | cst.Attribute) else ""
    key = constant_text(positional(call, position - 1)) if position else None
    if not key:
        return
    if position == 2 and callee in _ATTRIBUTES:  # noqa: PLR2004 -- after the holder and the name
        yield Use(Sink.PROPERTY, key, spot.index - 2)
    elif position != 1:
        return
    elif _is_of_environment(call, spot.path, spot.imports):
        yield Use(Sink.ENV, key, spot.index - 2)
    elif callee in _HEADERS:
        yield Use(Sink.HEADER, key.lower(), spot.index - 2)
    elif callee in _KEYED and isinstance(call.func, cst.Attribute):
        yield Use(Sink.PROPERTY, key, spot.index - 2)
        if name_of(call.func.value).lower().endswith(("headers", "header")):
            yield Use(Sink.HEADER, key.lower(), spot.index - 2)


def _is_of_environment(call: cst.Call, path: Path, imports: Imports) -> bool:
    last, *qualified = callee_names(call, path, imports)
    if last in _ENVIRONMENT and (not qualified or f"os.{last}" in qualified):
        return True
    match call.func:
        case cst.Attribute(value=holder, attr=cst.Name(value=method)):
            return method in _KEYED and is_environment(holder, path, imports)
    return False


def _listed(spot: Spot) -> Iterator[Use]:
    """``urlencode([("subject", "devstudio")])``: the first of a pair names the second."""
    call, pair, index = spot.above(2), spot.path[-3], len(spot.path) - 3
    sink = BUILDERS.get(callee_of(spot.path[: spot.index - 1], spot.imports))
    is_value = isinstance(pair, cst.Tuple) and isinstance(call, cst.Call) and spot.index < index
    if sink and is_value and len(pair.elements) == 2 and pair.elements[1] is spot.path[-2]:  # type: ignore[attr-defined] # noqa: PLR2004
        yield Use(sink, header_name(sink, constant_text(pair.elements[0].value) or ""), index)  # type: ignore[attr-defined]
