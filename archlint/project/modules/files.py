"""Which file of the tree a place without its extension means.

The order is TypeScript's (`tryAddingExtensions` of its module resolver, 5.9): what is written as ``.js`` may be
``.ts``. Where a value is asked for, declarations come after what they declare: they hold no values.
"""

from dataclasses import dataclass

from archlint.project.modules.places import child

_OF_MODULE = (".mts", ".d.mts", ".mjs")
_OF_COMMON = (".cts", ".d.cts", ".cjs")
_OF_SCRIPT = (".ts", ".tsx", ".d.ts", ".js", ".jsx")
_OF_JSX = (".tsx", ".ts", ".d.ts", ".jsx", ".js")
_SWAPS = {
    ".d.mts": _OF_MODULE, ".mts": _OF_MODULE, ".mjs": _OF_MODULE,
    ".d.cts": _OF_COMMON, ".cts": _OF_COMMON, ".cjs": _OF_COMMON,
    ".d.ts": _OF_SCRIPT, ".ts": _OF_SCRIPT, ".js": _OF_SCRIPT,
    ".tsx": _OF_JSX, ".jsx": _OF_JSX,
    ".json": (".d.json.ts", ".json"),
}  # fmt: skip
# TypeScript adds the first five only; Node adds `.json`, Vite and Vue's bundlers the others.
_ADDED = (
    *_OF_SCRIPT,
    ".mts",
    ".cts",
    ".d.mts",
    ".d.cts",
    ".mjs",
    ".cjs",
    ".json",
    ".vue",
    ".svelte",
    ".astro",
)
_EXTENSIONS = sorted(_SWAPS, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Look:
    """How files are looked for: whether for types, and with which ``moduleSuffixes`` before the extension."""

    for_types: bool = False
    suffixes: tuple[str, ...] = ("",)


class Files:
    """The paths of a tree, asked one at a time."""

    def __init__(self, paths: frozenset[str]) -> None:
        self._paths = paths

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def at(self, place: str, look: Look) -> str | None:
        """The file that a place means as written, with another extension, or with one added."""
        base, extension = split(place)
        swapped = _SWAPS.get(extension, ())
        found = self._first(base, _in_order(swapped, look), look.suffixes) if swapped else None
        if found or swapped:
            return found or self._first(place, _in_order(_ADDED, look), look.suffixes) or self._as_is(place)
        return self._without_swap(place, base, extension, look)

    def _without_swap(self, place: str, base: str, extension: str, look: Look) -> str | None:
        declared = f"{base}.d{extension}.ts" if extension else ""
        is_declared = bool(extension) and declared in self._paths
        if look.for_types and is_declared:
            return declared
        added = self._first(place, _in_order(_ADDED, look), look.suffixes)
        exact = self._as_is(place)
        return (exact or added if extension else added or exact) or (declared if is_declared else None)

    def index(self, folder: str, look: Look) -> str | None:
        """The file ``index`` of a folder."""
        return self._first(child(folder, "index"), _in_order(_ADDED, look), look.suffixes)

    def _as_is(self, place: str) -> str | None:
        return place if place in self._paths else None

    def _first(self, base: str, endings: tuple[str, ...], suffixes: tuple[str, ...]) -> str | None:
        paths = self._paths
        for ending in endings:
            for suffix in suffixes:
                if (path := f"{base}{suffix}{ending}") in paths:
                    return path
        return None


def _in_order(endings: tuple[str, ...], look: Look) -> tuple[str, ...]:
    return endings if look.for_types else _VALUES_FIRST[endings]


def _values_first(endings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(endings, key=lambda ending: ending.startswith(".d.")))


_VALUES_FIRST = {endings: _values_first(endings) for endings in (*_SWAPS.values(), _ADDED)}


def split(place: str) -> tuple[str, str]:
    """A place without its extension, and the extension; those of scripts may have two parts (``.d.ts``)."""
    name = place.rpartition("/")[2]
    known = next((each for each in _EXTENSIONS if name.endswith(each)), "")
    if not known:
        known = "." + name.rpartition(".")[2] if "." in name else ""
    return place[: len(place) - len(known)], known
