"""What an importer makes of another tool's rules, and what importers share: names, templates, and refusing."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from archlint.config.checked import Checked
from archlint.config.reading.text import Text
from archlint.model import Severity

Written: TypeAlias = "str | int | bool | tuple[Written, ...] | list[Written] | Mapping[str, Written]"
"""What a rule file can say."""
WrittenRule: TypeAlias = Mapping[str, Written]

_WORD = re.compile(r"[a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_VARIABLE = re.compile(r"\$(?:\$\$|\.\.\.)?([A-Z_][A-Z0-9_]*)")


class Carried(msgspec.Struct, frozen=True):
    """One rule of another tool: what it is here, and a sentence for each thing of it that it is not."""

    name: str
    """As the other tool calls it."""
    line: int
    """Where it stands."""
    rules: tuple[WrittenRule, ...] = ()
    left_out: tuple[str, ...] = ()


class Surroundings(msgspec.Struct, frozen=True):
    """Where a file of rules stands in the tree."""

    folder: str
    """From the root, '' for the root itself."""
    has: Callable[[str], bool]
    """Whether a file or folder is there, by its path from the root."""

    def below(self, path: str) -> str:
        """The path from the root of what is told from the folder."""
        return f"{self.folder}/{path}" if self.folder else path


Importer: TypeAlias = Callable[[Text, Surroundings], Checked[tuple[Carried, ...]]]


class CannotCarryError(Exception):
    """What has no counterpart here. The message is a whole sentence without its full stop."""


def id_of(name: str) -> str:
    """A rule id for what another tool calls by any name."""
    return "-".join(_WORD.findall(_HUMP.sub("-", name).lower()))[:80].strip("-") or "imported"


def apart(rules: tuple[Carried, ...]) -> Iterator[Carried]:
    """The same, with ids of which none is another's."""
    taken: set[str] = set()
    for each in rules:
        renamed: list[WrittenRule] = []
        for rule in each.rules:
            stem, number = str(rule["id"]), 1
            while (name := stem if number == 1 else f"{stem}-{number}") in taken:
                number += 1
            taken.add(name)
            renamed.append({**rule, "id": name})
        yield Carried(each.name, each.line, tuple(renamed), each.left_out)


def template(message: str, names: tuple[str, ...]) -> str:
    """A message of ours: ``$X`` of one of these names as ``{X}``, braces doubled."""
    plain = " ".join(message.split()).replace("{", "{{").replace("}", "}}")
    return _VARIABLE.sub(lambda match: f"{{{match[1]}}}" if match[1] in names else match[0], plain)


def severity_of(word: object, severity_of_word: Mapping[str, Severity], usual: Severity) -> Severity:
    """The severity that a word of another tool means; of a word nobody knows and of none, the usual one."""
    return severity_of_word.get(str(word).lower(), usual)
