"""Where code in markup ends: a lexer of just enough JavaScript to match braces."""

import re
from enum import Enum, auto

import msgspec

from archlint.languages.decoded import Region

_TOKEN = re.compile(
    rb"""(?P<space>\s+) | (?P<comment>//[^\r\n]*|/\*.*?(?:\*/|\Z)) | (?P<word>[\w$\x80-\xff]+)
       | (?P<string>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+') | (?P<brace>[{}`]) | (?P<other>\\.|.)""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(rb"/(?![*/])(?:[^\\/\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++/[a-z]*")
_LONGEST_REGEX = 1000  # of those that are found at all; an unclosed one would be tried at each of its slashes
_IN_TEMPLATE = re.compile(rb"\\.|`|\$\{", re.DOTALL)
_MARKUP = re.compile(rb"<(?:[A-Za-z>]|!--)")
# After these words an operand follows: a regular expression or an element, no division and no comparison.
_BEFORE_OPERAND = frozenset(
    b"await case default delete do else extends if in instanceof new of return throw typeof void yield".split()
)


class Stop(Enum):
    """Why the lexer stopped."""

    END = auto()
    MARKUP = auto()
    UNCLOSED = auto()


class Nesting(msgspec.Struct):
    """How deep in brackets and templates a stretch of code is. It ends where ``open`` becomes empty."""

    open: list[bytes]
    """Each a brace or a backtick."""
    expects_operand: bool = True
    comments: list[Region] = msgspec.field(default_factory=list)


def advance(data: bytes, at: int, nesting: Nesting, *, has_markup: bool) -> tuple[int, Stop]:
    """The offset past the bracket that ends the code, or that of an element where ``has_markup``."""
    while at < len(data):
        if nesting.open[-1] == b"`":
            at = _template(data, at, nesting)
        elif has_markup and nesting.expects_operand and _MARKUP.match(data, at):
            return at, Stop.MARKUP
        else:
            at = _token(data, at, nesting)
        if not nesting.open:
            return at, Stop.END
    return at, Stop.UNCLOSED


def _template(data: bytes, at: int, nesting: Nesting) -> int:
    """Past the next thing in a template literal that is not text."""
    match = _IN_TEMPLATE.search(data, at)
    if match is None:
        return len(data)
    if match[0] == b"`":
        nesting.open.pop()
        nesting.expects_operand = False
    elif match[0] == b"${":
        nesting.open.append(b"{")
        nesting.expects_operand = True
    return match.end()


def _token(data: bytes, at: int, nesting: Nesting) -> int:
    regex = _REGEX.match(data, at, at + _LONGEST_REGEX) if nesting.expects_operand else None
    if regex is not None:
        nesting.expects_operand = False
        return regex.end()
    token = _TOKEN.match(data, at)
    assert token is not None
    match token.lastgroup:
        case "comment":
            nesting.comments.append(token.span())
        case "brace":
            _bracket(token[0], nesting)
        case "word":
            nesting.expects_operand = token[0] in _BEFORE_OPERAND
        case "string" | "other":
            nesting.expects_operand = token.lastgroup == "other" and token[0] not in b")]"
    return token.end()


def _bracket(bracket: bytes, nesting: Nesting) -> None:
    if bracket == b"}":
        nesting.open.pop()
    else:
        nesting.open.append(bracket)
    nesting.expects_operand = bracket != b"}"
