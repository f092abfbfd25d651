"""What specifiers stand for because archlint.toml says so: what only a bundler's configuration knows."""

from collections.abc import Iterator, Mapping

from archlint.project.modules.places import around
from archlint.project.modules.tsconfigs import Substitution
from archlint.project.modules.wildcards import Hit, Wildcards


class Aliases:
    """The aliases of a tree by the folder that they hold in; those of inner folders go first."""

    def __init__(self, stated: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        self._stated = {folder: Wildcards(_patterns(folder, meant)) for folder, meant in stated.items()}

    def of(self, folder: str, specifier: str) -> Hit[Substitution] | None:
        """What a specifier stands for in a folder; None if no alias fits."""
        for each in around(folder) if self._stated else ():
            aliases = self._stated.get(each)
            exact = aliases.exact(specifier) if aliases else None
            hit = aliases.first(specifier) if aliases and exact is None else None
            if exact is not None:
                return Hit(0, "", exact, "")
            if hit is not None:
                return hit
        return None


def _patterns(folder: str, meanings: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Substitution]]:
    """``@`` stands for itself and begins ``@/*``, ``@/`` only begins, and ``@/*`` is a pattern as in a tsconfig."""
    for alias, places in meanings.items():
        if "*" in alias:
            yield alias, Substitution(folder, places)
            continue
        base = alias.rstrip("/")
        if base == alias:
            yield alias, Substitution(folder, places)
        yield f"{base}/*", Substitution(folder, tuple(f"{place.rstrip('/')}/*" for place in places))
