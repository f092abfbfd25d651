"""Where a constant acts: from a literal outwards, through expressions that hand its value on, to its sinks."""

from collections.abc import Callable, Iterator

import libcst as cst

from archlint.facts import Sink
from archlint.languages.python3.annotations import typed
from archlint.languages.python3.calls import (
    BUILDERS,
    argument,
    callee_of,
    environment_key,
    header_name,
    is_environment,
    is_field_default,
)
from archlint.languages.python3.comparisons import case_value, compared
from archlint.languages.python3.imports import Imports
from archlint.languages.python3.literals import constant_text
from archlint.languages.python3.names import function_name, name_of, subscript_key
from archlint.languages.python3.paths import Path
from archlint.languages.python3.transparent import CONTAINERS, outermost
from archlint.languages.python3.uses import Spot, Use


def uses(path: Path, imports: Imports) -> Iterator[Use]:
    """The sinks of the expression at the end of ``path``, nearest first; none if its value goes nowhere."""
    yield from _fallback(path, imports)
    spot = Spot(path, outermost(path), imports)
    receive = _RECEIVERS.get(type(spot.receiver)) if spot.index else None
    if receive is not None:
        yield from receive(spot)


def _fallback(path: Path, imports: Imports) -> Iterator[Use]:
    """``subject or "devstudio"``: what the name before falls back to."""
    match path[-2]:
        case cst.BooleanOperation(operator=cst.Or(), left=left, right=right) if right is path[-1]:
            if key := environment_key(left, path, imports):
                yield Use(Sink.ENV, key, len(path) - 2)
            elif name := name_of(left):
                yield Use(Sink.VARIABLE, name, len(path) - 2)


# --- receivers that simply have a name -----------------------------------------------------------------------


def _assigned(spot: Spot) -> Iterator[Use]:
    match spot.receiver:
        case cst.Assign(targets=targets):
            for assigned in targets:
                yield from _bound(spot, assigned.target)
        case cst.AnnAssign(target=target, value=value) if value is spot.value:
            yield from _bound(spot, target)
        case cst.AugAssign(target=target) if isinstance(spot.value, CONTAINERS):
            yield from _bound(spot, target)
        case cst.For(target=target, iter=iterated) | cst.CompFor(target=target, iter=iterated):
            if iterated is spot.value and isinstance(iterated, CONTAINERS):
                yield from _bound(spot, target)


def _bound(spot: Spot, target: cst.BaseExpression) -> Iterator[Use]:
    index = spot.index - 1
    match target:
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            yield from _unpacked(spot, elements)
        case cst.Name(value=name):
            yield Use(Sink.PROPERTY if _class_around(spot.path, index) else Sink.VARIABLE, name, index)
        case cst.Attribute(attr=cst.Name(value=name)):
            yield Use(Sink.PROPERTY, name, index)
        case cst.Subscript(value=holder):
            key = constant_text(subscript_key(target))
            if key is None:
                yield Use(Sink.PROPERTY, name_of(holder), index)
            elif is_environment(holder, spot.path, spot.imports):
                yield Use(Sink.ENV, key, index)
            else:
                yield Use(Sink.PROPERTY, key, index)
                if _speaks_of_headers(name_of(holder)):
                    yield Use(Sink.HEADER, key.lower(), index)


def _unpacked(spot: Spot, targets: object) -> Iterator[Use]:
    """``plan, style = "full", "modern"``: each element has a target of its own."""
    assert isinstance(targets, tuple | list)
    elements = spot.value.elements if isinstance(spot.value, cst.Tuple | cst.List) else ()
    is_even = len(elements) == len(targets) and spot.index + 2 < len(spot.path)
    if is_even and all(isinstance(element, cst.Element) for element in (*elements, *targets)):
        for element, target in zip(elements, targets, strict=True):
            if element is spot.path[spot.index + 1]:
                yield from _bound(Spot(spot.path, spot.index + 2, spot.imports), target.value)


