"""Scans markup with code in braces for the places of its parts, without recursion and without a tree.

tree-sitter-html takes a brace for text: a ``<`` or a quote in ``{a < b}`` and it loses the tags after it.
"""

import re

import msgspec

from archlint.languages.components.code import Nesting, Stop, advance
from archlint.languages.components.frames import Code, Frame, Markup, Quoted, Tag
from archlint.languages.components.raw import end_of_markup, end_of_text
from archlint.languages.components.recovery import between_scripts
from archlint.languages.components.template import Expression, Plain, Run, RunKind, Template
from archlint.languages.decoded import Region

_TAGS = rb"<!--|<[!?]|</?[A-Za-z][^\s/><]*|</?>"
_IN_TAG = re.compile(
    rb"(?P<space>\s+)|(?P<end>/?>)|(?P<brace>\{)|(?P<name>[^\s\"'<>/={][^\s\"'<>/=]*)|.", re.DOTALL
)
_IN_QUOTES = {b'"': re.compile(rb'["{]'), b"'": re.compile(rb"['{]")}
_TO_QUOTE = {b'"': re.compile(b'"'), b"'": re.compile(b"'")}
_EQUALS = re.compile(rb"\s*=\s*")
_UNQUOTED = re.compile(rb"(?:(?!/>)[^\s>{])*")
_SIBLING = re.compile(rb"\s*<(?:[A-Za-z>]|!--)")
_RAW = frozenset({b"script", b"style"})
_TEXT_IN_HTML = _RAW | {b"textarea", b"title"}
_KEEPS_CONTENT = frozenset({b"is:raw", b"v-pre"})
# https://html.spec.whatwg.org/multipage/syntax.html#void-elements
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())


class Dialect(msgspec.Struct, frozen=True):
    """What a language adds to HTML."""

    hole: bytes = b"{"
    """What begins code: ``{`` in texts and tags, or ``{{`` in texts alone."""
    has_braces_in_quotes: bool = False
    has_markup_in_code: bool = False
    is_in_blocks: bool = False
    """Whether markup stands only in a ``<template>`` at the top level."""


def scan(data: bytes, dialect: Dialect, start: int = 0) -> Template:
    """The parts of the markup from ``start`` on."""
    return _Scan(data, dialect, start).run()


