"""The wanted constants of a script, each at every sink it reaches."""

import re
from collections.abc import Iterator

from msgspec.structs import replace
from tree_sitter import Node

from archlint.code import Step
from archlint.facts import Occurrence, Sink
from archlint.languages.ecmascript.building import may_match
from archlint.languages.ecmascript.calls import given
from archlint.languages.ecmascript.conditions.circumstances import circumstances
from archlint.languages.ecmascript.declared import parameters, types
from archlint.languages.ecmascript.following.aliases import under_all_names
from archlint.languages.ecmascript.following.arrivals import Reach
from archlint.languages.ecmascript.following.follow import follow
from archlint.languages.ecmascript.following.loads import Load
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import LITERALS, constant, content, number
from archlint.languages.ecmascript.names import function_names, name_of
from archlint.languages.ecmascript.paths import Path, path_to, paths_of, text
from archlint.languages.ecmascript.sinks import uses
from archlint.languages.ecmascript.texts import fills_text, text_top
from archlint.languages.ecmascript.transparent import outermost
from archlint.languages.ecmascript.use import Use
from archlint.languages.urls import url_parts
from archlint.languages.wanted import Wanted
from archlint.model import Span
from archlint.source import Source

_NAMES = frozenset(
    {"identifier", "property_identifier", "shorthand_property_identifier_pattern", "string_fragment"}
)
_MEMBERS = frozenset({"enum_assignment", "field_definition", "public_field_definition"})
# Stands in a text for what an import lends: a character for private use, which no URL is written with.
_STAND_IN = "\ue000"
# A run of digits in any spelling (7000, 7_000, 7e3), also within a string; not the tail of a name.
_NUMBER = re.compile(rb"(?<![\w$.])\d[\w.]*")


def occurrences(script: Script, wanted: Wanted) -> Iterator[Occurrence]:
    """Every wanted constant at each of its sinks, in document order of the constants."""
    for path in literals(script, wanted):
        yield from _of_literal(script, path, wanted)


def literals(script: Script, wanted: Wanted) -> Iterator[Path]:
    """The ways to the literals that may hold what is wanted."""
    source, tree = script.source, script.tree
    if not wanted.only_values or any(source.hides(value.encode()) for value in wanted.values):
        if wanted.only_values or wanted.every or _may_be_built(script, wanted):
            yield from (path for path in paths_of(tree, LITERALS) if _is_literal(path[-1]))
        return
    seen = set()
    for start, end in _places(source, tree.root_node, wanted.values):
        path = path_to(tree, start, end)
        for index in range(len(path) - 1, 0, -1):
            if _is_literal(path[index]):
                if path[index].id not in seen:
                    seen.add(path[index].id)
                    yield path[: index + 1]
                break


def _is_literal(node: Node) -> bool:
    """Whether it is a literal, and not the name of a type: ``string``, ``number``."""
    return node.type in LITERALS and node.is_named


def _may_be_built(script: Script, wanted: Wanted) -> bool:
    """Whether what is wanted may be built of the literals, however they are put together."""
    values = (f"(?:{'|'.join(map(re.escape, sorted(wanted.values)))})",) if wanted.values else ()
    return any(may_match(each, script.literals) for each in (*wanted.expressions, *values))


