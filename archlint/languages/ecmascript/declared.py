"""What else a sink is by its declaration: the parameter an argument is for, the type a value is declared to be of."""

from collections.abc import Iterator

from tree_sitter import Node

from archlint.facts import Sink
from archlint.languages.ecmascript.code.targets import Targets
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.names import FUNCTIONS
from archlint.languages.ecmascript.paths import Path, parts_of, text
from archlint.languages.ecmascript.transparent import outermost
from archlint.languages.ecmascript.use import Use

_CASTS = frozenset({"as_expression", "satisfies_expression", "type_assertion"})
# Types whose parts are the type too, for what is asked here: ``Plan | null``, ``readonly Plan[]``.
_THROUGH = frozenset(
    {"array_type", "parenthesized_type", "readonly_type", "type_annotation", "type_arguments", "union_type"}
)
_HOLDERS = frozenset({"Array", "Awaited", "NonNullable", "Promise", "Readonly", "ReadonlyArray", "Set"})


def parameters(use: Use, path: Path, script: Script) -> Iterator[Use]:
    """``bill('a')`` where the script has ``function bill(plan) {}``: the name of the parameter."""
    call = path[use.index] if use.sink is Sink.ARGUMENT else None
    callee = call.child_by_field_name("function") if call is not None else None
    target = Targets(script).of((*path[: use.index + 1], callee)) if callee is not None else None
    if not isinstance(target, tuple):
        return
    alone = target[-1].child_by_field_name("parameter")
    several = target[-1].child_by_field_name("parameters")
    named = [alone] if alone is not None else parts_of(several) if several is not None else []
    taken = named[use.argument :]
    pattern = taken[0].child_by_field_name("pattern") or taken[0] if taken else None
    if pattern is not None and pattern.type == "assignment_pattern":
        pattern = pattern.child_by_field_name("left")
    if pattern is not None and pattern.type == "identifier":
        yield Use(Sink.PARAMETER, text(pattern), use.index, use.argument)


def types(path: Path) -> Iterator[Use]:
    """``const plan: Plan = 'a'``, ``'a' as Plan``, ``(): Plan => 'a'``: the names of types."""
    index = outermost(path)
    for at in range(index, len(path) - 1):
        if path[at].type in _CASTS:
            written = parts_of(path[at])[0 if path[at].type == "type_assertion" else -1]
            yield from (Use(Sink.TYPE, name, at) for name in _named(written) if path[at + 1] != written)
    holder = path[index - 1] if index else None
    if holder is None:
        return
    if holder.type == "return_statement" or (
        holder.type in FUNCTIONS and path[index].type != "formal_parameters"
    ):
        function = next((node for node in reversed(path[:index]) if node.type in FUNCTIONS), None)
        annotation = function.child_by_field_name("return_type") if function is not None else None
    else:
        annotation = holder.child_by_field_name("type")
    if annotation is not None and annotation != path[index]:
        yield from (Use(Sink.TYPE, name, index - 1) for name in _named(annotation))


def _named(annotation: Node) -> Iterator[str]:
    waiting = [annotation]
    while waiting:
        part = waiting.pop()
        if part.type == "type_identifier":
            yield text(part)
        elif part.type in _THROUGH or (part.type == "generic_type" and text(parts_of(part)[0]) in _HOLDERS):
            waiting.extend(reversed(part.named_children))
