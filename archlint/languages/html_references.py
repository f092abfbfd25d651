"""What the tags of a page point at: scripts, style sheets and assets. Links to other pages are no references."""

from collections.abc import Iterator, Sequence

from archlint.facts import Link, Reference
from archlint.languages import json
from archlint.languages.decoded import Decoded, Region
from archlint.languages.documents import entries
from archlint.languages.html_attributes import Attribute, decoded
from archlint.languages.html_urls import listed
from archlint.languages.style_references import references as style_references
from archlint.languages.style_references import without_data
from archlint.languages.transcripts import Transcript
from archlint.source import Source

# https://html.spec.whatwg.org/multipage/indices.html#attributes-3, and of SVG what it draws.
_LINKS = {
    ("audio", "src"): Link.ASSET,
    ("embed", "src"): Link.ASSET,
    ("feimage", "href"): Link.ASSET,
    ("frame", "src"): Link.ASSET,
    ("iframe", "src"): Link.ASSET,
    ("image", "href"): Link.ASSET,
    ("image", "xlink:href"): Link.ASSET,
    ("img", "src"): Link.ASSET,
    ("input", "src"): Link.ASSET,
    ("object", "data"): Link.ASSET,
    ("script", "href"): Link.SCRIPT,
    ("script", "src"): Link.SCRIPT,
    ("script", "xlink:href"): Link.SCRIPT,
    ("source", "src"): Link.ASSET,
    ("style", "src"): Link.STYLESHEET,
    ("template", "src"): Link.ASSET,
    ("track", "src"): Link.ASSET,
    ("use", "href"): Link.ASSET,
    ("use", "xlink:href"): Link.ASSET,
    ("video", "poster"): Link.ASSET,
    ("video", "src"): Link.ASSET,
}
_LISTS = frozenset({("img", "srcset"), ("link", "imagesrcset"), ("source", "srcset")})
# https://html.spec.whatwg.org/multipage/links.html#linkTypes: those that load what they name.
_RELATIONS = {
    "apple-touch-icon": Link.ASSET,
    "apple-touch-icon-precomposed": Link.ASSET,
    "apple-touch-startup-image": Link.ASSET,
    "icon": Link.ASSET,
    "manifest": Link.ASSET,
    "mask-icon": Link.ASSET,
    "modulepreload": Link.SCRIPT,
    "prefetch": Link.ASSET,
    "preload": Link.ASSET,
    "prerender": Link.ASSET,
    "stylesheet": Link.STYLESHEET,
}
_LOADED_AS = {"script": Link.SCRIPT, "style": Link.STYLESHEET, "worker": Link.SCRIPT}


def of_tag(source: Source, tag: Sequence[Attribute]) -> Iterator[Reference]:
    """What one tag points at, in order."""
    for attribute in tag:
        key = (attribute.tag, attribute.name.lower())
        link = _of_relation(tag) if key == ("link", "href") else _LINKS.get(key)
        if link is not None and attribute.content.text.strip():
            yield _reference(source, attribute.content, link)
        if attribute.name.lower() == "style":
            yield from _of_style(source, attribute.content)
        if key in _LISTS:
            for region in listed(key[1], source.data, (attribute.content.start, attribute.content.end)):
                yield _reference(source, decoded(source.data, region), Link.ASSET)


def of_import_map(source: Source, region: Region) -> Iterator[Reference]:
    """The files that an import map names; nothing loads them before something is imported by their name."""
    for entry in entries(source, json.document(source, region).nodes):
        is_address = entry.path[:1] in (("imports",), ("scopes",)) and entry.type == "string"
        if is_address and entry.value and not entry.value.endswith("/"):
            yield Reference(entry.value, Link.SCRIPT, entry.span, is_conditional=True)


def _of_style(source: Source, content: Decoded) -> Iterator[Reference]:
    """What the declarations in a ``style`` attribute point at."""
    if "url(" in content.text:
        code = content.text.encode()
        transcript = Transcript(source.path, code, source, content)
        yield from style_references(transcript, (0, len(code)), "css")


def _of_relation(tag: Sequence[Attribute]) -> Link | None:
    """How a ``link`` points at what it names; None if it only says where something is."""
    value_of = {attribute.name.lower(): attribute.content.text.strip().lower() for attribute in tag}
    relations = (_RELATIONS.get(word) for word in value_of.get("rel", "").split())
    link = next((each for each in relations if each is not None), None)
    return _LOADED_AS.get(value_of.get("as", ""), link) if link is Link.ASSET else link


def _reference(source: Source, content: Decoded, link: Link) -> Reference:
    target = content.text.strip()
    start = content.text.index(target)
    return Reference(
        without_data(target), link, source.lines.span(*content.place(start, start + len(target)))
    )
