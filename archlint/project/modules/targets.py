"""What a specifier is answered with, and in what manner it is asked."""

from enum import StrEnum

import msgspec


class Manner(StrEnum):
    """How a file points at another: it decides on conditions, and on what a name without ``./`` means."""

    IMPORT = "import"
    """``import``, ``export … from``, ``import()``: the condition ``import``."""
    REQUIRE = "require"
    """``require()`` and ``import x = require()``: the condition ``require``."""
    TYPE = "type"
    """``import type``: exactly the file that TypeScript takes the types from."""
    URL = "url"
    """An address, as in HTML, CSS and ``new URL()``: relative to the file even without ``./``."""


class Target(msgspec.Struct, frozen=True, gc=False):
    """What a specifier leads to."""

    path: str | None = None
    """The file, if it is in the tree."""
    package: str = ""
    """The package that was named, in the tree or outside; a builtin as ``node:fs``; a URL as it is written."""
    folder: str | None = None
    """The folder of that package if it is in the tree, also where no file of it is found."""
    tried: tuple[str, ...] = ()
    """Where a file was looked for in vain: a few places, or sentences, for a message."""

    @property
    def is_outside(self) -> bool:
        """Whether it leads out of the tree: to a package, a builtin or a URL."""
        return self.path is None and bool(self.package) and self.folder is None

    @property
    def is_lost(self) -> bool:
        """Whether it leads nowhere that can be told."""
        return self.path is None and not self.is_outside
