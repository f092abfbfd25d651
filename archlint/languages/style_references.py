"""What style sheets point at, read token by token: CSS, and what SCSS and Less add to it."""

import re
from collections.abc import Iterator

import msgspec

from archlint.facts import Link, Reference
from archlint.languages.decoded import Region
from archlint.source import Source

LINE_COMMENTED = frozenset({"less", "scss"})
# https://www.w3.org/TR/css-syntax-3/#tokenization, as far as comments, strings and URLs need it.
_TOKENS = rb"""
      (?P<comment> /\*.*?(?:\*/|\Z) %s)
    | (?<![\w-])url\(\s*+(?: (?P<quoted>"(?:[^"\\\n\r\f]|\\(?:\r\n|.))*+"|'(?:[^'\\\n\r\f]|\\(?:\r\n|.))*+') | (?P<bare>(?:[^\s"'()\\]|\\[0-9a-f]{1,6}\s?|\\.)*+) )\s*+\)
    | (?P<string> "(?:[^"\\\n\r\f]|\\(?:\r\n|.))*+" | '(?:[^'\\\n\r\f]|\\(?:\r\n|.))*+' )
    | (?P<broken> ["'][^\n\r\f]*+ )
    | (?P<word>   @[\w-]++ | (?<![\w-])composes(?=\s*:) )
    | (?P<mark>   [;{}()] )
"""
_FLAGS = re.VERBOSE | re.DOTALL | re.IGNORECASE
_PLAIN = re.compile(_TOKENS % b"", _FLAGS)
_WITH_LINE_COMMENTS = re.compile(_TOKENS % rb"| //[^\r\n]*+ ", _FLAGS)
# At-rules whose texts name style sheets: of CSS, of Sass, of CSS modules (…/postcss-modules-values), of Tailwind.
_LOADING = frozenset({b"@forward", b"@import", b"@reference", b"@use", b"@value", b"composes"})
_NAMING = frozenset({b"@-moz-document", b"@document", b"@namespace"})
# What a preprocessor fills in: #{$path} and @{path}, and without quotes $path and @path.
_FILLED = re.compile(rb"#\{|@\{")
_VARIABLE = re.compile(rb"\A[$@]")
_ESCAPE = re.compile(rb"\\(?:([0-9a-fA-F]{1,6})\s?|(\r\n|.))", re.DOTALL)
_DATA = re.compile(r"data:[^,]*,", re.IGNORECASE)


class _Rule(msgspec.Struct):
    """What the tokens since the last statement began say."""

    word: bytes = b""
    depth: int = 0


def comments(data: bytes, region: Region, lang: str) -> list[Region]:
    """The comments in a style sheet."""
    return [match.span() for match in _tokens(lang).finditer(data, *region) if match["comment"]]


def marks(data: bytes, region: Region, lang: str) -> Iterator[tuple[int, bytes]]:
    """The braces, brackets and semicolons of a style sheet, with their offsets."""
    for match in _tokens(lang).finditer(data, *region):
        if match["mark"]:
            yield match.start(), match["mark"]


def references(source: Source, region: Region, lang: str) -> Iterator[Reference]:
    """What a style sheet in ``lang`` points at, in order."""
    rule = _Rule()
    for token in _tokens(lang).finditer(source.data, *region):
        if token["word"]:
            rule.word = token["word"].lower()
        elif token["mark"]:
            _pass(rule, token["mark"])
        elif not (token["comment"] or token["broken"]):
            yield from _pointed(source, rule, token)


def _tokens(lang: str) -> re.Pattern[bytes]:
    return _WITH_LINE_COMMENTS if lang in LINE_COMMENTED else _PLAIN


def _pass(rule: _Rule, mark: bytes) -> None:
    if mark in b"()":
        rule.depth += 1 if mark == b"(" else -1
    else:
        rule.word, rule.depth = b"", 0


def _pointed(source: Source, rule: _Rule, token: re.Match[bytes]) -> Iterator[Reference]:
    group = next(name for name in ("quoted", "bare", "string") if token[name] is not None)
    is_loaded = rule.word in _LOADING and rule.depth == 0
    if rule.word in _NAMING or (group == "string" and not is_loaded):
        return
    quote = group != "bare"
    region = token.start(group) + quote, token.end(group) - quote
    written = source.data[slice(*region)]
    is_filled = _FILLED.search(written) or (not quote and _VARIABLE.match(written))
    if written and not is_filled:
        target = _ESCAPE.sub(_meaning, written).decode("utf-8", "replace")
        link = Link.STYLESHEET if is_loaded else Link.ASSET
        yield Reference(without_data(target), link, source.lines.span(*region))


def without_data(target: str) -> str:
    """A ``data:`` URL without its data, which may be the half of a file; any other as it is."""
    head = _DATA.match(target)
    return head[0] if head else target


def _meaning(escape: re.Match[bytes]) -> bytes:
    if escape[2] is not None:
        return escape[2].lstrip(b"\r\n\f")
    number = int(escape[1], 16)
    return (chr(number) if 0 < number < 0x110000 else "\ufffd").encode("utf-8", "replace")  # noqa: PLR2004
