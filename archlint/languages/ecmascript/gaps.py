"""Legal syntax that the grammars do not know, overwritten by something of the same length that they do.

tree-sitter-typescript 0.23.2 (2024-11-11, the newest) makes ERROR nodes of it. Each gap is told by what stands
around the words; those are group 1. Every other place stays as it is. Found over 8,000 files of twelve npm packages.
"""

import re
from collections.abc import Iterator

from archlint.languages.ecmascript.paths import AMPERSAND, TYPE, USING


def _from_word(expression: bytes) -> re.Pattern[bytes]:
    """The expression, which begins with a word: the engine finds that at once if it comes before what bounds it."""
    return re.compile(re.sub(rb"^\\b(\(?)(\w+)", rb"\1\2(?<!\\w\2)", expression))


# The expression, what takes the words' place, and what fills it up to their length.
_GAPS: tuple[tuple[re.Pattern[bytes], bytes, bytes], ...] = (
    # export type * from 'a'
    (_from_word(rb"\bexport\s+(type)\s*\*"), b"", b" "),
    # export … from 'a' with { type: 'json' }
    (_from_word(rb"\bfrom\s*(?:'[^'\n]*'|\"[^\"\n]*\")\s*((?:with|assert)\s*\{[^{}]*\})"), b"", b" "),
    # import defer * as a from 'a'; import source a from 'a'
    (_from_word(rb"\bimport\s+(defer|source)\s+(?!from\b)[\w*]"), b"", b" "),
    # for (await using a of b)
    (_from_word(rb"\bfor\s*(?:await\s*)?\(\s*((?:await\s+)?using)\s"), b"const", b" "),
    # using(a: string): this
    (_from_word(rb"\b(using)(?=[(:?,)])"), USING, b" "),
    # abstract accessor a
    (_from_word(rb"\babstract\s+(accessor)\s+[\w#]"), b"", b" "),
    # interface A<in out T, out U>
    (re.compile(rb"[<,]\s*((?:const\s+)?(?:in\s+out|in|out))\s+[A-Za-z_$]"), b"", b" "),
    (re.compile(rb"^[^\S\n]*+(in\s+out|in|out)\s+[A-Za-z_$][\w$]*\s+extends\b", re.MULTILINE), b"", b" "),
    # export default abstract class A
    (_from_word(rb"\bexport\s+default\s+(abstract)\s+class\b"), b"", b" "),
    # export default function (): T;
    (_from_word(rb"\bexport\s+(default\s+function\s)(?=\s*\()"), b"function default", b"_"),
    # export import a = require('a')
    (_from_word(rb"\b(export)\s+import\s+\w+\s*="), b"", b" "),
    # import('a').B<C>, import('a').B[]
    (_from_word(rb"\b(import\((?:'[^'\n]*'|\"[^\"\n]*\")\))(?=\.\w+(?:\.\w+)*\s*(?:<|\[\]))"), b"i", b"_"),
    # import.defer('a'), import.source('a')
    (_from_word(rb"\bimport\s*(\.\s*(?:defer|source))\s*\("), b"", b" "),
    # sql<{ a: string }>`…`
    (re.compile(rb"(<\{(?<=[\w$]..)[^<>`]*\}(?:\[\])*>)\s*`"), b"", b" "),
)
# { <A>(a: A): B<A>⏎ <A>(a: A, b: B): A }: a type argument list may not begin a line. Only where `<` opens no JSX.
_BEFORE_TYPES = re.compile(rb"\n(?=(?:\s++|//[^\n]*+\n|/\*(?:[^*]|\*(?!/))*\*/)*+<(?:\s*\n\s*)?[A-Za-z])")
_ENDS_MEMBER = re.compile(rb"(?:[\w$\])}]|(?<!=)>)[ \t]*\r?\Z")

# Without one of these there is none.
_LINE_OF_TYPES = (
    re.compile(rb"\n\s*+<(?:\s*\n\s*)?[A-Za-z]"),
    re.compile(rb"\*/\s*+<(?:\s*\n\s*)?[A-Za-z]"),
)

# export { a, type, type as b } from 'a': what is called `type`, and no type.
_LIST = _from_word(rb"\bexport\s*\{([^{}]*)\}")
_CALLED_TYPE = re.compile(rb"(?<![\w$])type(?=\s*+(?:as\s+[\w$]++\s*+)?(?:,|\Z))")

_ASSIGNED_TEXT = re.compile(rb"=\s*(?:\"[^\"\n]*\"|'[^'\n]*')")
_JSX_TEXT = re.compile(rb"[>}][^<>{}=;&]*&[^<>{}=;]*(?=[<{])")
_BARE_AMPERSAND = re.compile(rb"&(?!#\d+;|#[xX][0-9A-Fa-f]+;|\w+;)")


def without_gaps(data: bytes, grammar: str) -> bytes:
    """The code with stand-ins for what the grammar lacks."""
    masked = bytearray(data)
    for pattern, replacement, filler in _GAPS:
        for match in pattern.finditer(data):
            start, end = match.span(1)
            masked[start:end] = replacement.ljust(end - start, filler)
    for match in _LIST.finditer(data):
        masked[slice(*match.span(1))] = _CALLED_TYPE.sub(TYPE, match[1])
    if grammar == "typescript" and any(begins.search(data) for begins in _LINE_OF_TYPES):
        for start, end in _ends_of_members(data):
            masked[start:end] = b";".rjust(end - start)
    # In a string's text a stand-in does no harm, so JSX attributes need not be told from other strings.
    return _ASSIGNED_TEXT.sub(lambda match: _BARE_AMPERSAND.sub(AMPERSAND, match[0]), bytes(masked))


def _ends_of_members(data: bytes) -> Iterator[tuple[int, int]]:
    """The line ends that a type argument list would reach over."""
    for match in _BEFORE_TYPES.finditer(data):
        end = match.start()
        if _ENDS_MEMBER.search(data[data.rfind(b"\n", 0, end) + 1 : end]):
            yield end - data.endswith(b"\r", 0, end), end + 1


def without_ampersands(data: bytes) -> bytes:
    """Stand-ins for the bare ``&`` of JSX texts, which are legal and which the grammars do not know."""
    return _JSX_TEXT.sub(lambda match: _BARE_AMPERSAND.sub(AMPERSAND, match[0]), data)
