"""Comments that speak to archlint, in every language that has comments: what they say, and of which lines."""

from collections.abc import Callable, Iterator
from importlib import import_module

from archlint.source import Source
from archlint.suppression import Comment

NEEDLE = b"archlint:"
"""A file without it is not parsed for its comments."""

# Language -> the module that knows its comments.
_MODULES = {
    "astro": "components",
    "css": "styles",
    "dotenv": "data",
    "html": "pages",
    "javascript": "scripts",
    "json": "data",
    "makefile": "makefiles",
    "python": "python",
    "shell": "data",
    "svelte": "components",
    "toml": "data",
    "tsx": "scripts",
    "typescript": "scripts",
    "vue": "components",
    "yaml": "data",
}

_Reader = Callable[[Source, str], Iterator[Comment]]


def comments(source: Source, language: str) -> tuple[Comment, ...]:
    """What comments of a file say to archlint, in order."""
    reader: _Reader = import_module(f"archlint.languages.comments.{_MODULES[language]}").read
    return tuple(sorted(reader(source, language), key=lambda comment: comment.span))
