"""Checks what selects: globs, ``zone:NAME``, zones themselves, and patterns for names."""

import re
from collections.abc import Collection, Iterator, Mapping

from archlint.config.reading.tree import Node, strings
from archlint.config.words import shown, suggest
from archlint.errors import Mistake
from archlint.regexes import BadRegexError, compile_regex
from archlint.scope import BadGlobError, check_glob, matches_name

_ZONE = "zone:"
_DEEPEST_ZONES = 16
_ZONE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")

_NO_ZONES = 'archlint.toml names no zones; for example [zones] apps = "apps/**"'


def check_selectors(node: Node, zones: Collection[str]) -> Iterator[Mistake]:
    """Every bad glob and unknown zone in a string or a list of them."""
    for item, selector in strings(node):
        if selector.startswith(_ZONE):
            name = selector.removeprefix(_ZONE)
            if name not in zones:
                yield item.mistake(f"unknown zone {shown(name)}", suggest(name, zones) or _NO_ZONES)
        elif selector.startswith("!"):
            hint = 'what to leave out stands under "ignores"; in archlint.toml under "exclude"'
            yield item.mistake(f"bad glob {shown(selector)}: a glob cannot be negated", hint)
        elif selector.startswith("./"):
            hint = f"write {shown(selector.removeprefix('./'))}"
            yield item.mistake(f"bad glob {shown(selector)}: globs begin at the root", hint)
        else:
            yield from check_globs(item)


def check_globs(node: Node) -> Iterator[Mistake]:
    """Every bad glob in a string or a list of them."""
    for item, glob in strings(node):
        try:
            check_glob(glob)
        except BadGlobError as error:
            yield item.mistake(f"bad glob {shown(glob)}: {error}")


def check_name_patterns(node: Node) -> Iterator[Mistake]:
    """Every bad name pattern, a glob or ``/regex/``, in a string or a list of them."""
    for item, pattern in strings(node):
        try:
            if len(pattern) > 2 and pattern[0] == pattern[-1] == "/":  # noqa: PLR2004 -- as scope.py has it
                compile_regex(pattern[1:-1])
            matches_name(pattern, "")
        except (BadGlobError, BadRegexError) as error:
            yield item.mistake(f"bad name pattern {shown(pattern)}: {error}")


def check_zones(node_of: Mapping[str, Node]) -> Iterator[Mistake]:
    """Every bad name, glob and unknown zone in zones, and every circle of zones."""
    for name, node in node_of.items():
        if not _ZONE_NAME.fullmatch(name):
            yield node.key_mistake(f"bad zone name {shown(name)}", "letters, digits, '-', '_' and '.'")
        yield from check_selectors(node, node_of.keys())
    yield from _circles(node_of)


def _circles(node_of: Mapping[str, Node]) -> Iterator[Mistake]:
    """What is left once the zones that nest no deeper than allowed are taken away, level by level."""
    below = {name: [zone for zone in _zones_in(node) if zone in node_of] for name, node in node_of.items()}
    rest = dict.fromkeys(node_of)
    for _ in range(_DEEPEST_ZONES):
        rest = {name: None for name in rest if any(zone in rest for zone in below[name])}
    next_of = {name: next((zone for zone in below[name] if zone in rest), None) for name in rest}
    seen: set[str] = set()
    for start in rest:
        name: str | None = start
        way: list[str] = []
        while name is not None and name not in seen:
            seen.add(name)
            way.append(name)
            name = next_of[name]
        if name is None:
            yield node_of[way[-1]].mistake(f"zones nest at most {_DEEPEST_ZONES} deep")
        elif name in way:
            yield _circle_mistake(node_of[way[-1]], way[way.index(name) :])


def _circle_mistake(node: Node, circle: list[str]) -> Mistake:
    if len(circle) == 1:
        return node.mistake(f"zone {shown(circle[0])} refers to itself")
    return node.mistake(f"zones refer to each other in a circle: {' -> '.join((*circle, circle[0]))}")


def _zones_in(node: Node) -> Iterator[str]:
    for _item, selector in strings(node):
        if selector.startswith(_ZONE):
            yield selector.removeprefix(_ZONE)
