"""The pages of the documentation that archlint brings: which there are, and what each or a section of it says.

Pages are named as in ``archlint docs``: ``rules``, ``reference/kinds``, ``rules#tests`` for a section.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

_PACKAGE = Path(__file__).parent
_GROUP = re.compile(r"  - (?P<title>[^:]+):$")
_PAGE = re.compile(r" +- (?P<title>.+): (?P<file>\S+)\.md$")
_FENCE = re.compile(r"^ *(```+|~~~+)")
_HEADING = re.compile(r"(#{1,6}) (.+)$")


class Page(msgspec.Struct, frozen=True):
    """A page, with the group of pages it stands in; '' for those that lead in."""

    name: str
    title: str
    group: str


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands below it, smaller headings too."""

    anchor: str
    title: str
    text: str


def folder() -> Path:
    """Where the pages are: inside the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "docs"
    return inside if inside.is_dir() else _PACKAGE.parent / "docs"


def pages() -> tuple[Page, ...]:
    """Every page, in the order and groups of the site."""
    inside = folder() / "mkdocs.yml"
    site = inside if inside.is_file() else folder().parent / "mkdocs.yml"
    return tuple(_pages(site.read_text("utf-8")))


def _pages(site: str) -> Iterator[Page]:
    group = ""
    for line in site.partition("\nnav:\n")[2].splitlines():
        if match := _PAGE.match(line):
            group = group if line.startswith("      ") else ""
            yield Page(match["file"], match["title"], group)
        elif match := _GROUP.match(line):
            group = match["title"]
        else:
            return


def text_of(name: str) -> str:
    """What the page says, as Markdown."""
    return (folder() / f"{name}.md").read_text("utf-8")


def sections(text: str) -> tuple[Section, ...]:
    """The sections of a page by its headings, each with those below it."""
    lines = text.splitlines(keepends=True)
    heads = tuple(_headings(lines))
    ends = [
        next((below for below, other, _ in heads if below > at and other <= depth), len(lines))
        for at, depth, _ in heads
    ]
    return tuple(
        Section(anchor_of(title), title, "".join(lines[at:end]).rstrip() + "\n")
        for (at, _, title), end in zip(heads, ends, strict=True)
    )


def anchor_of(title: str) -> str:
    """What a link names a heading, as GitHub and the site have it."""
    return re.sub(r"[^\w -]", "", title).lower().replace(" ", "-")


def _headings(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """The index of each heading's line, its depth and its title. What stands in fences is none."""
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
        elif not fence and not mark and (heading := _HEADING.match(line.rstrip())):
            yield index, len(heading[1]), heading[2]
