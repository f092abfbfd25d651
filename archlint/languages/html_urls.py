"""The URLs in a tag's attributes: those that are one, lists of them, and the one a page is refreshed to."""

import re
from collections.abc import Iterator, Sequence

from archlint.languages.decoded import Decoded, Region
from archlint.languages.html_attributes import Attribute, decoded

# https://html.spec.whatwg.org/multipage/indices.html#attributes-3, what lazy loaders read, and
# https://htmx.org/reference/#attributes. What other ``data-…`` holds is its page's own business.
_ONE = frozenset(
    {
        "action",
        "cite",
        "data-href",
        "data-src",
        "formaction",
        "href",
        "hx-delete",
        "hx-get",
        "hx-patch",
        "hx-post",
        "hx-push-url",
        "hx-put",
        "hx-replace-url",
        "manifest",
        "poster",
        "src",
        "xlink:href",
    }
)
_OF_TAG = frozenset({("object", "data")})
# …/images.html#parsing-a-srcset-attribute: a comma ends a URL only where white space follows.
_CANDIDATE = re.compile(rb"[\s,]*+(?P<url>[^\s,](?:\S*[^\s,])?)(?:,+|[^,]*)")
_SEPARATED = {
    "data-srcset": _CANDIDATE,
    "imagesrcset": _CANDIDATE,
    "ping": re.compile(rb"(?P<url>\S+)"),
    "srcset": _CANDIDATE,
}
# …/semantics.html#attr-meta-http-equiv-refresh
_REFRESH = re.compile(
    rb"\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?"
    rb"(?:\"(?P<double>[^\"]*)|'(?P<single>[^']*)|(?P<bare>[^\s\"'].*?)\s*\Z)",
    re.IGNORECASE | re.DOTALL,
)


def urls(data: bytes, tag: Sequence[Attribute]) -> Iterator[tuple[Attribute, Decoded]]:
    """The URLs in the attributes of one tag, in order, with the attribute of each."""
    is_refresh = any(
        attribute.name.lower() == "http-equiv" and attribute.content.text.strip().lower() == "refresh"
        for attribute in tag
    )
    for attribute in tag:
        if not attribute.content.text:
            continue
        name, region = attribute.name.lower(), (attribute.content.start, attribute.content.end)
        if name in _ONE or (attribute.tag, name) in _OF_TAG:
            yield attribute, attribute.content
        for part in listed(name, data, region):
            yield attribute, decoded(data, part)
        if is_refresh and name == "content" and (target := refreshed(data, region)):
            yield attribute, decoded(data, target)


def listed(name: str, data: bytes, region: Region) -> Iterator[Region]:
    """The URLs in the value of an attribute that holds a list of them; ``name`` is in lower case."""
    pattern = _SEPARATED.get(name)
    if pattern is not None:
        yield from (match.span("url") for match in pattern.finditer(data, *region))


def refreshed(data: bytes, region: Region) -> Region | None:
    """The URL in a value such as ``5; url=/home``."""
    match = _REFRESH.match(data, *region)
    return match.span(match.lastgroup) if match and match.lastgroup else None
