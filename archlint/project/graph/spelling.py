"""Files that are there but for the case of their names: some disks find them, others do not."""

from collections.abc import Mapping
from functools import cached_property

from archlint.project.modules.files import split
from archlint.project.modules.places import parent
from archlint.project.project import Project


class Spellings:
    """The listed files by their names without extensions, whatever the case."""

    def __init__(self, project: Project) -> None:
        self._paths = project.paths

    def alike(self, place: str) -> str:
        """A file that a place would mean if case did not count; '' if there is none."""
        folded = place.casefold()
        return self._by_place.get(folded) or self._by_place.get(split(folded)[0], "")

    @cached_property
    def _by_place(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for path in reversed(self._paths):
            stem = split(path)[0]
            found |= dict.fromkeys((path.casefold(), stem.casefold()), path)
            if stem.rpartition("/")[2] == "index":
                found.setdefault(parent(stem).casefold(), path)
        return found
