"""Attributes of HTML tags: names, and values without entities."""

import html
import re
from collections.abc import Iterator
from html.entities import html5

import msgspec
from tree_sitter import Node as Syntax

from archlint.languages.decoded import Decoded, Region, decode, nothing, plain

_HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)
# …/parsing.html#named-character-reference-state: in an attribute, a name without its semicolon means itself where a
# letter, a digit or `=` follows. `?a=b&section=c` holds no `&sect`.
_ENTITY = re.compile(rb"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31}(?:;|(?![A-Za-z0-9=])))")
# https://html.spec.whatwg.org/multipage/parsing.html#attribute-name-state, and what templates put between them.
# tree-sitter-html 0.23.2 gives up at `=` in an unquoted value and at `<?`, `{{#`. The bounds keep a page of unclosed
# ones from being searched to its end for each.
_OPENING = re.compile(rb"<([A-Za-z][^\s/>]*)")
_TOKEN = re.compile(
    rb"""[\s/]*(?:\{\{.{0,500}?\}\}|<\?.{0,500}?\?>|<%.{0,500}?%>
    |(?P<name>[^\s"'>/=][^\s>/=]*)
     (?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)))?)""",
    re.VERBOSE | re.DOTALL,
)
_MARK = re.compile(rb"<!--|" + _OPENING.pattern)
_TAG_END = re.compile(rb"[\s/]*(?:>|\Z)")
_COMMENT_END = re.compile(rb"-->")
_TEXT_END = {
    name: re.compile(rb"</" + name, re.IGNORECASE) for name in (b"script", b"style", b"textarea", b"title")
}


class Attribute(msgspec.Struct, frozen=True):
    """An attribute of a tag."""

    tag: str
    name: str
    content: Decoded

    @property
    def is_handler(self) -> bool:
        """Whether its value is a script."""
        return _HANDLER.fullmatch(self.name) is not None


def attributes(data: bytes, tag: Syntax) -> Iterator[Attribute]:
    """The attributes of a tag, or of what is left of one after an error."""
    name = ""
    if tag.has_error and tag.type != "ERROR":
        opened = _OPENING.match(data, tag.start_byte)
        if opened is not None:
            yield from (attribute for attribute, _ in _tokens(data, opened))
        return
    for child in tag.named_children:
        if child.type == "tag_name":
            name = _text(child).lower()
        elif child.type == "attribute" and child.named_children:
            yield Attribute(name, _name(child.named_children[0]), _content(data, child))


def _tokens(data: bytes, opened: re.Match[bytes]) -> Iterator[tuple[Attribute, int]]:
    """The attributes of a tag after its name, as HTML's tokenizer has them, and where each ends."""
    at, name = opened.end(), opened[1].decode(errors="replace").lower()
    while token := _TOKEN.match(data, at):
        at = token.end()
        if token["name"]:
            group = next((each for each in ("double", "single", "bare") if token[each] is not None), "name")
            region = token.span(group) if group != "name" else (at, at)
            yield Attribute(name, _cased(token["name"].decode(errors="replace")), decoded(data, region)), at


def tags(data: bytes) -> Iterator[tuple[Attribute, ...]]:
    """The attributes of each tag that ends, or that the text ends in: markup without the help of a grammar."""
    at = 0
    while mark := _MARK.search(data, at):
        at = mark.end()
        if mark[1] is None:
            at = _past(_COMMENT_END, data, at)
            continue
        found = [*_tokens(data, mark)]
        at = found[-1][1] if found else at
        if _TAG_END.match(data, at):
            yield tuple(attribute for attribute, _ in found)
        if (end := _TEXT_END.get(mark[1].lower())) is not None:
            at = _past(end, data, at)


def _past(end: re.Pattern[bytes], data: bytes, start: int) -> int:
    found = end.search(data, start)
    return found.end() if found else len(data)


def _name(syntax: Syntax) -> str:
    return _cased(_text(syntax))


def _cased(name: str) -> str:
    # Templates of frameworks tell upper and lower case apart; HTML itself does not.
    return name.lower() if name.isupper() else name


def _text(syntax: Syntax) -> str:
    return (syntax.text or b"").decode(errors="replace")


def _content(data: bytes, attribute: Syntax) -> Decoded:
    value = attribute.named_children[-1]
    if value.type == "quoted_attribute_value":
        value = value.named_children[0] if value.named_children else value
    region = (value.start_byte, value.end_byte)
    return decoded(data, region) if value.type == "attribute_value" else nothing(region)


def decoded(data: bytes, region: Region) -> Decoded:
    """The text of a value without its entities."""
    if data.find(b"&", *region) < 0:
        return plain(data, region)
    return decode(data, region, _ENTITY, _meaning)


def _meaning(entity: re.Match[bytes]) -> str | None:
    written = entity[0].decode()
    if written.startswith("&#"):
        return html.unescape(written)
    return html5.get(written[1:])
