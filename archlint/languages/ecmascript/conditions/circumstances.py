"""Under which circumstances an expression counts: the tests before it, and whether it stands in for something."""

from collections.abc import Iterable, Iterator

import msgspec
from tree_sitter import Node

from archlint.languages.ecmascript.code.branches import leaves
from archlint.languages.ecmascript.conditions.reads import reads
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.names import FUNCTIONS, dotted, first_operand
from archlint.languages.ecmascript.paths import Path, is_field

_FALLBACKS = frozenset({"??", "||", "??=", "||="})
_MOST = 64
# What has a default, with the field of what this stands in for.
_DEFAULTED = {
    "assignment_pattern": "left",
    "object_assignment_pattern": "left",
    "optional_parameter": "pattern",
    "required_parameter": "pattern",
}
_OPERATIONS = frozenset({"augmented_assignment_expression", "binary_expression"})
_ROWS = frozenset({"program", "statement_block", "switch_case", "switch_default"})


class Test(msgspec.Struct, frozen=True):
    """Something that is tested before an expression counts; ``stands_in`` if that one is there for what is tested."""

    at: Path
    stands_in: bool = False


def circumstances(script: Script, paths: Iterable[Path]) -> tuple[bool, tuple[str, ...]]:
    """Whether a value that goes through these expressions stands in for another, and what is read to decide it."""
    is_fallback = False
    names: dict[str, None] = {}
    for path in paths:
        for test in _tests(script, path):
            is_fallback = is_fallback or test.stands_in
            names.update((read.name, None) for read in reads(script, test.at))
    return is_fallback, tuple(names)[:_MOST]


def _tests(script: Script, path: Path) -> Iterator[Test]:
    """The tests around the end of the path, innermost first, as far as its function goes."""
    for index in range(len(path) - 1, 0, -1):
        parent, child = path[index - 1], path[index]
        if child.type in FUNCTIONS:
            return
        yield from _around(script, path[:index], child)
        if parent.type in _ROWS:
            yield from _before(path[:index], child)


def _around(script: Script, path: Path, child: Node) -> Iterator[Test]:
    parent = path[-1]
    if parent.type == "ternary_expression" and not is_field(parent, "condition", child):
        yield from _of_ternary(script, path, child)
    elif parent.type in _OPERATIONS and is_field(parent, "right", child):
        yield from _of_operation(path)
    elif parent.type in ("if_statement", "while_statement", "for_statement"):
        yield from _of_statement(script, path, child)
    elif parent.type in ("switch_case", "switch_default"):
        yield from _of_case(path)
    elif (field := _DEFAULTED.get(parent.type)) is not None and not is_field(parent, field, child):
        name = parent.child_by_field_name(field)
        yield from [Test((*path, name), stands_in=True)] if name is not None and name != child else []


def _of_case(path: Path) -> Iterator[Test]:
    switch = path[-3] if len(path) > 2 else None  # noqa: PLR2004 -- of code with mistakes a case may be all
    value = switch.child_by_field_name("value") if switch and switch.type == "switch_statement" else None
    if value is not None:
        yield Test((*path[:-2], value), path[-1].type == "switch_default")


def _of_operation(path: Path) -> Iterator[Test]:
    operator, left = path[-1].child_by_field_name("operator"), path[-1].child_by_field_name("left")
    sign = operator.type if operator is not None else ""
    if left is not None and (sign in _FALLBACKS or sign in ("&&", "&&=")):
        yield Test((*path, left), sign in _FALLBACKS)


def _of_ternary(script: Script, path: Path, child: Node) -> Iterator[Test]:
    condition = path[-1].child_by_field_name("condition")
    other = path[-1].child_by_field_name(
        "alternative" if is_field(path[-1], "consequence", child) else "consequence"
    )
    if condition is not None:
        tested = (*path, condition)
        yield Test(tested, other is not None and _is_read(script, tested, dotted(other)))


def _of_statement(script: Script, path: Path, child: Node) -> Iterator[Test]:
    condition = path[-1].child_by_field_name("condition")
    if condition is not None and condition != child:
        tested = (*path, condition)
        yield Test(tested, any(_is_read(script, tested, name) for name in _assigned(child)))


def _assigned(node: Node) -> Iterator[str]:
    """What ``if (!x) x = 'a'`` assigns."""
    statements = node.named_children if node.type == "statement_block" else [node]
    for statement in statements:
        inner = first_operand(statement) if statement.type == "expression_statement" else None
        if inner is not None and inner.type == "assignment_expression":
            yield dotted(inner.child_by_field_name("left"))


def _is_read(script: Script, path: Path, name: str) -> bool:
    return bool(name) and any(read.name == name for read in reads(script, path))


def _before(path: Path, child: Node) -> Iterator[Test]:
    """``if (x) return …;`` before the statement: it counts only where the test fails."""
    for statement in path[-1].named_children:
        if statement == child:
            return
        if statement.type == "if_statement":
            ways = (
                statement.child_by_field_name("consequence"),
                statement.child_by_field_name("alternative"),
            )
            condition = statement.child_by_field_name("condition")
            if condition is not None and any(way is not None and leaves(way) for way in ways):
                yield Test((*path, statement, condition))
