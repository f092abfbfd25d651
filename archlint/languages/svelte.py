"""Svelte components: scripts, and markup with code in braces."""

import re

from archlint.facts import Demand, Facts
from archlint.languages.components.reading import facts
from archlint.languages.components.scan import Dialect, scan
from archlint.languages.components.scripts import around, script
from archlint.languages.components.template import Expression, RunKind
from archlint.languages.decoded import Decoded, Part, Region, verbatim
from archlint.source import Source

DIALECT = Dialect(has_braces_in_quotes=True)
# https://svelte.dev/docs/svelte/template-syntax
_BLOCK = re.compile(rb"\s*(?P<word>[#:@/][a-z]+(?:\s+if\b)?)\s*")
_AS_THEY_ARE = {
    b"#if": ("(", ")"),
    b"#key": ("(", ")"),
    b":else if": ("(", ")"),
    b"@attach": ("(", ")"),
    b"@const": ("const ", ""),
    b"@debug": ("(", ")"),
    b"@html": ("(", ")"),
    b"@render": ("(", ")"),
    b"#snippet": ("function ", "{}"),
}
# The value stands before the names that it is given.
_BEFORE_NAMES = {b"#each": re.compile(rb"\sas\s"), b"#await": re.compile(rb"\s(?:then|catch)\b")}
_NAME = re.compile(rb"(?:bind:)?(?P<name>[^|]*)")


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    template = scan(source.data, DIALECT)
    scripts = (_script(source.data, expression) for expression in template.expressions)
    return facts(source, template, [each for each in scripts if each], demands)


def _script(data: bytes, expression: Expression) -> Decoded | None:
    first = expression.runs[0]
    block = _BLOCK.match(data, *first.region) if first.kind is RunKind.CODE else None
    if block is None or expression.name is not None:
        return script(data, expression, _property)
    word, end = b" ".join(block["word"].split()), first.region[1]
    if word in _BEFORE_NAMES:
        return around("(", [verbatim(data, *_value(data, (block.end(), end), word))], ")")
    if word not in _AS_THEY_ARE or block.end() == end:
        return None
    before, after = _AS_THEY_ARE[word]
    return around(before, [verbatim(data, block.end(), end)], after)


def _value(data: bytes, region: Region, word: bytes) -> Region:
    """What is before the names. Before the last ``as``: ``items as Item[] as item`` casts first."""
    names = list(_BEFORE_NAMES[word].finditer(data, *region))
    return (region[0], names[-1].start()) if names else region


def _property(data: bytes, name: Region) -> Part | None:
    """``bind:value|trim`` sets ``value``."""
    match = _NAME.match(data, *name)
    return verbatim(data, *match.span("name")) if match else None