class _Scan:
    """One pass over the bytes; the last of the frames is where it is."""

    def __init__(self, data: bytes, dialect: Dialect, start: int) -> None:
        self._data = data
        self._dialect = dialect
        self._at = start
        self._frames: list[Frame] = [Markup()]
        self._in_text = re.compile(_TAGS + b"|" + re.escape(dialect.hole))
        self._expressions: list[Expression] = []
        self._attributes: list[Plain] = []
        self._hidden: list[Region] = []
        self._comments: list[Region] = []
        self._unread: list[tuple[Region, str]] = []

    def run(self) -> Template:
        while self._at < len(self._data):
            match self._frames[-1]:
                case Markup() as frame:
                    self._markup(frame)
                case Tag() as frame:
                    self._tag(frame)
                case Quoted() as frame:
                    self._quoted(frame)
                case Code() as frame:
                    self._code(frame)
        code = next((frame for frame in self._frames if isinstance(frame, Code)), None)
        if code is not None:
            message = "this is not closed; of what follows, only scripts were judged"
            self._unread.append(((code.opened, code.opened + 1), message))
            self._hidden.extend(between_scripts(self._data, code.opened))
        return Template(
            tuple(self._expressions),
            tuple(self._attributes),
            tuple(self._hidden),
            tuple(self._comments),
            tuple(self._unread),
        )

    # --- texts and elements --------------------------------------------------------------------------------

    def _markup(self, frame: Markup) -> None:
        match = self._in_text.search(self._data, self._at)
        if match is None:
            self._at = len(self._data)
            return
        mark, self._at = match[0], match.end()
        if mark == b"{":
            self._begin(None, match.start())
        elif mark == b"{{":
            self._mustache(frame, match.start())
        elif mark == b"<!--":
            self._skip(b"-->", match.start() + 2)
            self._settle(frame)
        elif mark[:2] in (b"<!", b"<?"):
            self._skip(b">", self._at)
        elif mark[:2] == b"</":
            self._end_tag(frame, (match.start() + 2, match.end()))
        elif mark == b"<>":
            self._hidden.append(match.span())
            frame.depth += 1
        else:
            self._hide_look_alike((match.start() + 1, match.end()))
            self._frames.append(Tag((match.start() + 1, match.end())))

    def _end_tag(self, frame: Markup, name: Region) -> None:
        written = self._data[slice(*name)]
        if written == b">":
            self._hidden.append((name[0] - 2, name[1]))
        else:
            self._hide_look_alike(name)
            self._skip(b">", self._at)
        if self._counts(written):
            frame.depth = max(frame.depth - 1, 0)
        self._settle(frame)

    def _counts(self, name: bytes) -> bool:
        """Whether an element of this name makes the texts in it deeper."""
        return name == b"template" if self._dialect.is_in_blocks else name not in _VOID

    def _hide_look_alike(self, name: Region) -> None:
        """``<Title>`` is a component. To HTML, upper and lower case are the same."""
        written = self._data[slice(*name)]
        if written.lower() in _TEXT_IN_HTML and written != written.lower():
            self._hidden.append(name)

    def _settle(self, frame: Markup) -> None:
        """Go back to the code around an element that has ended, unless another follows."""
        if len(self._frames) == 1 or frame.depth or _SIBLING.match(self._data, self._at):
            return
        self._frames.pop()
        code = self._frames[-1]
        assert isinstance(code, Code)
        code.runs.append(Run(RunKind.MARKUP, (frame.start, self._at)))
        code.start = code.hidden = self._at
        code.nesting.expects_operand = False

    def _mustache(self, frame: Markup, start: int) -> None:
        end = self._data.find(b"}}", self._at)
        if end < 0:
            self._in_text = re.compile(_TAGS)
            if frame.depth:
                self._unread.append(((start, self._at), "this is not closed; what follows is taken for text"))
        elif frame.depth:
            self._expressions.append(Expression((Run(RunKind.CODE, (self._at, end)),)))
            self._hidden.append((start, end + 2))
            self._at = end + 2

    def _skip(self, end: bytes, start: int) -> None:
        """Go past the next ``end``."""
        found = self._data.find(end, start)
        self._at = found + len(end) if found >= 0 else len(self._data)

    # --- tags ----------------------------------------------------------------------------------------------

    def _tag(self, frame: Tag) -> None:
        match = _IN_TAG.match(self._data, self._at)
        assert match is not None
        self._at = match.end()
        if match.lastgroup == "end":
            self._frames.pop()
            self._begin_content(frame, is_closed=match[0] == b"/>")
        elif match.lastgroup == "name":
            self._attribute(frame, match.span())
        elif match[0] == self._dialect.hole:
            self._begin(None, match.start())

    def _begin_content(self, tag: Tag, *, is_closed: bool) -> None:
        around, name = self._frames[-1], self._data[slice(*tag.name)]
        assert isinstance(around, Markup)
        is_block = self._dialect.is_in_blocks and not around.depth
        if is_closed and name in _RAW:
            self._hidden.append(tag.name)  # HTML has no <script />
        if is_closed or name in _VOID:
            self._settle(around)
            return
        around.depth += self._counts(name)
        if is_block and (name != b"template" or tag.lang not in (b"", b"html")):
            self._block(tag)
        elif tag.is_raw or name in _RAW:
            end_of = end_of_text if name in _RAW else end_of_markup
            self._at = end_of(self._data, name, self._at)

    def _block(self, tag: Tag) -> None:
        """Skip a block of a single-file component. Only scripts and style sheets are read, as HTML reads them."""
        name = self._data[slice(*tag.name)]
        start, self._at = self._at, end_of_text(self._data, name, self._at)
        if name == b"template":
            lang = tag.lang.decode(errors="replace")
            self._unread.append((tag.name, f"a template in {lang}, which archlint cannot read"))
        if name not in _RAW:
            self._hidden.append((start, self._at))

    def _attribute(self, tag: Tag, name: Region) -> None:
        written, equals = self._data[slice(*name)], _EQUALS.match(self._data, name[1])
        tag.is_raw = tag.is_raw or written in _KEEPS_CONTENT
        if equals is None:
            return
        start = self._at = equals.end()
        opener = self._data[start : start + 1]
        if opener in _IN_QUOTES:
            self._at = start + 1
            self._frames.append(Quoted(opener, name, start + 1))
        elif self._is_code(opener):
            self._begin(name, start)
        else:
            value = _UNQUOTED.match(self._data, start)
            self._at = value.end() if value else start
            self._plain(tag, name, (start, self._at), self._at)

    def _is_code(self, opener: bytes) -> bool:
        return opener == self._dialect.hole or (opener == b"`" and self._dialect.has_markup_in_code)

    def _quoted(self, frame: Quoted) -> None:
        marks = _IN_QUOTES if self._dialect.has_braces_in_quotes else _TO_QUOTE
        mark = marks[frame.quote].search(self._data, self._at)
        end = mark.start() if mark else len(self._data)
        if end > self._at:
            frame.runs.append(Run(RunKind.TEXT, (self._at, end)))
        self._at = end + 1
        if mark and mark[0] == b"{":
            self._begin(None, end)
        elif mark:
            self._end_value(frame, end)

    def _end_value(self, frame: Quoted, end: int) -> None:
        self._frames.pop()
        if any(run.kind is RunKind.CODE for run in frame.runs):
            self._expressions.append(Expression(tuple(frame.runs), frame.name, is_in_tag=True))
            self._hidden.append((frame.name[0], end + 1))
        else:
            tag = self._frames[-1]
            assert isinstance(tag, Tag)
            self._plain(tag, frame.name, (frame.start, end), end + 1)

    def _plain(self, tag: Tag, name: Region, value: Region, end: int) -> None:
        if self._data[slice(*name)] == b"lang":
            tag.lang = self._data[slice(*value)]
        element = self._data[slice(*tag.name)].decode(errors="replace")
        self._attributes.append(Plain(element, name, value, (name[0], end)))

    # --- code ----------------------------------------------------------------------------------------------

    def _begin(self, name: Region | None, opened: int) -> None:
        """Begin the code after a brace, or a template literal."""
        opener = self._data[opened : opened + 1]
        start = opened + 1 if opener == b"{" else opened
        # ``{/if}`` ends a block; it is no regular expression.
        expects = self._dialect.has_markup_in_code or not self._data.startswith(b"/", start)
        hidden = name[0] if name else opened
        self._frames.append(Code(name, opened, start, hidden, Nesting([opener], expects)))
        self._at = opened + 1

    def _code(self, frame: Code) -> None:
        around = self._frames[-2]
        has_markup = self._dialect.has_markup_in_code and isinstance(around, Markup)
        self._at, stop = advance(self._data, self._at, frame.nesting, has_markup=has_markup)
        if stop is Stop.UNCLOSED:
            return
        is_brace = stop is Stop.END and self._data.startswith(b"}", self._at - 1)
        frame.runs.append(Run(RunKind.CODE, (frame.start, self._at - is_brace)))
        if not isinstance(around, Quoted):
            self._hidden.append((frame.hidden, self._at))
        if stop is Stop.MARKUP:
            self._frames.append(Markup(self._at))
        else:
            self._end_code(frame)

    def _end_code(self, frame: Code) -> None:
        self._frames.pop()
        self._comments.extend(frame.nesting.comments)
        around = self._frames[-1]
        if isinstance(around, Quoted):
            around.runs.extend(frame.runs)
        else:
            is_in_tag = isinstance(around, Tag)
            self._expressions.append(Expression(tuple(frame.runs), frame.name, is_in_tag))
