"""HTML files: attributes, and the scripts in them, each read in place. Comments and text hold no constants."""

from collections.abc import Iterator
from itertools import chain

import msgspec
from tree_sitter import Node as Syntax
from tree_sitter import Tree

from archlint.code import joined
from archlint.facts import Demand, Facts, MeasureDemand, Occurrence, Reference, ReferenceDemand, Sink
from archlint.languages import json, typescript
from archlint.languages.code_asked import with_code
from archlint.languages.decoded import Region
from archlint.languages.documents import facts, url_occurrences
from archlint.languages.ecmascript.measures import comments, longest_function
from archlint.languages.ecmascript.syntax import parse_script
from archlint.languages.html_attributes import Attribute, attributes
from archlint.languages.html_nesting import page_tree
from archlint.languages.html_references import of_import_map, of_tag
from archlint.languages.html_urls import urls
from archlint.languages.measuring import measures
from archlint.languages.style_references import comments as style_comments
from archlint.languages.style_references import references as style_references
from archlint.languages.transcripts import Transcript, script_facts
from archlint.languages.wanted import Wanted, asks, wanted
from archlint.measures import Measures
from archlint.model import WHOLE_FILE, Span
from archlint.source import Source

_TAGS = frozenset({"start_tag", "self_closing_tag", "ERROR"})
_JSON = frozenset({"application/json", "application/ld+json", "importmap", "speculationrules"})
# https://mimesniff.spec.whatwg.org/#javascript-mime-type, and what compilers in the browser look for.
_GRAMMARS = {
    "": "javascript",
    "application/ecmascript": "javascript",
    "application/javascript": "javascript",
    "application/x-javascript": "javascript",
    "module": "javascript",
    "text/babel": "javascript",
    "text/ecmascript": "javascript",
    "text/javascript": "javascript",
    "text/jsx": "javascript",
    "text/typescript": "typescript",
}
DATA_SCRIPTS = frozenset({"importmap", "json"})
_LANGS = {"ts": "typescript", "tsx": "tsx", "typescript": "typescript"}


class Page(msgspec.Struct, frozen=True):
    """What a file holds, in the order in which it is written."""

    tags: tuple[tuple[Attribute, ...], ...]
    """The attributes of each."""
    scripts: tuple[tuple[str, Region], ...]
    """Each with its grammar, or what of ``DATA_SCRIPTS`` it is."""
    styles: tuple[tuple[str, Region], ...]
    """Each with its language."""
    comments: tuple[Region, ...]
    """Those of the markup and of style sheets."""


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    tree, problems = page_tree(source)
    page = page_of(source, tree)
    found = [*_of_parts(source, page, demands), *_of_frames(source, page, demands)]
    found.append(Facts(source.path, source.digest, problems=problems))
    return with_code(_facts(source, page, found, demands), source, tree, demands)


def _facts(source: Source, page: Page, found: list[Facts], demands: tuple[Demand, ...]) -> Facts:
    """What the demands ask, given the facts of what is code or a page of its own within the page."""
    asked = wanted(demands)
    own = _of_attributes(source, page, asked) if asked else ()
    occurrences = [*own, *(occurrence for part in found for occurrence in part.occurrences)]
    pointed = _references(source, page, found) if asks(demands, ReferenceDemand) else ()
    return Facts(
        source.path,
        source.digest,
        occurrences=tuple(sorted(occurrences, key=lambda occurrence: occurrence.span)),
        borrowed=tuple(occurrence for part in found for occurrence in part.borrowed),
        changes=tuple(change for part in found for change in part.changes),
        references=pointed,
        measures=_measures(source, page) if asks(demands, MeasureDemand) else None,
        searched=tuple(match for part in found for match in part.searched),
        code=joined(part.code for part in found),
        problems=tuple(problem for part in found for problem in part.problems),
    )


def page_of(source: Source, tree: Tree) -> Page:
    """What a file holds, by its tree."""
    tags: list[tuple[Attribute, ...]] = []
    scripts: list[tuple[str, Region]] = []
    styles: list[tuple[str, Region]] = []
    notes: list[Region] = []
    for node in _nodes(tree):
        if node.type in _TAGS:
            tags.append(tuple(attributes(source.data, node)))
        if node.type == "script_element" or _is_open_script(node):
            scripts.extend(_script(source.data, node))
        elif node.type == "style_element":
            styles.append((_attribute(source.data, node, "lang") or "css", _raw(node)))
            notes.extend(style_comments(source.data, _raw(node), styles[-1][0]))
        elif node.type == "comment":
            notes.append((node.start_byte, node.end_byte))
    return Page(tuple(tags), tuple(scripts), tuple(styles), tuple(notes))


def _nodes(tree: Tree) -> Iterator[Syntax]:
    """Every node, without the markup in elements whose content is text."""
    cursor, text = tree.walk(), range(0)
    while True:
        node = cursor.node
        if node is not None and node.start_byte not in text:
            yield node
            text = _text_in(node) or text
        if not cursor.goto_first_child():
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return


