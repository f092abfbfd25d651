"""The facts of a component file: its markup as HTML, and its code as scripts. Every place is the file's own."""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from archlint.code import CodeDemand, ConditionDemand, ObjectDemand
from archlint.code import joined as code_joined
from archlint.facts import ConstantDemand, Demand, Facts, Link, Occurrence, Reference, ReferenceDemand, Sink
from archlint.languages import html
from archlint.languages.components.template import Template, as_html
from archlint.languages.decoded import Decoded, Region
from archlint.languages.transcripts import Reading, script_facts
from archlint.model import Extent, Problem, Reason, Span
from archlint.searches import PatternDemand
from archlint.source import Source

# What is asked of code in markup.
_ASKED = ConstantDemand | ReferenceDemand | CodeDemand | ObjectDemand | ConditionDemand | PatternDemand
_COMPONENT = re.compile(r"[A-Z]|.*[-.:]")

Renaming = Callable[[str], str]


def facts(
    source: Source,
    template: Template,
    scripts: Iterable[Decoded],
    demands: tuple[Demand, ...],
    renaming: Renaming = str,
) -> Facts:
    """What the demands ask of a file. ``renaming`` says what property an attribute of a component sets."""
    page = as_html(source.data, template.hidden, template.comments)
    plain = html.read(Reading(source.path, page, source), demands)
    asked = tuple(demand for demand in demands if isinstance(demand, _ASKED))
    code = [script_facts(source, each, asked) for each in scripts] if asked else []
    found = [*_owned(source, template, plain.occurrences, renaming)]
    found.extend(occurrence for part in code for occurrence in part.occurrences)
    problems = [*plain.problems, *(problem for part in code for problem in part.problems)]
    problems.extend(unread(source, region, message) for region, message in template.unread)
    return msgspec.structs.replace(
        plain,
        occurrences=tuple(sorted(found, key=lambda occurrence: occurrence.span)),
        references=_references(source, template, plain.references, code),
        code=code_joined((plain.code, *(part.code for part in code))),
        searched=(*plain.searched, *(match for part in code for match in part.searched)),
        problems=tuple(sorted(problems)),
    )


def joined(one: Facts, other: Facts) -> Facts:
    """The facts of one file, which two readers found."""
    found = sorted((*one.occurrences, *other.occurrences), key=lambda occurrence: occurrence.span)
    return msgspec.structs.replace(
        one,
        occurrences=tuple(found),
        borrowed=(*one.borrowed, *other.borrowed),
        changes=(*one.changes, *other.changes),
        code=code_joined((one.code, other.code)),
        references=tuple(sorted((*one.references, *other.references), key=lambda each: each.span)),
        searched=(*one.searched, *other.searched),
        problems=tuple(sorted((*one.problems, *other.problems))),
    )


def unread(source: Source, region: Region, message: str) -> Problem:
    """A part of a file that was not read."""
    return Problem(source.path, source.lines.span(*region), Reason.SYNTAX, message, Extent.PART)


def _references(
    source: Source, template: Template, plain: tuple[Reference, ...], code: list[Facts]
) -> tuple[Reference, ...]:
    """What the markup and the code in it point at. What a component does with its properties is its own business."""
    handed = {span for span, _ in _components(source, template)} if plain else set()
    found = [each for each in plain if each.span not in handed or each.link is not Link.ASSET]
    found.extend(reference for part in code for reference in part.references)
    return tuple(sorted(found, key=lambda reference: reference.span))


def _owned(
    source: Source, template: Template, occurrences: tuple[Occurrence, ...], renaming: Renaming
) -> Iterator[Occurrence]:
    """The occurrences, and those of them that an attribute hands to a component as a property, as JSX has it."""
    components = dict(_components(source, template)) if occurrences else {}
    for found in occurrences:
        tag, name = components.get(found.span, ("", ""))
        yield msgspec.structs.replace(found, owner=tag) if tag else found
        if tag and found.sink is Sink.ATTRIBUTE:
            yield msgspec.structs.replace(found, sink=Sink.PROPERTY, name=renaming(name), owner="")


def _components(source: Source, template: Template) -> Iterator[tuple[Span, tuple[str, str]]]:
    """The place of each value that a component is handed, with the names of component and attribute."""
    for attribute in template.attributes:
        if _COMPONENT.match(attribute.tag):
            name = source.data[slice(*attribute.name)].decode(errors="replace")
            yield source.lines.span(*attribute.value), (attribute.tag, name)
