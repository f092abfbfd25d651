"""Renders a page of the documentation for a terminal. Loads rich."""

import re
from posixpath import dirname, normpath
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Heading, Markdown, MarkdownElement
from rich.text import Text
from rich.theme import Theme

from archlint.extend import Style

_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^(```\w+) ([^\s=`]+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)([^)#\s]*?)(?:\.md)?(#[^)\s]*)?\)")
_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_WIDEST = 100
"""Longer lines of prose are hard to read."""
_THEME = Theme(
    {"markdown.code": "bold cyan", "markdown.h1": "bold underline", "markdown.h2": "bold underline"}
)


class _Heading(Heading):
    """At the left, as in a manual."""

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield Text()
        yield self.text


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {**Markdown.elements, "heading_open": _Heading}


def rendered(text: str, name: str, looks: Style) -> str:
    """The Markdown of a page, as lines for a terminal that looks so."""
    console = Console(
        width=min(looks.width, _WIDEST),
        force_terminal=looks.colour,
        no_color=not looks.colour,
        color_system="standard" if looks.colour else None,
        theme=_THEME,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(_Page(_plainer(text, name), code_theme="ansi_dark", hyperlinks=False))
    plain = "\n".join(line.rstrip() for line in captured.get().splitlines())
    return re.sub(r"\n{3,}", "\n\n", plain).strip("\n") + "\n"


def _plainer(text: str, name: str) -> str:
    """What is left of Markdown for the web: files are named above their code, links name what to read."""
    parts = _FENCED.split(_COMMENT.sub("", text))
    return "".join(
        _FILE.sub(r"`\2`\n\n\1", part) if part.startswith("```") else _links(part, name) for part in parts
    )


def _links(prose: str, name: str) -> str:
    def told(link: re.Match[str]) -> str:
        page = normpath(f"{dirname(name)}/{link[2]}").strip("/")
        if not link[2] or page.startswith("..") or "." in page.rpartition("/")[2]:
            return link[1]
        return f"{link[1]} (`archlint docs {page}{link[3] or ''}`)"

    return _LINK.sub(told, prose)