def _places(source: Source, root: Node, texts: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The bytes of each of the texts, wherever it stands in the region that ``root`` covers."""
    numbers = {value for value in texts if value.isdigit()}
    if numbers:
        for match in _NUMBER.finditer(source.data, root.start_byte, root.end_byte):
            if number(match[0].decode()) in numbers:
                yield match.span()
    if words := texts - numbers:
        yield from _places_of_words(source, root, words)


def _places_of_words(source: Source, root: Node, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    # The longest first: an alternation takes the first that fits, and a text may begin another.
    needles = sorted((word.encode() for word in words), key=lambda needle: (-len(needle), needle))
    pattern = re.compile(b"|".join(map(re.escape, needles)))
    for match in pattern.finditer(source.data, root.start_byte, root.end_byte):
        yield match.span()


def _of_literal(script: Script, path: Path, wanted: Wanted) -> Iterator[Occurrence]:
    value = meant(script, path, wanted)
    if value is not None:
        yield from _followed(script, path, value, wanted)
    for use, part, region in _parts(script, path):
        if wanted.wants(part):
            span = script.source.lines.span(*(region or content(path[-1])))
            is_asked = script.has_circumstances
            is_fallback, tests = circumstances(script, (path,)) if is_asked else (False, ())
            yield replace(_occurrence(path, use, part, span), is_fallback=is_fallback, tests=tests)


def meant(script: Script, path: Path, wanted: Wanted) -> str | None:
    """The text of a literal; of a template that names fill, if their texts are known.

    A template is none where the constant that a name stands for is wanted: that one tells of the whole.
    """
    value = constant(path[-1])
    if value is not None or wanted.every or wanted.only_values or path[-1].type != "template_string":
        return value
    built = script.texts.built(path)
    stood_for = [run.text for number, run in enumerate(built.runs) if not built.is_written(number)]
    return built.text if built.is_known and not any(map(wanted.wants, stood_for)) else None


def _followed(script: Script, path: Path, value: str, wanted: Wanted) -> Iterator[Occurrence]:
    """The constant itself, and every sink that it, or a text it is part of, reaches."""
    span, is_number = script.source.lines.span(*content(path[-1])), path[-1].type == "number"
    is_wanted = wanted.wants(value)
    if is_wanted:
        yield replace(_occurrence(path, Use(Sink.ANYWHERE, "", 0), value, span), is_number=is_number)
    if not (is_wanted or _may_grow(path)):
        return
    for reach in follow(script, path, Load(value)):
        if isinstance(reach, Reach) and wanted.wants(reach.load.text or ""):
            for found in at_sinks(script, reach):
                yield replace(found, value=reach.load.text, span=span, is_number=is_number)


def _may_grow(path: Path) -> bool:
    """Whether the literal is part of a text that names or other literals make longer."""
    return len(path) > 1 and text_top(path, len(path) - 1) < len(path) - 1


def at_sinks(script: Script, reach: Reach) -> Iterator[Occurrence]:
    """What a constant reaches where it stands, with the way to there; without its value and its own place."""
    path, load = reach.path, reach.load
    here = script.source.lines.span(path[-1].start_byte, path[-1].end_byte)
    is_asked = script.has_circumstances
    is_fallback, tests = circumstances(script, (*load.through, path)) if is_asked else (False, ())
    for use in _uses(script, reach):
        step = Step(here, f"reaches {use.sink.value} '{use.name}'")
        way = (*load.way, step) if load.way else ()
        yield replace(
            _occurrence(path, use, "", here),
            way=way,
            origin=load.origin,
            lacks=tuple(sorted(load.lacks or ())),
            is_fallback=is_fallback,
            tests=tests,
        )


def _uses(script: Script, reach: Reach) -> Iterator[Use]:
    path = reach.path
    if reach.member:
        yield from given(path, reach.member)
        return
    for use in uses(path):
        yield from under_all_names(use, script.names)
        yield from parameters(use, path, script)
    yield from types(path)
    index = outermost(path)
    if not (index and fills_text(path, index)):
        return
    top, value = text_top(path, index), reach.load.text or _STAND_IN
    text, begin = script.texts.built(path[: top + 1]).filled(path[index], value)
    for part in url_parts(text):
        if part.start == begin and part.value == value:
            yield Use(part.sink, part.name, top)


def _parts(script: Script, path: Path) -> Iterator[tuple[Use, str, tuple[int, int] | None]]:
    """The parts of a URL and of markup that are written in this literal, with their bytes if those are sure."""
    literal = path[-1]
    if literal.type == "number":
        return
    built = script.texts.built(path[: text_top(path, len(path) - 1) + 1])
    markup = script.markup(built)
    for run in built.written_in(literal):
        if built.is_written(run):
            urls = built.urls.get(run, ())
            yield from ((Use(part.sink, part.name, 0), part.value, region) for part, region in urls)
            yield from markup.get(run, ())


def _occurrence(path: Path, use: Use, value: str, span: Span) -> Occurrence:
    return Occurrence(
        value=value,
        sink=use.sink,
        name=use.name,
        span=span,
        argument=use.argument,
        functions=function_names(path),
        owner=_owner(path, use),
    )


def _owner(path: Path, use: Use) -> str:
    """What the object is bound to, or handed to, that a property's pair stands in; an enum's or class's name."""
    if path[use.index].type in _MEMBERS:
        return name_of(path[use.index - 2].child_by_field_name("name"))
    if path[use.index].type not in ("pair", "shorthand_property_identifier"):
        return ""
    holder = next(uses(path[: use.index]), None)
    return holder.name if holder is not None else ""


def identifiers(script: Script, wanted: Wanted) -> Iterator[Occurrence]:
    """Declarations and member reads of the wanted names."""
    source, tree = script.source, script.tree
    for start, end in _places(source, tree.root_node, wanted.identifiers):
        path = path_to(tree, start, end)
        name = text(path[-1])
        if name in wanted.identifiers and _introduces(path):
            span = source.lines.span(start, end)
            yield Occurrence(name, Sink.IDENTIFIER, name, span, functions=function_names(path))


def _introduces(path: Path) -> bool:
    """Whether the name at the end of the path is declared or read off an object there."""
    node, parent = path[-1], path[-2]
    if node.type not in _NAMES:
        return False
    if node.type == "string_fragment":
        return len(path) > 2 and path[-3].type == "subscript_expression"  # noqa: PLR2004 -- key, text, fragment
    if node.type in ("property_identifier", "shorthand_property_identifier_pattern"):
        return True
    return parent.type in ("variable_declarator", "required_parameter", "optional_parameter") and (
        name_of(parent.child_by_field_name("name") or parent.child_by_field_name("pattern")) == text(node)
        and parent.child_by_field_name("value") != node
    )
