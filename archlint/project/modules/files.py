"""Which file of the tree a place without its extension means.

The order is TypeScript's (`tryAddingExtensions` of its module resolver, 5.9): what is written as ``.js`` may be
``.ts``. Where a value is asked for, declarations come after what they declare: they hold no values.
"""

from collections.abc import Iterable
from enum import Enum, auto

import msgspec

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
TYPESCRIPT = (".ts", ".tsx", ".mts", ".cts")
# TypeScript adds those of scripts only; Node adds `.json`, Vite and Vue's bundlers the others.
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
_DECLARED = frozenset({".ts", ".mts", ".cts"})


class Want(Enum):
    """What a file is looked for: it decides which of several counts."""

    VALUES = auto()
    TYPES = auto()
    TYPESCRIPT = auto()
    """Types, and none that would have to be inferred from JavaScript or JSON."""
    JAVASCRIPT = auto()
    """Types that have to be inferred from these."""


class Look(msgspec.Struct, frozen=True):
    """How files are looked for. ``suffixes`` are ``moduleSuffixes``, which go before the extension."""

    want: Want = Want.VALUES
    suffixes: tuple[str, ...] = ("",)
    is_lenient: bool = False
    """Whether what only bundlers find counts too. It is looked for where nothing else is found."""


class Files:
    """The paths of a tree, asked one at a time."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = {path: path for path in paths}  # what is found is the text that is there already

    def at(self, place: str, look: Look) -> str | None:
        """The file that a place means as written, with another extension, or with one added."""
        base, extension = split(place)
        if not extension:
            return self._added(place, look) or self._exact(place, look)
        if extension in _SWAPS:
            found = self._first(base, _ORDERS[look.want, _SWAPS[extension]], look.suffixes)
            return found or self._added(place, look) or self._exact(place, look)
        declared = f"{base}.d{extension}.ts"
        if look.want is Want.VALUES:
            return self._exact(place, look) or self._added(place, look) or self._exact(declared, look)
        return self._exact(declared, look) or self._added(place, look) or self._exact(place, look)

    def as_written(self, place: str, look: Look) -> str | None:
        """The file that a place means with the extension of a script that it has."""
        base, extension = split(place)
        return self._first(base, (extension,), look.suffixes) if extension in _SWAPS else None

    def index(self, folder: str, look: Look) -> str | None:
        """The file ``index`` of a folder."""
        return self._added(child(folder, "index"), look)

    def _exact(self, place: str, look: Look) -> str | None:
        is_typed = place.endswith(TYPESCRIPT) and look.want is not Want.JAVASCRIPT
        is_fine = look.want is Want.VALUES or look.is_lenient or is_typed
        return self._paths.get(place) if is_fine else None

    def _added(self, place: str, look: Look) -> str | None:
        return self._first(
            place, _ORDERS[look.want, _ADDED if look.is_lenient else _OF_SCRIPT], look.suffixes
        )

    def _first(self, base: str, endings: tuple[str, ...], suffixes: tuple[str, ...]) -> str | None:
        paths = self._paths
        for ending in endings:
            for suffix in suffixes:
                if (path := paths.get(f"{base}{suffix}{ending}")) is not None:
                    return path
        return None


def _order(want: Want, endings: tuple[str, ...]) -> tuple[str, ...]:
    if want is Want.VALUES:
        return tuple(sorted(endings, key=lambda ending: ending.startswith(".d.")))
    wanted = {True, False} if want is Want.TYPES else {want is Want.TYPESCRIPT}
    return tuple(each for each in endings if each.endswith(TYPESCRIPT) in wanted)


_ORDERS = {(want, endings): _order(want, endings) for want in Want for endings in (*_SWAPS.values(), _ADDED)}


def split(place: str) -> tuple[str, str]:
    """A place without its extension, and the extension; those of declarations have two parts (``.d.ts``)."""
    stem, dot, last = place.rpartition("/")[2].rpartition(".")
    extension = dot + last if dot else ""
    if extension in _DECLARED and stem.endswith(".d"):
        extension = f".d{extension}"
    return place[: len(place) - len(extension)], extension
