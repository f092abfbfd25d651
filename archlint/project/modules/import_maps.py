"""The maps ``imports`` of ``deno.json``, which are import maps.

After the HTML standard, "Import maps": a key that ends in ``/`` maps what begins with it, the longest first.
"""

import msgspec

from archlint.project.modules.places import around, child
from archlint.project.modules.values import Documents
from archlint.project.modules.wildcards import Wildcards

_NAMES = ("deno.json", "deno.jsonc")


class Mapped(msgspec.Struct, frozen=True):
    """What a specifier stands for: another one, as if it stood in a folder."""

    folder: str
    specifier: str


class ImportMaps:
    """The import maps of a tree, by folder."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._maps: dict[str, Wildcards[str] | None] = {}
        self._around: dict[str, tuple[tuple[str, Wildcards[str]], ...]] = {}

    def mapped(self, folder: str, specifier: str) -> Mapped | None:
        """What the nearest map around a folder says of a specifier; None if it says nothing."""
        if folder not in self._around:
            maps = ((each, self._at(each)) for each in around(folder))
            self._around[folder] = tuple((each, found) for each, found in maps if found is not None)
        for each, found in self._around[folder]:
            exact = found.exact(specifier)
            hit = found.first(specifier) if exact is None else None
            text = f"{hit.meaning}{hit.star}" if hit else exact
            return Mapped(each, text) if text else None
        return None

    def _at(self, folder: str) -> Wildcards[str] | None:
        if folder not in self._maps:
            paths = (child(folder, name) for name in _NAMES)
            path = next((each for each in paths if each in self._documents.paths), None)
            stated = self._documents.value(path)["imports"].members if path else {}
            entries = [(f"{key}*" if key.endswith("/") else key, value.text) for key, value in stated.items()]
            self._maps[folder] = Wildcards(entries) if path else None
        return self._maps[folder]
