"""What edges may, must or must not lead to."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec

from archlint.extend import OptionMistake
from archlint.kinds.graph.selecting import Binding, Selection, capture_mistakes
from archlint.kinds.graph.spdx import forced, granted, is_unknown
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.project import Project
from archlint.project.graph import Declaring, Edge, Licensed, Licensing, Spellings, is_of_python
from archlint.regexes import BadRegexError
from archlint.scope import BadGlobError, matches_name


class Ends(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Ends of edges; several keys together mean what any of them does."""

    files: OneOrMany = ()
    """Globs and zones, with captures."""
    packages: OneOrMany | None = None
    """Name patterns of packages; builtins are called ``node:fs`` and ``python:os``."""
    licences: OneOrMany = ()
    """Packages by the licences they are under: name patterns, ``unknown`` where none is stated."""
    specifiers: OneOrMany = ()
    """Name patterns of what is written."""
    unresolved: Literal["missing", "any"] | None = None
    """What leads to a file that is not there, or to nothing that can be told."""
    undeclared: Literal["nearest", "around"] | None = None
    """Packages that the nearest ``package.json``, or none of those around the file, declares; of Python likewise."""
    dev_only: bool = False
    """Packages that are declared for development only."""
    cross_package: bool = False
    """Files of another package, by a relative path."""
    ignore: OneOrMany = ()
    """Name patterns of files, packages and specifiers that are not meant."""


def ends_of(stated: "OneOrMany | Ends | None") -> Ends | None:
    """What a rule states; a glob or several stand for files."""
    return stated if isinstance(stated, Ends) else Ends(files=stated) if stated else None


class Goal:
    """Tells which edges lead to certain ends."""

    def __init__(self, ends: Ends, project: Project) -> None:
        self.ends = ends
        self.selection = Selection(as_tuple(ends.files), project)
        self._left_out = project.left_out
        self._declaring = project.once(Declaring)
        self._spellings = project.once(Spellings)
        self._licensing = project.once(Licensing)

    def met_by(self, edge: Edge, binding: Binding = ()) -> str:
        """What is to be said of an edge that leads there, given what captures stand for; '' if it does not."""
        said = self._said(edge, binding)
        return "" if said and _matches(edge, as_tuple(self.ends.ignore)) else said

    def may_be_met_by(self, edge: Edge) -> bool:
        """Whether an edge leads there for some values of the captures."""
        return any(self.met_by(edge, binding) for binding in ((), *self.selection.bindings(edge.target)))

    def allows(self, edge: Edge, binding: Binding = ()) -> bool:
        """Whether an edge leads there, where that is what is allowed: then one licence of a choice is enough."""
        is_there = self._is_named(edge, binding) or self._is_under(edge, granted)
        return is_there and not _matches(edge, as_tuple(self.ends.ignore))

    def licensed(self, edge: Edge) -> str:
        """What is to be said of the licence of what an edge leads to; '' if these ends do not speak of it."""
        licence = self.licence(edge)
        return _licence_text(licence) if licence else ""

    def licence(self, edge: Edge) -> Licensed | None:
        """The licence of what an edge leads to, if these ends speak of licences and there is any to speak of."""
        return self._licensing.of(edge) if self.ends.licences else None

    def _is_under(self, edge: Edge, holds: Callable[[str, tuple[str, ...]], bool]) -> bool:
        licence = self.licence(edge)
        return licence is not None and holds(licence.text, as_tuple(self.ends.licences))

    def _said(self, edge: Edge, binding: Binding) -> str:
        if self._is_named(edge, binding):
            return "forbidden"
        return self.licensed(edge) if self._is_under(edge, forced) else self._stated(edge)

    def _is_named(self, edge: Edge, binding: Binding) -> bool:
        ends, package = self.ends, edge.leads.package
        if edge.target and self.selection.has(edge.target, binding):
            return True
        if package and any(matches_name(each, package) for each in as_tuple(ends.packages)):
            return True
        return any(matches_name(each, edge.reference.target) for each in as_tuple(ends.specifiers))

    def _stated(self, edge: Edge) -> str:
        """What documents say of an edge, or the tree."""
        ends = self.ends
        if ends.unresolved and self._is_unresolved(edge, ends.unresolved):
            return self._lost_text(edge.leads.tried)
        if ends.undeclared and self._declaring.is_undeclared(edge, nearest_only=ends.undeclared == "nearest"):
            return f"not declared in {'pyproject.toml' if is_of_python(edge) else 'package.json'}"
        if ends.dev_only and self._declaring.is_dev_only(edge):
            return "declared for development only"
        if ends.cross_package and self._declaring.crosses(edge):
            return "in another package, and is imported by a relative path"
        return ""

    def _lost_text(self, tried: tuple[str, ...]) -> str:
        alike = next(filter(None, map(self._spellings.alike, tried)), "")
        places = ", ".join(f"'{each}'" for each in tried)
        also = f"; '{alike}' is there, in another case" if alike else ""
        return f"not there (looked for {places}{also})" if tried else "not known to be anywhere"

    def _is_unresolved(self, edge: Edge, which: Literal["missing", "any"]) -> bool:
        leads = edge.leads
        if which == "any" or not leads.is_lost:
            return leads.is_lost
        # A file that is there but not listed is not missing, nor is what a package builds, nor what nobody looked for.
        places = [each for each in leads.tried if " " not in each]
        return bool(places) and leads.folder is None and not any(map(self._is_left_out, places))

    def _is_left_out(self, place: str) -> bool:
        parts = place.split("/")
        folders = ("/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1))
        return place in self._left_out or any(folder in self._left_out for folder in folders)

    def judges(self, edge: Edge) -> bool:
        """Whether an edge is of a sort that these ends speak of: files, packages, or what has a licence."""
        if edge.target and self.ends.files:
            return True
        if edge.leads.is_outside and self.ends.packages is not None:
            return True
        return self.licence(edge) is not None


def unlicensed(goal: Goal, edges: Iterable[Edge]) -> Iterator[str]:
    """Says so if edges lead to packages and of none of these a licence is known, unless that is asked for."""
    found = [licence for edge in edges if (licence := goal.licence(edge))]
    asks = any(map(is_unknown, as_tuple(goal.ends.licences)))
    if found and not asks and all(is_unknown(licence.text) for licence in found):
        yield "no licence of what is imported is known: no package-lock.json states one, and nothing is installed"


def _licence_text(licence: Licensed) -> str:
    if is_unknown(licence.text):
        return "under a licence that neither package-lock.json nor node_modules states"
    return f"under the licence '{licence.text}' ({licence.where})"


def _matches(edge: Edge, patterns: tuple[str, ...]) -> bool:
    names = [name for name in (edge.target, edge.leads.package, edge.reference.target) if name]
    return any(matches_name(pattern, name) for pattern in patterns for name in names)


def ends_mistakes(where: str, ends: Ends | None) -> Iterator[OptionMistake]:
    """Patterns that cannot be meant as written, and ends that mean nothing."""
    if ends is None:
        return
    yield from (
        ((where, *path), message) for path, message in capture_mistakes("files", as_tuple(ends.files))
    )
    if ends == Ends(ignore=ends.ignore):
        yield (where,), f"'{where}' names no ends, such as files or packages"
    for key in ("packages", "licences", "specifiers", "ignore"):
        for number, pattern in enumerate(as_tuple(getattr(ends, key))):
            try:
                matches_name(pattern, "")
            except (BadGlobError, BadRegexError) as error:
                yield (where, key, number), f"bad name pattern: {error}"
