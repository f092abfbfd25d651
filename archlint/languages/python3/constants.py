"""The wanted constants of a module, each at every sink it reaches."""

import re
from collections.abc import Iterator

import libcst as cst

from archlint.facts import Occurrence, Sink
from archlint.languages.decoded import Decoded, Region
from archlint.languages.python3.circumstances import circumstances
from archlint.languages.python3.imports import Imports
from archlint.languages.python3.literals import NUMBERS, TEXTS, content, is_number, is_sum, number, text_of
from archlint.languages.python3.names import function_names
from archlint.languages.python3.paths import Path, paths_of
from archlint.languages.python3.sinks import owner, uses
from archlint.languages.python3.syntax import Syntax
from archlint.languages.python3.transparent import outermost
from archlint.languages.python3.uses import Use
from archlint.languages.urls import HOLE, UrlPart, url_parts
from archlint.languages.wanted import Wanted

_LITERALS = TEXTS | NUMBERS | {cst.BinaryOperation, cst.UnaryOperation}
_HOLES = (cst.FormattedStringExpression, cst.TemplatedStringExpression)
_LARGER = (*_HOLES, cst.ConcatenatedString, cst.FormattedString, cst.TemplatedString)
_ANYWHERE = Use(Sink.ANYWHERE, "", 0)
# What ``format`` and ``%`` fill.
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%(?:\(\w*\))?[-+#0 ]*\d*(?:\.\d+)?[a-zA-Z]")

_Found = tuple[Use, str, Region]


def occurrences(syntax: Syntax, imports: Imports, wanted: Wanted) -> Iterator[Occurrence]:
    """Every wanted constant at each of its sinks; what stands further out comes first."""
    for path in paths_of(syntax.module, _LITERALS):
        for use, value, region in _found(syntax, imports, path):
            if wanted.wants(value):
                is_fallback, tests = circumstances(path) if wanted.circumstances else (False, ())
                yield Occurrence(
                    value=value,
                    sink=use.sink,
                    name=use.name,
                    span=syntax.source.lines.span(*region),
                    is_number=is_number(path[-1]),
                    argument=use.argument,
                    functions=function_names(path),
                    owner=owner(path, use, imports),
                    is_fallback=is_fallback,
                    tests=tests,
                )


def _found(syntax: Syntax, imports: Imports, path: Path) -> Iterator[_Found]:
    node = path[-1]
    if is_number(node) and not is_number(path[-2]):
        yield from _constant(syntax, imports, path, (number(node), syntax.place(node)))
    elif _is_text(path):
        text = text_of(syntax, node)
        if HOLE not in text.text:
            yield from _constant(syntax, imports, path, (text.text, content(syntax, node)))
        if _text_top(path, len(path) - 1) == len(path) - 1:
            yield from _url_parts(path, text)


def _is_text(path: Path) -> bool:
    """Whether a text begins at the end of the path: no part of a literal, and no docstring."""
    node, parent = path[-1], path[-2]
    if is_sum(node):
        return not is_sum(parent)
    # A string that is a statement documents what stands before or around it.
    return type(node) in TEXTS and not isinstance(parent, cst.ConcatenatedString | cst.Expr)


def _constant(syntax: Syntax, imports: Imports, path: Path, found: tuple[str, Region]) -> Iterator[_Found]:
    yield _ANYWHERE, *found
    for use in uses(path, imports):
        yield use, *found
    for use in _in_text(syntax, path, found[0]):
        yield use, *found


def _text_top(path: Path, index: int) -> int:
    """The index of the outermost text that ``path[index]`` is a part of."""
    while isinstance(path[index - 1], _LARGER) or is_sum(path[index - 1]):
        index -= 1
    return index


def _url_parts(path: Path, text: Decoded) -> Iterator[_Found]:
    is_template = _is_template(path)
    for part in url_parts(text.text):
        if not (is_template and _PLACEHOLDER.search(part.value)):
            place = text.place(part.start, part.end) if part.start < part.end else (text.start, text.end)
            yield Use(part.sink, _name(part, is_template=is_template), 0), part.value, place


def _name(part: UrlPart, *, is_template: bool) -> str:
    return HOLE if is_template and _PLACEHOLDER.search(part.name) else part.name


def _is_template(path: Path) -> bool:
    """Whether the text at the end of the path is filled by ``format`` or ``%``."""
    match path[-2]:
        case cst.Attribute(attr=cst.Name(value="format" | "format_map")):
            return True
        case cst.BinaryOperation(operator=cst.Modulo(), left=left):
            return left is path[-1]
    return False


def _in_text(syntax: Syntax, path: Path, value: str) -> Iterator[Use]:
    """``f"?subject={'devstudio' if admin else subject}"``: the constant fills a hole of a URL."""
    index = outermost(path)
    is_own_part = index == len(path) - 1 and not is_number(path[-1])
    if is_own_part or not (is_sum(path[index - 1]) or isinstance(path[index - 1], _HOLES)):
        return
    top = _text_top(path, index)
    text = text_of(syntax, path[top], known=(path[index], value))
    start = syntax.place(path[index])[0]
    for part in url_parts(text.text):
        if part.value == value and text.place(part.start, part.end)[0] == start:
            yield Use(part.sink, part.name, top)
