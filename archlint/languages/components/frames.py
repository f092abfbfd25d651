"""Where a scan of markup is: in texts, in a tag, in a value in quotes, or in code."""

from dataclasses import dataclass, field

from archlint.languages.components.code import Nesting
from archlint.languages.components.template import Run
from archlint.languages.decoded import Region


@dataclass(slots=True)
class Markup:
    """Texts and elements. ``depth`` counts the elements that are open."""

    start: int = 0
    depth: int = 0


@dataclass(slots=True)
class Tag:
    """A start tag up to its end."""

    name: Region
    is_raw: bool = False
    """Whether an attribute says that the content is as it is."""
    lang: bytes = b""


@dataclass(slots=True)
class Quoted:
    """A value in quotes that may hold braces."""

    quote: bytes
    name: Region
    start: int
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Code:
    """Code up to the bracket that ends it. What stands before ``start`` and ``hidden`` is told already."""

    name: Region | None
    """The attribute whose value it is."""
    opened: int
    start: int
    hidden: int
    nesting: Nesting
    runs: list[Run] = field(default_factory=list)


Frame = Markup | Tag | Quoted | Code
