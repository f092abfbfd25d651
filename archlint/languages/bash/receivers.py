"""Where a constant of a shell text acts: what is assigned, compared or handed over."""

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec
from tree_sitter import Node as Syntax

from archlint.facts import Sink
from archlint.languages.ecmascript.paths import Path, text

_DEFAULTS = frozenset({":-", "-", ":=", "="})
_COMPARISONS = frozenset({"=", "==", "!=", "<", ">", "<=", ">=", "-eq", "-ne", "-lt", "-gt", "-le", "-ge"})
_TESTS = frozenset({"test_command", "compound_statement", "arithmetic_expansion", "c_style_for_statement"})
_OPERATIONS = frozenset({"binary_expression", "parenthesized_expression", "unary_expression"})


class Use(msgspec.Struct, frozen=True):
    """A sink that a word reaches."""

    sink: Sink
    name: str
    argument: int = -1


Arguments = dict[int, list[Syntax]]
"""Those of each command, by the command's id, as far as they were asked for: a command may have many."""


def uses(path: Path, known: Arguments) -> Iterator[Use]:
    """The sinks of the word at the end of the path, nearest first: ``a=${b:-x}`` gives ``x`` to ``b`` and ``a``."""
    for index in defaults(path):
        yield from _assigned(path[index].named_children[0], is_prefix=False)
    top = outermost(path)
    yield from _received(path, top - 1 if path[top - 1].type == "array" else top, known)


def defaults(path: Path) -> list[int]:
    """The indices of the expansions whose default the word is, innermost first."""
    return [
        index for index in range(len(path) - 1, outermost(path) - 1, -1) if path[index].type == "expansion"
    ]


def outermost(path: Path) -> int:
    """The index of the outermost node with the word's value: a default is handed on, as is what quotes hold alone."""
    index = len(path) - 1
    while index > 1 and _hands_on(path[index - 1], path[index]):
        index -= 1
    return index


def _hands_on(around: Syntax, word: Syntax) -> bool:
    if around.type == "expansion":
        operator = around.child_by_field_name("operator")
        return operator is not None and operator.type in _DEFAULTS and around.named_children[0] != word
    # White space in quotes has no node, or is part of the expansion's.
    size = len((word.text or b"").lstrip()) + len(b'""')
    return around.type == "string" and around.end_byte - around.start_byte == size


def _received(path: Path, index: int, known: Arguments) -> Iterator[Use]:
    node, around = path[index], path[index - 1]
    match around.type:
        case "variable_assignment":
            if around.child_by_field_name("value") == node:
                name = around.child_by_field_name("name")
                yield from _assigned(name, is_prefix=path[index - 2].type == "command")
        case "for_statement":
            yield Use(Sink.VARIABLE, name_of(around.child_by_field_name("variable")))
        case "case_item":
            yield Use(Sink.COMPARE, name_of(path[index - 2].child_by_field_name("value")))
        case "command":
            if around.id not in known:
                known[around.id] = around.children_by_field_name("argument")
            yield from _argument(around, known[around.id], node)
        case _ if around.type in _OPERATIONS or around.type in _TESTS:
            yield from _operand(path, index)


def _assigned(name: Syntax | None, *, is_prefix: bool) -> Iterator[Use]:
    if name is not None and not name_of(name).isdigit():
        if not is_prefix:
            yield Use(Sink.VARIABLE, name_of(name))
        yield Use(Sink.ENV, name_of(name))


def _operand(path: Path, index: int) -> Iterator[Use]:
    """What a word of a test or of arithmetic is compared with, or set to."""
    top = index
    while path[top - 1].type in _OPERATIONS:
        top -= 1
    is_test = path[top - 1].type == "test_command"
    yield from _compared(_row(path[top]), path[index], is_test=is_test)


def _row(operation: Syntax) -> list[Syntax]:
    """Operands and operators as they are written: the grammar nests ``a = b -a c = d`` wrongly."""
    row: list[Syntax] = []
    pending = [operation]
    while pending:
        node = pending.pop()
        if node.type in _OPERATIONS:
            pending.extend(reversed(node.children))
        else:
            row.append(node)
    return row


def _compared(row: list[Syntax], word: Syntax, *, is_test: bool = True) -> Iterator[Use]:
    at = _position(row, word)
    for step in (-1, 1):
        if 0 <= at + 2 * step < len(row) and (operator := text(row[at + step])) in _COMPARISONS:
            other = row[at + 2 * step]
            sink = Sink.VARIABLE if operator == "=" and not is_test else Sink.COMPARE
            yield Use(sink, text(other) if not is_test and other.type == "word" else name_of(other))


def _position(row: list[Syntax], word: Syntax) -> int:
    return bisect_left(row, word.start_byte, key=lambda each: each.start_byte)


def _argument(command: Syntax, arguments: list[Syntax], word: Syntax) -> Iterator[Use]:
    program, at = program_of(command), _position(arguments, word)
    if at == len(arguments) or arguments[at] != word:
        return
    if program == "test":
        yield from _compared(arguments, word)
    elif program:
        yield Use(Sink.ARGUMENT, program, at)


def program_of(command: Syntax) -> str:
    """What a command is called, without its folder; '' if only the run time knows."""
    name = command.child_by_field_name("name")
    word = name.children[0] if name is not None and name.children else None
    return PurePosixPath(text(word)).name if word is not None and word.type == "word" else ""


def name_of(node: Syntax | None) -> str:
    """The variable that an expansion reads or that an assignment sets, or ''."""
    while node is not None:
        if node.type in ("variable_name", "special_variable_name"):
            return text(node).strip()
        if node.type == "string" and len(node.named_children) > 1:
            return ""
        is_known = node.type in ("expansion", "simple_expansion", "string", "subscript")
        node = node.named_children[0] if is_known and node.named_children else None
    return ""
