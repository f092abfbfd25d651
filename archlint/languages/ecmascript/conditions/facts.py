"""The conditions of a script that read certain names, and the exports that depend on them."""

from collections.abc import Iterator

from tree_sitter import Node

from archlint.code import Condition, ConditionDemand, Tested
from archlint.languages.ecmascript.code.branches import leaves
from archlint.languages.ecmascript.code.calls import returns_of
from archlint.languages.ecmascript.code.giving import exported
from archlint.languages.ecmascript.code.targets import Targets
from archlint.languages.ecmascript.conditions.reads import Read, is_tested, reads
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import LITERALS, constant
from archlint.languages.ecmascript.names import WRAPPERS, dotted, function_names
from archlint.languages.ecmascript.paths import Path, paths_of
from archlint.languages.ecmascript.sinks import uses
from archlint.scope import matches_name

_SHORT = frozenset({"&&", "||", "??"})
_STATEMENTS = frozenset(
    {
        "do_statement",
        "for_statement",
        "if_statement",
        "switch_statement",
        "ternary_expression",
        "while_statement",
    }
)
_DECIDING = _STATEMENTS | {"augmented_assignment_expression", "binary_expression"}
_MENTIONS = LITERALS | {
    "identifier",
    "member_expression",
    "property_identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
}
_MOST = 200


def conditions(script: Script, demands: list[ConditionDemand]) -> Iterator[Condition]:
    """Those that read a name which is asked for, and mention what is asked for."""
    for path in paths_of(script.tree, _DECIDING):
        test = _test(path)
        if test is None:
            continue
        found = [read for read in reads(script, test) if any(_is_asked(read, demand) for demand in demands)]
        if found:
            yield _condition(script, path, test, found)


def _test(path: Path) -> Path | None:
    """The way to what the node at the end of the path decides by; None if it is part of another test."""
    node = path[-1]
    if node.type in _STATEMENTS:
        condition = node.child_by_field_name("condition") or node.child_by_field_name("value")
        return (*path, condition) if condition is not None else None
    operator, left = node.child_by_field_name("operator"), node.child_by_field_name("left")
    if left is None or operator is None or operator.type.removesuffix("=") not in _SHORT:
        return None
    index = len(path) - 1
    while index > 0 and (
        path[index - 1].type in WRAPPERS or path[index - 1].type in ("binary_expression", "unary_expression")
    ):
        index -= 1
    return None if is_tested(path[index - 1], path[index]) else (*path, left)


def _is_asked(read: Read, demand: ConditionDemand) -> bool:
    if read.origin is not None and read.origin.module in demand.modules:
        return True
    return is_named(demand.names, read.name)


def is_named(patterns: tuple[str, ...], name: str) -> bool:
    """Whether a dotted name, or the end of it, matches one of the patterns."""
    parts = name.split(".")
    ends = [".".join(parts[start:]) for start in range(len(parts))]
    return any(matches_name(pattern, end) for pattern in patterns for end in ends)


def _condition(script: Script, path: Path, test: Path, found: list[Read]) -> Condition:
    first, lines = found[0], script.source.lines
    mentions = dict.fromkeys(_mentions(path, test[-1]))
    return Condition(
        span=lines.span(test[-1].start_byte, test[-1].end_byte),
        reads=tuple(dict.fromkeys(read.name for read in found)),
        chooses=tuple(mentions)[:_MOST],
        constants=tuple(dict.fromkeys(_constants(test[-1]))),
        origins=tuple(dict.fromkeys(read.origin for read in found if read.origin is not None)),
        way=first.way,
        functions=function_names(path),
    )


def _mentions(path: Path, test: Node) -> Iterator[str]:
    """Names and constants in all that is decided, and what receives it."""
    yield from (
        (use.name for use in uses(path) if use.name)
        if path[-1].type not in _STATEMENTS - {"ternary_expression"}
        else ()
    )
    for way in _ways(path, test):
        waiting = [way]
        while waiting:
            node = waiting.pop()
            if node.type in _MENTIONS:
                yield constant(node) or dotted(node).rsplit(".", 1)[-1]
            waiting.extend(reversed(node.named_children))


def _ways(path: Path, test: Node) -> Iterator[Node]:
    """What is done, or given, where the test holds and where it does not."""
    node = path[-1]
    yield from (child for child in node.named_children if child != test)
    if node.type != "if_statement" or len(path) < 2:  # noqa: PLR2004 -- the statement and what holds it
        return
    ways = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
    if any(way is not None and leaves(way) for way in ways):
        # What comes after it is only done where it does not leave.
        after = [child for child in path[-2].named_children if child.start_byte >= node.end_byte]
        yield from after if is_row(path[-2]) else ()


def is_row(node: Node) -> bool:
    """Whether it is a row of statements."""
    return node.type in ("program", "statement_block", "switch_case", "switch_default")


def _constants(node: Node) -> Iterator[str]:
    waiting = [node]
    while waiting:
        part = waiting.pop()
        value = constant(part) if part.type in LITERALS else None
        if value is not None:
            yield value
        waiting.extend(reversed(part.named_children))


def tested(script: Script, demands: list[ConditionDemand]) -> Iterator[Tested]:
    """The exports whose value depends on what is asked for."""
    targets = Targets(script)
    root = script.tree.root_node
    for statement in root.named_children:
        if statement.type != "export_statement" or statement.child_by_field_name("source") is not None:
            continue
        for name, path in exported((root, statement)):
            target = targets.of(path)
            given = returns_of(target) if isinstance(target, tuple) else (path,)
            found = [read for each in given for read in reads(script, each)]
            asked = [read for read in found if any(_is_asked(read, demand) for demand in demands)]
            if asked:
                names = tuple(dict.fromkeys(read.name for read in asked))
                origins = tuple(dict.fromkeys(read.origin for read in asked if read.origin is not None))
                node = path[-1]
                span = script.source.lines.span(node.start_byte, node.end_byte)
                yield Tested(name, span, names, origins)
