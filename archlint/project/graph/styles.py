"""Where the imports of style sheets lead: with the partials and endings that Sass and Less add, else as addresses.

After the documentation of Sass, "@use" and "@import" (partials, index files, load paths), and of css-loader (``~``).
"""

from collections.abc import Iterator

from archlint.project.modules import Manner, Modules, Target
from archlint.project.modules.names import is_relative, outside
from archlint.project.modules.places import child, inside, parent

SUFFIXES = (".css", ".scss", ".sass", ".less")
HOLDERS = (*SUFFIXES, ".vue", ".svelte", ".astro")


def style_target(modules: Modules, paths: frozenset[str], importer: str, target: str) -> Target:
    """The style sheet that an import means: beside it, from the root, or in a package."""
    name = target.partition("?")[0]
    if name.startswith("/") or outside(name) is not None:
        return modules.resolve(importer, target, Manner.URL)
    tried: list[str] = []
    for folder in () if name.startswith("~") else (parent(importer), ""):
        place = inside(folder, name)
        found = next((each for each in _spelled(place) if each in paths), None) if place else None
        if found:
            return Target(found)
        tried += [place] if place and place not in tried else []
        if is_relative(name):
            break
    named = Target() if is_relative(name) else modules.resolve(importer, name.removeprefix("~"))
    mapped = next((each for place in named.tried for each in _spelled(place) if each in paths), None)
    if mapped:  # what an alias or a package's map leads to, spelled as Sass may
        return Target(mapped, named.package, named.folder)
    is_file = name.partition("/")[0].endswith(SUFFIXES)
    return Target(tried=tuple(tried)) if named.is_lost or (named.is_outside and is_file) else named


def _spelled(place: str) -> Iterator[str]:
    """The files that a place can mean: as it is, a partial, with an ending, or the index of a folder."""
    partial = child(parent(place), f"_{place.rpartition('/')[2]}")
    yield from (place, partial)
    for suffix in (".scss", ".sass", ".less", ".css"):
        yield from (
            f"{place}{suffix}",
            f"{partial}{suffix}",
            f"{place}/_index{suffix}",
            f"{place}/index{suffix}",
        )
