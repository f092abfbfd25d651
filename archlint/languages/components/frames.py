"""Where a scan of markup is: in texts, in a tag, in a value in quotes, or in code."""

import msgspec

from archlint.languages.components.code import Nesting
from archlint.languages.components.template import Run
from archlint.languages.decoded import Region


class Markup(msgspec.Struct):
    """Texts and elements. ``depth`` counts the elements that are open."""

    start: int = 0
    depth: int = 0


class Tag(msgspec.Struct):
    """A start tag up to its end."""

    name: Region
    is_raw: bool = False
    """Whether an attribute says that the content is as it is."""
    lang: bytes = b""


class Quoted(msgspec.Struct):
    """A value in quotes that may hold braces."""

    quote: bytes
    name: Region
    start: int
    runs: list[Run] = msgspec.field(default_factory=list)


class Code(msgspec.Struct):
    """Code up to the bracket that ends it. What stands before ``start`` and ``hidden`` is told already."""

    name: Region | None
    """The attribute whose value it is."""
    opened: int
    start: int
    hidden: int
    nesting: Nesting
    runs: list[Run] = msgspec.field(default_factory=list)


Frame = Markup | Tag | Quoted | Code
