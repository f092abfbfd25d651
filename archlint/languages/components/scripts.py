"""Code in markup as scripts that say what receives its value: JSX, since that is what an attribute with code is."""

import re
from collections.abc import Callable, Iterator

from archlint.languages.components.template import Expression, Run, RunKind
from archlint.languages.decoded import Decoded, Part, Region, join, verbatim

_ATTRIBUTE_OF_JSX = re.compile(r"[A-Za-z_$][\w$-]*(?::[A-Za-z_$][\w$-]*)?", re.ASCII)
_SPECIAL = re.compile(rb"[`\\]|\$(?=\{)")
_NOTHING = re.compile(rb"(?:\s|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
# One name, which holds no constant; templates are full of them.
_NAME = re.compile(rb"\s*[A-Za-z_$][\w$]*\s*")

Naming = Callable[[bytes, Region], Part | None]
"""The property that an attribute of a name sets, or None."""


def written(data: bytes, name: Region) -> Part:
    """The property that is called as the attribute is."""
    return verbatim(data, *name)


def script(data: bytes, expression: Expression, naming: Naming = written) -> Decoded | None:
    """The script of an expression; None if there is nothing in it to find."""
    code = [data[slice(*run.region)] for run in expression.runs if run.kind is RunKind.CODE]
    if len(expression.runs) == 1 and (_NOTHING.fullmatch(code[0]) or _NAME.fullmatch(code[0])):
        return None
    value = list(_value(data, expression))
    if expression.name is None and expression.is_in_tag and code[0].lstrip().startswith(b"..."):
        return around("({", value, "})")
    return bound(naming(data, expression.name) if expression.name else None, value)


def bound(name: Part | None, value: list[Part]) -> Decoded:
    """The script in which a property receives a value. A name that JSX cannot write is left out."""
    if name is None or not _ATTRIBUTE_OF_JSX.fullmatch(name.text):
        return around("(", value, ")")
    return around("", [_added("<a ", name.start), name, _added("={", name.end), *value], "}/>")


def around(before: str, parts: list[Part], after: str) -> Decoded:
    """The parts with text around them that stands nowhere."""
    start, end = parts[0].start, parts[-1].end
    return join([_added(before, start), *parts, _added(after, end)], (start, end))


def _added(text: str, at: int) -> Part:
    return Part(text, at, at, verbatim=False)


def _value(data: bytes, expression: Expression) -> Iterator[Part]:
    """The runs as one expression: an element is 0, and text around code makes a template literal of it."""
    first, last = expression.runs[0].region[0], expression.runs[-1].region[1]
    kinds = [run.kind for run in expression.runs]
    is_template = RunKind.TEXT in kinds or (RunKind.MARKUP not in kinds and len(kinds) > 1)
    if is_template:
        yield _added("`", first)
    for run in expression.runs:
        yield from _part(data, run, is_template=is_template)
    if is_template:
        yield _added("`", last)


def _part(data: bytes, run: Run, *, is_template: bool) -> Iterator[Part]:
    start, end = run.region
    if run.kind is RunKind.MARKUP:
        yield Part("0", start, end, verbatim=False)
    elif run.kind is RunKind.TEXT:
        yield from _escaped(data, run.region)
    elif is_template:
        yield from (_added("${", start), verbatim(data, start, end), _added("}", end))
    else:
        yield verbatim(data, start, end)


def _escaped(data: bytes, region: Region) -> Iterator[Part]:
    done, end = region
    for match in _SPECIAL.finditer(data, *region):
        yield verbatim(data, done, match.start())
        yield Part("\\" + match[0].decode(), *match.span(), verbatim=False)
        done = match.end()
    yield verbatim(data, done, end)
