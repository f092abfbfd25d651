"""How many symbols there are, in each place where they are counted."""

from collections.abc import Iterable, Iterator, Sequence
from posixpath import dirname

from archlint.model import Hit, Place, Remark
from archlint.project import Project
from archlint.project.code.lookup import Function

_MOST_PLACES = 10
Group = tuple[str, tuple[Function, ...]]
"""Symbols, with where they are counted as a message says it."""


def too_many(groups: Iterable[Group], most: int, what: str) -> Iterator[Hit]:
    """A hit for each symbol of a group that has more than are allowed: any of them may be the one too many."""
    for where, found in groups:
        for each in found if len(found) > most else ():
            others = [other for other in found if other != each][:_MOST_PLACES]
            yield Hit(
                place=_at(each),
                text=_said(each.definition.name, f"{what}{where}", len(found), most),
                identity=f"{each.definition.sort} {each.definition.name}",
                fields=fields(each, str(len(found))),
                related=tuple(
                    Remark(_at(other), f"'{other.definition.name}' is another") for other in others
                ),
            )


def _said(name: str, what: str, count: int, most: int) -> str:
    if most == 0:
        return f"'{name}' is defined here; {what} must not be"
    return (
        f"'{name}' is one of {count:,} definitions of {what}; {most:,} {'is' if most == 1 else 'are'} allowed"
    )


def too_few(groups: Iterable[Group], least: int, what: str) -> Iterator[Hit]:
    """A hit for each group that has some, but not as many as there must be."""
    for where, found in groups:
        if 0 < len(found) < least:
            text = f"there {'is' if len(found) == 1 else 'are'} {len(found):,} of {least:,} definitions of {what}{where}"
            yield Hit(_at(found[0]), text, f"too few {what}", fields(found[0], str(len(found))))


def fields(symbol: Function, value: str = "") -> dict[str, str]:
    """What a rule's message may name."""
    return {"name": symbol.definition.name, "sort": symbol.definition.sort, "value": value, "call": ""}


def _at(symbol: Function) -> Place:
    return Place(symbol.path, symbol.definition.span)


def by_package(symbols: Sequence[Function], project: Project) -> tuple[Group, ...]:
    """The symbols by the package that they are in."""
    packages = {dirname(path) for path in project.paths if path.rsplit("/", 1)[-1] == "package.json"}
    groups: dict[str, list[Function]] = {}
    for each in symbols:
        folder = dirname(each.path)
        while folder and folder not in packages:
            folder = dirname(folder)
        groups.setdefault(f" in the package '{folder or '.'}'", []).append(each)
    return tuple((where, tuple(found)) for where, found in groups.items())
