"""Checks and joins the aliases of archlint.toml: what specifiers stand for that only a bundler knows."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from archlint.config.reading.tree import Node, strings
from archlint.config.settings import Texts, texts
from archlint.config.words import shown
from archlint.errors import Mistake

_STATED = Mapping[str, "Texts | Mapping[str, Texts]"]
_LONGEST = 4096


def check_aliases(node: Node, root: Path) -> Iterator[Mistake]:
    """Every alias and place that cannot be meant, and every folder that is not there."""
    for name, entry in node.entries.items():
        if not isinstance(entry.value, Mapping):
            yield from _alias_mistakes(name, entry)
            continue
        folder = _folder(name)
        if _is_outside(folder) or not os.path.isdir(root / folder):  # noqa: PTH112 -- Path.is_dir raises on a long name
            hint = f'an alias itself is written {shown(name)} = "folder"'
            yield entry.key_mistake(f"no folder {shown(name)} below the root, for aliases to hold in", hint)
        for alias, places in entry.entries.items():
            yield from _alias_mistakes(alias, places)


def _alias_mistakes(alias: str, entry: Node) -> Iterator[Mistake]:
    if not alias or len(alias) > _LONGEST or alias.startswith(("./", "../")) or alias in (".", ".."):
        yield entry.key_mistake(f'bad alias {shown(alias)}: it is what a specifier begins with, as "@"')
    elif alias.count("*") > 1:
        yield entry.key_mistake(f"bad alias {shown(alias)}: at most one '*'")
    for item, place in strings(entry):
        if not place or _is_outside(place.partition("*")[0]):
            yield item.mistake(
                f"bad place {shown(place)}: it is a path below the root, with '/' between names"
            )
        elif place.count("*") > alias.count("*"):
            yield item.mistake(f"bad place {shown(place)}: '*' stands for what '*' in the alias does")


def _is_outside(place: str) -> bool:
    return place.startswith("/") or "\\" in place or "\0" in place or ".." in place.split("/")


def joined_aliases(stated: Iterable[_STATED]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The aliases by folder, '' for the root; of two, the one that is stated last."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, meant in (pair for each in stated for pair in each.items()):
        if isinstance(meant, Mapping):
            found.setdefault(_folder(name), {}).update({alias: texts(some) for alias, some in meant.items()})
        else:
            found.setdefault("", {})[name] = texts(meant)
    return found


def _folder(name: str) -> str:
    plain = name.removeprefix("./").strip("/")
    return "" if plain == "." else plain
