"""The wanted constants of a shell script, each at every sink it reaches."""

import re
from collections.abc import Iterator

import msgspec
from tree_sitter import Node as Syntax
from tree_sitter import Tree

from archlint.facts import Occurrence, Sink
from archlint.languages.bash.receivers import Arguments, Use, defaults, name_of, program_of, uses
from archlint.languages.bash.texts import WORDS, text_of
from archlint.languages.decoded import Decoded
from archlint.languages.documents import url_occurrences
from archlint.languages.ecmascript.paths import Path, paths_of, text
from archlint.languages.urls import HOLE, url_parts
from archlint.languages.wanted import Wanted
from archlint.source import Source

# Where words are no constants of their own: programs, names of functions, parts of a word.
_SYNTAX = frozenset({"command_name", "concatenation", "function_definition", "heredoc_redirect"})
_NAMES = frozenset({"variable_name"})
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GLOB = re.compile(r"[*?\[(]")
_SETTING = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL | re.ASCII)
# Programs that run another in the environment that their arguments add to.
_ENVIRONMENTS = frozenset({"cross-env", "env", "sudo"})


def occurrences(source: Source, tree: Tree, asked: Wanted) -> Iterator[Occurrence]:
    """Every wanted constant at each of its sinks, in document order. The text of a here-document is none."""
    known: Arguments = {}
    for path in paths_of(tree, WORDS):
        if _is_constant(path):
            functions = functions_around(path)
            for found in _of_word(source, path, asked, known):
                yield msgspec.structs.replace(found, functions=functions) if functions else found


def _is_constant(path: Path) -> bool:
    word, around = path[-1], path[-2]
    if around.type in _SYNTAX or any(node.type == "heredoc_body" for node in path):
        return False
    if around.type == "expansion" and around.child_by_field_name("operator") is None:
        return False
    if around.type == "declaration_command" and text(word).startswith("-"):
        return False
    return word.type != "extglob_pattern" or not _GLOB.search(text(word))


def functions_around(path: Path) -> tuple[str, ...]:
    """The names of the functions on the way to a node, outermost first."""
    names = (node.child_by_field_name("name") for node in path if node.type == "function_definition")
    return tuple(text(name) for name in names if name is not None)


def _of_word(source: Source, path: Path, asked: Wanted, known: Arguments) -> Iterator[Occurrence]:
    content = text_of(source.data, path[-1])
    value = content.text
    if value and HOLE not in value and asked.wants(value):
        span = source.lines.span(content.start, content.end)
        is_number = _NUMBER.fullmatch(value) is not None
        stands_in = tuple(name_of(path[index].named_children[0]) for index in defaults(path))
        for use in (Use(Sink.ANYWHERE, ""), *uses(path, known)):
            yield Occurrence(
                value,
                use.sink,
                use.name,
                span,
                is_number,
                use.argument,
                is_fallback=bool(stands_in),
                tests=stands_in,
            )
        yield from _in_url(source, path, value, content)
    yield from url_occurrences(source, content, asked, "")
    yield from _setting(source, path, content, asked)


def _setting(source: Source, path: Path, content: Decoded, asked: Wanted) -> Iterator[Occurrence]:
    """``env SUBJECT=devstudio node x``, and ``export "SUBJECT=devstudio"``."""
    setting = _SETTING.fullmatch(content.text) if _sets(path[-2]) else None
    if setting is not None and setting[2] and asked.wants(setting[2]):
        span = source.lines.span(*content.place(*setting.span(2)))
        yield Occurrence(setting[2], Sink.ENV, setting[1], span, _NUMBER.fullmatch(setting[2]) is not None)


def _sets(around: Syntax) -> bool:
    return around.type == "declaration_command" or (
        around.type == "command" and program_of(around) in _ENVIRONMENTS
    )


def _in_url(source: Source, path: Path, value: str, content: Decoded) -> Iterator[Occurrence]:
    """``"/x?subject=${SUBJECT:-devstudio}"``: a default fills a hole of a URL."""
    filled = defaults(path)[-1:]
    if not filled:
        return
    expansion, top = path[filled[0]], filled[0]
    while path[top - 1].type in ("string", "concatenation"):
        top -= 1
    whole = text_of(source.data, path[top], lambda hole: value if hole == expansion else None)
    for part in url_parts(whole.text):
        if part.value == value and whole.place(part.start, part.end)[1] == expansion.end_byte:
            span = source.lines.span(content.start, content.end)
            yield Occurrence(value, part.sink, part.name, span)


def identifiers(source: Source, tree: Tree, asked: Wanted) -> Iterator[Occurrence]:
    """The wanted names, set or read, once a line."""
    told: set[tuple[str, int]] = set()
    for path in paths_of(tree, _NAMES) if asked.identifiers else ():
        name, line = name_of(path[-1]), source.lines.line(path[-1].end_byte - 1)
        if name in asked.identifiers and (name, line) not in told:
            told.add((name, line))
            span = source.lines.span(path[-1].end_byte - len(name.encode()), path[-1].end_byte)
            yield Occurrence(name, Sink.IDENTIFIER, name, span, functions=functions_around(path))
