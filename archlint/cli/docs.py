"""``archlint docs``: the documentation, at the desk and without a network."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.options import Color
from archlint.cli.output import write_out
from archlint.cli.style import Colour, style
from archlint.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from archlint.extend import Style
    from archlint.manual import Page

EPILOG = """\b
Examples:
  archlint docs                     which pages there are
  archlint docs tutorial            a page
  archlint docs rules#which-kind    one section of it
  archlint docs reference/kinds > kinds.md

\b
A terminal shows it formatted; else it is Markdown.
"""


def _completed(incomplete: str) -> Iterable[str]:
    from archlint.manual import pages

    return [page.name for page in pages() if page.name.startswith(incomplete)]


def docs(
    page: Annotated[
        str | None,
        typer.Argument(
            metavar="PAGE[#SECTION]",
            help="What to read. Without it: a list of the pages.",
            show_default=False,
            autocompletion=_completed,
        ),
    ] = None,
    color: Color = Colour.AUTO,
) -> None:
    """Read the documentation of this very version, offline."""

    def command() -> int:
        from archlint.manual import pages, text_of

        known = pages()
        if page is None:
            write_out(_listed(known))
            return 0
        asked, _, anchor = page.partition("#")
        name = _named(asked, known)
        text = _section(name, anchor) if anchor else text_of(name)
        write_out(_shown(text, name, style(color, 0)))
        return 0

    guarded(command)


def _listed(known: "tuple[Page, ...]") -> str:
    """A line for each page, by group."""
    wide = max(len(page.name) for page in known)
    lines = ["archlint docs PAGE prints one of these:"]
    group = None
    for page in known:
        if page.group != group:
            group = page.group
            lines += ["", *([group] if group else [])]
        lines.append(f"  {page.name:<{wide}}  {page.title}")
    return "\n".join((*lines, ""))


def _named(asked: str, known: "tuple[Page, ...]") -> str:
    """The page that is meant: by its name, as its file is called, or by the last part if one page alone ends so."""
    from archlint.config.words import did_you_mean

    names = [page.name for page in known]
    name = asked.removeprefix("./").removeprefix("docs/").removesuffix(".md").strip("/").lower()
    ending = [each for each in names if each.rpartition("/")[2] == name]
    if name in names or len(ending) == 1:
        return name if name in names else ending[0]
    words = [*names, *(each.rpartition("/")[2] for each in names)]
    hint = _places_of(name, names) or did_you_mean(name, words) or "archlint docs lists them"
    raise ConfigError((Mistake(f'no page is called "{asked}"', hint),))


def _places_of(name: str, names: list[str]) -> str:
    """Where a section has the name that no page has."""
    from archlint.manual import sections, text_of

    found = [
        f"{page}#{name}" for page in names if any(each.anchor == name for each in sections(text_of(page)))
    ]
    return f"read archlint docs {' or '.join(found[:3])}" if found else ""


def _section(name: str, anchor: str) -> str:
    """The section that is meant: by its anchor, or by the beginning of one alone."""
    from archlint.config.words import did_you_mean
    from archlint.manual import anchor_of, sections, text_of

    found = {each.anchor: each.text for each in reversed(sections(text_of(name)))}
    wanted = anchor_of(anchor)
    beginning = [each for each in found if each.startswith(f"{wanted}-")]
    if wanted not in found and len(beginning) != 1:
        hint = did_you_mean(wanted, tuple(found)) or f"it has {', '.join(reversed(found))}"
        raise ConfigError((Mistake(f'page "{name}" has no section "{anchor}"', hint),))
    return found[wanted if wanted in found else beginning[0]]


def _shown(text: str, name: str, looks: "Style") -> str:
    if not (looks.colour or sys.stdout.isatty()):
        return text
    from archlint.cli.reading import rendered

    return rendered(text, name, looks)
