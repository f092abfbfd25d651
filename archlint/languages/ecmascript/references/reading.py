"""The references of a script. Only what stands before the last of them is parsed, where that says the same."""

import re
from collections.abc import Iterator

from tree_sitter import Tree

from archlint.facts import Link, Reference
from archlint.languages.decoded import Region
from archlint.languages.ecmascript.references.dismissal import is_dismissed
from archlint.languages.ecmascript.references.forms import Form, forms
from archlint.languages.ecmascript.references.judging import Judge, is_type, may_declare
from archlint.languages.ecmascript.references.lexical import text_of
from archlint.languages.ecmascript.references.places import Spot, spots
from archlint.languages.ecmascript.references.top import at_top
from archlint.languages.ecmascript.syntax import parse_if_sound, parse_script
from archlint.model import Problem
from archlint.position import LineIndex
from archlint.source import Source

_DECLARATIONS = re.compile(r".*\.d\.(?:[^/]*\.)?[mc]?ts", re.DOTALL)
# To the end of the line, and of those that go on with what is before.
_REST = re.compile(rb"[^\n]*+(?:\n[ \t]*+[^\s\w@#\"'{}/][^\n]*+)*\n?")
# Of a script's length; a prefix that is longer is no faster.
_WORTHWHILE = 0.8
_TOP = Spot((), is_conditional=False, is_ambient=False)


def references(source: Source, region: Region | None, tree: Tree) -> tuple[Reference, ...]:
    """What a script points at, in order, given its tree."""
    found = _forms(source, region)
    return _judged(source, found, tree) if found else ()


def references_alone(
    source: Source, region: Region | None, grammar: str
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The same of a script whose tree nobody else needs, with the problem of its syntax."""
    found = _forms(source, region)
    if not found:
        return (), ()
    top = at_top(source.data, found) if region is None else None
    if top is not None:
        return tuple(_at_top(source, top)), ()
    tree, problems = _tree(source, region, grammar, found)
    return _judged(source, found, tree), problems


def _at_top(source: Source, found: list[Form]) -> Iterator[Reference]:
    is_declaration = _DECLARATIONS.fullmatch(source.path) is not None
    lines = source.lines_to(found[-1].end if found else 0)
    for form in found:
        yield _reference(source.data, lines, form, _TOP, is_declaration=is_declaration)


def _forms(source: Source, region: Region | None) -> list[Form]:
    begin, end = region or (0, len(source.data))
    found = forms(source.data, (begin, end))
    return [form for form in found if not is_dismissed(source.data, form, begin)]


def _tree(
    source: Source, region: Region | None, grammar: str, found: list[Form]
) -> tuple[Tree, tuple[Problem, ...]]:
    """A tree that holds the forms."""
    end = _end(source.data, found) if region is None else None
    tree = parse_if_sound(grammar, source.data[:end]) if end is not None else None
    return (tree, ()) if tree is not None else parse_script(source, region, grammar)


def _end(data: bytes, found: list[Form]) -> int | None:
    """Where the code may end so that its tree is without errors; None if it hardly can before its own end.

    A tree without errors cannot have ended within a comment, a template or brackets; so what it says stands.
    """
    last = found[-1]
    rest = _REST.match(data, max(each.end for each in found))
    end = rest.end() if rest else len(data)
    line = data.rfind(b"\n", 0, last.start) + 1
    is_within = data[line : line + 1] in (b" ", b"\t") and not last.is_statement
    if is_within or end > len(data) * _WORTHWHILE:
        return None
    words = {each.word for each in found if each.word.isalpha()}
    return None if any(may_declare(data, word) for word in words) else end


def _judged(source: Source, found: list[Form], tree: Tree) -> tuple[Reference, ...]:
    return tuple(sorted(_meant(source, found, tree), key=lambda reference: reference.span))


def _meant(source: Source, found: list[Form], tree: Tree) -> Iterator[Reference]:
    judge = Judge(source.data, tree)
    is_declaration = _DECLARATIONS.fullmatch(source.path) is not None
    # One within another, such as the `require` of `import a = require('a')`, is no other.
    known: set[Region] = set()
    for form, spot in zip(found, spots(tree, [each.start for each in found]), strict=True):
        if form.target not in known and judge.is_meant(form, spot):
            known.add(form.target)
            yield _reference(source.data, source.lines, form, spot, is_declaration=is_declaration)


def _reference(data: bytes, lines: LineIndex, form: Form, spot: Spot, *, is_declaration: bool) -> Reference:
    start, end = form.target
    is_typed = form.is_type or is_declaration or spot.is_ambient
    is_typed = is_typed or (form.link is Link.DYNAMIC and is_type(spot.path))
    names_types = is_typed and form.link in (Link.VALUE, Link.DYNAMIC, Link.SIDE_EFFECT)
    return Reference(
        target=text_of(data, form.target),
        link=Link.TYPE if names_types else form.link,
        span=lines.span(start + 1, end - 1),
        names=form.names,
        is_type=is_typed,
        is_conditional=spot.is_conditional and not form.is_statement and not is_typed,
    )
