"""Documents as values: what the entries of a JSON or YAML file say, by key."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from archlint.facts import Entry
from archlint.project.modules.places import parent
from archlint.project.project import Project

_PLAIN = "tsconfig.json"


class Value(msgspec.Struct, frozen=True):
    """A value of a document, or the absence of one. The members of a sequence are called ``0``, ``1`` …"""

    type: str = "absent"
    scalar: str = ""
    members: Mapping[str, "Value"] = msgspec.field(default_factory=dict)

    def __getitem__(self, key: str) -> "Value":
        return self.members.get(key, ABSENT)

    @property
    def text(self) -> str:
        """The text of a string, '' of anything else."""
        return self.scalar if self.type == "string" else ""

    @property
    def is_true(self) -> bool:
        """Whether it is the boolean ``true``."""
        return self.type == "boolean" and self.scalar == "true"

    @property
    def texts(self) -> tuple[str, ...]:
        """A string by itself, or the strings of a sequence."""
        held = self.members.values() if self.type == "sequence" else (self,)
        return tuple(each.scalar for each in held if each.type == "string")


ABSENT = Value()


def tree(entries: Iterable[Entry]) -> Value:
    """The value that entries make up. Of a key that is written twice the last counts, as with ``JSON.parse``."""
    root = ABSENT
    members_of: dict[tuple[str, ...], dict[str, Value]] = {}
    for entry in entries:
        members: dict[str, Value] = {}
        value = Value(entry.type, entry.value, members)
        if entry.type in ("mapping", "sequence"):
            members_of[entry.path] = members
        if not entry.path:
            root = value
        elif (holder := members_of.get(entry.path[:-1])) is not None:
            holder[entry.path[-1]] = value
    return root


class Documents:
    """The listed paths, and the documents among them as far as they are known."""

    def __init__(self, project: Project) -> None:
        self.paths = frozenset(project.paths)
        self._facts = project.facts_by_path
        self._values: dict[str, Value] = {}

    def is_known(self, path: str) -> bool:
        """Whether the entries of a file were read."""
        found = self._facts.get(path)
        return found is not None and bool(found.entries)

    def value(self, path: str) -> Value:
        """What a document says; absent if it is not there or not known."""
        if path not in self._values:
            found = self._facts.get(path)
            self._values[path] = tree(found.entries) if found else ABSENT
        return self._values[path]

    @cached_property
    def configs(self) -> Mapping[str, tuple[str, ...]]:
        """The configurations of TypeScript with usual names by folder, ``tsconfig.json`` first."""
        found: dict[str, list[str]] = {}
        for path in sorted(filter(is_config, self.paths), key=lambda path: (_PLAIN not in path, path)):
            found.setdefault(parent(path), []).append(path)
        return {folder: tuple(found[folder]) for folder in sorted(found)}


def is_config(path: str) -> bool:
    """Whether a configuration of TypeScript has a usual name."""
    name = path.rpartition("/")[2]
    return name.startswith(("tsconfig", "jsconfig")) and name.endswith(".json")