def _class_around(path: Path, index: int) -> str:
    """The class that the statement at ``index`` stands in, not in a function of it; or ''."""
    for node in reversed(path[:index]):
        if isinstance(node, cst.ClassDef):
            return node.name.value
        if isinstance(node, cst.FunctionDef | cst.Lambda):
            return ""
    return ""


def _named(spot: Spot) -> Iterator[Use]:
    """``(plan := "legacy")`` binds a name, and is itself the value."""
    receiver = spot.receiver
    if isinstance(receiver, cst.NamedExpr) and receiver.value is spot.value:
        yield Use(Sink.VARIABLE, name_of(receiver.target), spot.index - 1)
        yield from uses(spot.path[: spot.index], spot.imports)


def _parameter(spot: Spot) -> Iterator[Use]:
    if isinstance(spot.receiver, cst.Param) and spot.receiver.default is spot.value:
        yield Use(Sink.PARAMETER, spot.receiver.name.value, spot.index - 1)


def _returned(spot: Spot) -> Iterator[Use]:
    for position in range(spot.index - 1, -1, -1):
        if isinstance(spot.path[position], cst.FunctionDef | cst.Lambda):
            if name := function_name(spot.path, position):
                yield Use(Sink.RETURN, name, position)
            return


def _body(spot: Spot) -> Iterator[Use]:
    if isinstance(spot.receiver, cst.Lambda) and spot.receiver.body is spot.value:
        yield from _returned(spot)


def _argument(spot: Spot) -> Iterator[Use]:
    yield from argument(spot)
    if is_field_default(spot):
        # What receives the call receives its default: ``plan: str = field(default="legacy")``.
        yield from (
            use
            for use in uses(spot.path[: spot.index - 1], spot.imports)
            if isinstance(spot.path[use.index], cst.Assign | cst.AnnAssign | cst.Param)
            and use.sink in (Sink.PARAMETER, Sink.PROPERTY)
        )


def _pair(spot: Spot) -> Iterator[Use]:
    receiver = spot.receiver
    if not isinstance(receiver, cst.DictElement) or receiver.value is not spot.value:
        return
    key, index = name_of(receiver.key), spot.index - 1
    yield Use(Sink.PROPERTY, key, index)
    for holder in uses(spot.path[:index], spot.imports):
        if holder.sink is Sink.ARGUMENT and holder.argument == 0 and (sink := BUILDERS.get(holder.name)):
            yield Use(sink, header_name(sink, key), index)
        elif holder.sink is Sink.ARGUMENT and holder.name == "os.environ.update":
            yield Use(Sink.ENV, key, index)
        elif holder.sink in (Sink.PROPERTY, Sink.VARIABLE) and _speaks_of_headers(holder.name):
            yield Use(Sink.HEADER, key.lower(), index)
        elif holder.sink in (Sink.PROPERTY, Sink.VARIABLE) and holder.name == "env":
            yield Use(Sink.ENV, key, index)


def _speaks_of_headers(name: str) -> bool:
    return name.lower().endswith(("headers", "header"))


def owner(path: Path, use: Use, imports: Imports) -> str:
    """What the dict is bound to or handed to, the call is of, or the class is called, that a property is in."""
    match path[use.index]:
        case cst.Arg() if use.sink is Sink.PROPERTY:
            return callee_of(path[: use.index], imports)
        case cst.DictElement():
            holder = next(uses(path[: use.index], imports), None)
            return holder.name if holder is not None else ""
        case cst.Assign() | cst.AnnAssign() if use.sink is Sink.PROPERTY:
            return _class_around(path, use.index)
    return ""


_RECEIVERS: dict[type, Callable[[Spot], Iterator[Use]]] = {
    cst.AnnAssign: _assigned,
    cst.Arg: _argument,
    cst.Assign: _assigned,
    cst.AugAssign: _assigned,
    cst.CompFor: _assigned,
    cst.Comparison: compared,
    cst.ComparisonTarget: compared,
    cst.DictElement: _pair,
    cst.For: _assigned,
    cst.Index: typed,
    cst.Lambda: _body,
    cst.MatchValue: case_value,
    cst.NamedExpr: _named,
    cst.Param: _parameter,
    cst.Return: _returned,
}
