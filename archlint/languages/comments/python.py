"""The comments of Python, by its own tokens: they tell of lines and blocks what a comment needs to know."""

import tokenize
from collections.abc import Callable, Iterator
from io import StringIO
from tokenize import TokenInfo

from archlint.languages.comments.said import said
from archlint.languages.decoded import Region
from archlint.source import Source
from archlint.suppression import Comment

_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_NO_CODE = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT})


def read(source: Source, _language: str) -> Iterator[Comment]:
    """Those of a whole file; of one that is no Python, up to the mistake."""
    code = _Code(source)
    return said(source, code.comments(), code.following)


class _Code:
    """The tokens of a file, and where they stand in its bytes."""

    def __init__(self, source: Source) -> None:
        self._source = source
        text = source.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        self._lines = text.split("\n")
        self._tokens = list(_tokens(text))
        self._depths = list(_depths(self._tokens))
        self._index = {
            self._offset(token.start): index
            for index, token in enumerate(self._tokens)
            if token.type not in _NO_CODE
        }

    def comments(self) -> Iterator[Region]:
        for token in self._tokens:
            if token.type == tokenize.COMMENT:
                yield self._offset(token.start), self._offset(token.end)

    def following(self, offset: int) -> Region | None:
        """The statement with its block, or within brackets what goes to the next comma."""
        index = self._index.get(offset)
        if index is None or self._tokens[index].type == tokenize.ENDMARKER or self._ends_block(index):
            return None
        end = self._element_end(index) if self._depths[index] else self._statement_end(index)
        last = self._last_code(end, index)
        return None if last is None else (offset, self._offset(last.end))

    def _ends_block(self, index: int) -> bool:
        """Whether the comment before stands deeper than the code: then it is the last of its block."""
        comment = index - 1
        while self._tokens[comment].type != tokenize.COMMENT:
            comment -= 1
        return not self._depths[index] and self._tokens[index].start[1] < self._tokens[comment].start[1]

    def _element_end(self, index: int) -> int:
        depth = self._depths[index]
        for end in range(index, len(self._tokens)):
            if self._depths[end] == depth and self._tokens[end].string in (",", *_CLOSING):
                return end
        return len(self._tokens)

    def _statement_end(self, index: int) -> int:
        """Past the line; past its block if it opens one; and what is decorated belongs to its decorators."""
        while True:
            end = self._skip(index, lambda token: token.type != tokenize.NEWLINE)
            after = self._skip(end + 1, lambda token: token.type in (tokenize.NL, tokenize.COMMENT))
            if after >= len(self._tokens):
                return end
            if self._tokens[after].type == tokenize.INDENT:
                return self._block_end(after)
            if self._tokens[index].string != "@":
                return end
            index = after

    def _block_end(self, index: int) -> int:
        level = 0
        for end in range(index, len(self._tokens)):
            kind = self._tokens[end].type
            level += (kind == tokenize.INDENT) - (kind == tokenize.DEDENT)
            if level == 0:
                return end
        return len(self._tokens)

    def _skip(self, index: int, passes: Callable[[TokenInfo], bool]) -> int:
        while index < len(self._tokens) and passes(self._tokens[index]):
            index += 1
        return index

    def _last_code(self, end: int, first: int) -> TokenInfo | None:
        """The last token before ``end`` that is code; None if there is none from ``first`` on."""
        codes = (self._tokens[at] for at in range(end - 1, first - 1, -1))
        return next((token for token in codes if token.type not in _NO_CODE), None)

    def _offset(self, place: tuple[int, int]) -> int:
        row, column = place
        if row > len(self._source.lines):
            return len(self._source.data)
        return self._source.lines.start(row) + len(self._lines[row - 1][:column].encode())


def _tokens(text: str) -> Iterator[TokenInfo]:
    try:
        yield from tokenize.generate_tokens(StringIO(text).readline)
    except (tokenize.TokenError, SyntaxError):
        return


def _depths(tokens: list[TokenInfo]) -> Iterator[int]:
    """How many brackets are open before each token; a closing one counts as what it closes."""
    depth = 0
    for token in tokens:
        is_mark = token.type == tokenize.OP
        yield depth
        depth += (is_mark and token.string in _OPENING) - (is_mark and token.string in _CLOSING)
