"""Joins the files' facts. In memory and pure: it asks nothing of the disk."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, cast

from archlint.facts import Facts
from archlint.model import Scope
from archlint.project.following.loans import Loans
from archlint.scope import matching

if TYPE_CHECKING:
    from archlint.project.execution import Resolved

T = TypeVar("T")
ZONE = "zone:"


@dataclass(frozen=True, slots=True)
class Project:
    """The listed files, the zones' globs, and the facts known so far."""

    paths: tuple[str, ...]
    zones: Mapping[str, tuple[str, ...]]
    facts_by_path: Mapping[str, Facts] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    """What is there and is not listed, and why; folders end in '/'."""
    aliases: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """What the user says that specifiers stand for: by the folder in which that holds, places from there."""
    loans: Loans = field(default_factory=Loans)
    """What the files lend each other, as far as it was followed."""
    resolved: dict[tuple[str, ...], "Resolved"] = field(default_factory=dict, init=False, compare=False)
    """What was resolved of these facts, by what was asked: a memo."""
    _made: dict[object, object] = field(default_factory=dict, init=False, compare=False)
    _selected: dict[str, frozenset[str]] = field(default_factory=dict)  # memo of selector -> paths
    _files: dict[Scope, tuple[str, ...]] = field(default_factory=dict)  # memo of scope -> paths

    def selected(self, selector: str) -> frozenset[str]:
        """The listed files a glob or ``zone:NAME`` means."""
        if selector not in self._selected:
            self._selected[selector] = self._select(selector)
        return self._selected[selector]

    def _select(self, selector: str) -> frozenset[str]:
        if not selector.startswith(ZONE):
            return matching(selector, self.paths)
        globs = self.zones[selector.removeprefix(ZONE)]
        return self._union(globs)

    def _union(self, selectors: tuple[str, ...]) -> frozenset[str]:
        return frozenset[str]().union(*map(self.selected, selectors))

    def files(self, scope: Scope) -> tuple[str, ...]:
        """The listed files in ``scope``, sorted."""
        if scope not in self._files:
            self._files[scope] = self._within(scope)
        return self._files[scope]

    def _within(self, scope: Scope) -> tuple[str, ...]:
        if scope == Scope():
            return tuple(sorted(self.paths))
        wanted = self._union(scope.files) if scope.files else frozenset(self.paths)
        if scope.within:
            wanted &= self._union(scope.within)
        wanted -= self._union(scope.ignores)
        return tuple(path for path in sorted(self.paths) if path in wanted)

    def facts(self, scope: Scope) -> Iterator[Facts]:
        """The facts of the files in ``scope``, by path. A file nothing was found in may be absent."""
        for path in self.files(scope):
            facts = self.facts_by_path.get(path)
            if facts is not None:
                yield facts

    def once(self, make: Callable[["Project"], T]) -> T:
        """What ``make`` makes of what is known; made the first time only. What is known later is another project."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])  # what this function made, under its own key

    def knowing(self, facts_by_path: Mapping[str, Facts]) -> "Project":
        """The same project with more known about its files."""
        wiser = replace(self, facts_by_path={**self.facts_by_path, **facts_by_path})
        # What wanted to know nothing more stays as it is, whatever else becomes known.
        wiser.resolved.update({asked: found for asked, found in self.resolved.items() if not found.wanted})
        return wiser