def _text_in(node: Syntax) -> range:
    """The bytes of an element that are text, although the grammar reads markup in them."""
    name = node.children[0].named_children[0].text if node.type == "element" and node.children else None
    if name is None or name.lower() not in (b"textarea", b"title"):
        return range(0)
    return range(node.children[0].end_byte, node.end_byte)


def _is_open_script(node: Syntax) -> bool:
    """Whether it is what the grammar makes of a script that the end of the file closes."""
    is_open = node.type == "ERROR" and [child.type for child in node.children] == ["start_tag", "raw_text"]
    return is_open and (node.children[0].named_children[0].text or b"").lower() == b"script"


def _script(data: bytes, element: Syntax) -> Iterator[tuple[str, Region]]:
    """The code of a script element; none if it is data for something else, or names a file to run instead."""
    value_of = {
        attribute.name.lower(): attribute.content.text.strip().lower()
        for attribute in attributes(data, element.children[0])
    }
    type_, lang = value_of.get("type", ""), value_of.get("lang", "")
    region = _raw(element)
    if region[0] == region[1] or "src" in value_of:
        return
    if type_ in _JSON:
        yield "importmap" if type_ == "importmap" else "json", region
    elif type_ in _GRAMMARS:
        yield _LANGS.get(lang, _GRAMMARS[type_]), region


def _attribute(data: bytes, element: Syntax, name: str) -> str:
    """The value of an element's attribute, in lower case; '' if it has none."""
    found = (each for each in attributes(data, element.children[0]) if each.name.lower() == name)
    return next((each.content.text.strip().lower() for each in found), "")


def _raw(element: Syntax) -> Region:
    raw = next((child for child in element.children if child.type == "raw_text"), None)
    return (raw.start_byte, raw.end_byte) if raw else (0, 0)


def _of_parts(source: Source, page: Page, demands: tuple[Demand, ...]) -> Iterator[Facts]:
    """The facts of scripts and of event handlers."""
    others = _without_measures(demands)
    for grammar, region in page.scripts:
        if grammar in DATA_SCRIPTS:
            found = facts(source, others, json.document(source, region))
            yield json.with_patterns(found, source, others, region)
        else:
            yield typescript.read_region(source, region, grammar, others)
    for attribute in chain.from_iterable(page.tags):
        if attribute.is_handler:
            yield script_facts(source, attribute.content, demands)


def _of_frames(source: Source, page: Page, demands: tuple[Demand, ...]) -> Iterator[Facts]:
    """The facts of pages in ``srcdoc``; in those pages it is an attribute like others, so that there is an end."""
    others = _without_measures(demands)
    for tag, name, content in (
        (each.tag, each.name, each.content) for each in chain.from_iterable(page.tags)
    ):
        if (tag, name.lower()) == ("iframe", "srcdoc") and content.text:
            inner = Transcript(source.path, content.text.encode(), source, content)
            tree, problems = page_tree(inner)
            framed = page_of(inner, tree)
            depth = Facts(inner.path, inner.digest, problems=problems)
            frame = _facts(inner, framed, [*_of_parts(inner, framed, others), depth], others)
            yield with_code(frame, inner, tree, others)


def _without_measures(demands: tuple[Demand, ...]) -> tuple[Demand, ...]:
    return tuple(demand for demand in demands if not isinstance(demand, MeasureDemand))


def _of_attributes(source: Source, page: Page, asked: Wanted) -> Iterator[Occurrence]:
    for tag in page.tags:
        for attribute in tag:
            content = attribute.content
            if content.text and not attribute.is_handler and asked.wants(content.text):
                span = source.lines.span(content.start, content.end)
                yield Occurrence(content.text, Sink.ANYWHERE, "", span, owner=attribute.tag)
                yield Occurrence(content.text, Sink.ATTRIBUTE, attribute.name, span, owner=attribute.tag)
        for attribute, url in urls(source.data, tag):
            yield from url_occurrences(source, url, asked, attribute.tag)


def _references(source: Source, page: Page, found: list[Facts]) -> tuple[Reference, ...]:
    """What the tags point at, and the code and the pages within the page."""
    own = [each for tag in page.tags for each in of_tag(source, tag)]
    own += [each for lang, region in page.styles for each in style_references(source, region, lang)]
    maps = (region for kind, region in page.scripts if kind == "importmap")
    own += [each for region in maps for each in of_import_map(source, region)]
    own += [reference for part in found for reference in part.references]
    return tuple(sorted(own, key=lambda reference: reference.span))


def _measures(source: Source, page: Page) -> Measures:
    notes = list(page.comments)
    longest: tuple[int, Span] = (0, WHOLE_FILE)
    for grammar, region in page.scripts:
        if grammar in DATA_SCRIPTS:
            notes.extend(json.document(source, region).comments)
        else:
            tree, _ = parse_script(source, region, grammar)
            notes.extend(comments(tree))
            longest = max(longest, longest_function(source, tree), key=lambda function: function[0])
    return measures(source, notes, longest)
