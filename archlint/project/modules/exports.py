"""The maps ``exports`` and ``imports`` of a ``package.json``.

After Node, "Modules: Packages", section "Package entry points" and the algorithm PACKAGE_TARGET_RESOLVE; as
TypeScript does, the next condition is tried where a target is not there, since it may not be built yet.
"""

from collections.abc import Callable, Iterator

import msgspec

from archlint.project.modules.values import Value
from archlint.project.modules.wildcards import Wildcards

Condition = Callable[[str], bool]
_MOST_TARGETS = 1000


class Exported(msgspec.Struct, frozen=True):
    """What a subpath is mapped to: a target with conditions, and what ``*`` stands for in it."""

    target: Value
    star: str = ""
    is_private: bool = False
    """Whether it stands in a map ``imports``, whose targets may be packages."""


class Exports:
    """A map of subpaths, or of names that begin with ``#``."""

    def __init__(self, stated: Value) -> None:
        is_map = stated.type == "mapping" and any(key.startswith((".", "#")) for key in stated.members)
        members = stated.members if is_map else {".": stated}
        self.is_stated = stated.type not in ("absent", "null")
        # A key that ends in `/` is an old way to write one that ends in `/*` (Node 12 to 16, and TypeScript);
        # the newer way counts where both are written.
        self._targets = Wildcards(
            (f"{key}*" if key.endswith("/") else key, (target, key.endswith("/")))
            for key, target in sorted(members.items(), key=lambda member: not member[0].endswith("/"))
        )

    def of(self, subpath: str) -> Exported | None:
        """What ``.``, ``./x`` or ``#x`` is mapped to; None if it is not in the map."""
        exact = None if "*" in subpath or subpath.endswith("/") else self._targets.exact(subpath)
        if exact is not None:
            return Exported(exact[0], is_private=subpath.startswith("#"))
        hit = self._targets.longest(subpath)
        if hit is None or {"..", ".", "node_modules"} & set(hit.star.split("/")):
            return None
        target, is_folder = hit.meaning
        star = f"/{hit.star}" if is_folder else hit.star
        return Exported(target, star, is_private=subpath.startswith("#"))


def texts(exported: Exported, holds: Condition) -> Iterator[str | None]:
    """The texts that a target stands for where the conditions hold, the preferred first; None for ``null``."""
    pending, seen = [exported.target], 0
    while pending and seen < _MOST_TARGETS:
        target, seen = pending.pop(), seen + 1
        if target.type == "mapping":
            chosen = [each for key, each in target.members.items() if key == "default" or holds(key)]
            pending.extend(reversed(chosen))
        elif target.type == "sequence":
            pending.extend(each for each in reversed(tuple(target.members.values())) if each.type != "null")
        elif target.type == "null":
            yield None
        elif target.text:
            yield _filled(target.text, exported.star)


def _filled(text: str, star: str) -> str:
    if text.endswith("/") and star.startswith("/"):
        return text + star[1:]
    return text.replace("*", star)
