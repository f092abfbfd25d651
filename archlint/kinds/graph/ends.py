"""What edges may, must or must not lead to."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from archlint.extend import OptionMistake
from archlint.kinds.graph.counting import Texts, listed
from archlint.kinds.graph.selecting import Binding, Selection, capture_mistakes
from archlint.project import Project
from archlint.project.graph import Declaring, Edge
from archlint.regexes import BadRegexError
from archlint.scope import BadGlobError, matches_name


class Ends(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Ends of edges; several keys together mean what any of them does."""

    files: Texts = ()
    """Globs and zones, with captures."""
    packages: Texts | None = None
    """Name patterns of packages; builtins are called ``node:fs`` and ``python:os``."""
    specifiers: Texts = ()
    """Name patterns of what is written."""
    unresolved: Literal["missing", "any"] | None = None
    """What leads to a file that is not there, or to nothing that can be told."""
    undeclared: Literal["nearest", "around"] | None = None
    """Packages that the nearest ``package.json``, or none of those around the file, declares."""
    dev_only: bool = False
    """Packages that are declared for development only."""
    cross_package: bool = False
    """Files of another package, by a relative path."""
    ignore: Texts = ()
    """Name patterns of files, packages and specifiers that are not meant."""


def ends_of(stated: "Texts | Ends | None") -> Ends | None:
    """What a rule states; a glob or several stand for files."""
    return stated if isinstance(stated, Ends) else Ends(files=stated) if stated else None


class Goal:
    """Tells which edges lead to certain ends."""

    def __init__(self, ends: Ends, project: Project) -> None:
        self.ends = ends
        self.selection = Selection(listed(ends.files), project)
        self._left_out = project.left_out
        self._declaring = project.once(Declaring)

    def met_by(self, edge: Edge, binding: Binding = ()) -> str:
        """What is to be said of an edge that leads there, given what captures stand for; '' if it does not."""
        said = self._said(edge, binding)
        return "" if said and _is_named(edge, listed(self.ends.ignore)) else said

    def may_be_met_by(self, edge: Edge) -> bool:
        """Whether an edge leads there for some values of the captures."""
        return any(self.met_by(edge, binding) for binding in ((), *self.selection.bindings(edge.target)))

    def _said(self, edge: Edge, binding: Binding) -> str:
        ends, package = self.ends, edge.leads.package
        if edge.target and self.selection.has(edge.target, binding):
            return "forbidden"
        if package and any(matches_name(each, package) for each in listed(ends.packages)):
            return "forbidden"
        if any(matches_name(each, edge.reference.target) for each in listed(ends.specifiers)):
            return "forbidden"
        return self._stated(edge)

    def _stated(self, edge: Edge) -> str:
        """What documents say of an edge, or the tree."""
        ends = self.ends
        if ends.unresolved and self._is_unresolved(edge, ends.unresolved):
            tried = ", ".join(f"'{each}'" for each in edge.leads.tried)
            return f"not there (looked for {tried})" if tried else "not known to be anywhere"
        if ends.undeclared and self._declaring.is_undeclared(edge, nearest_only=ends.undeclared == "nearest"):
            return "not declared in package.json"
        if ends.dev_only and self._declaring.is_dev_only(edge):
            return "declared for development only"
        if ends.cross_package and self._declaring.crosses(edge):
            return "in another package, and is imported by a relative path"
        return ""

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
        """Whether an edge is of a sort that these ends speak of: files, packages, or both."""
        if edge.target:
            return bool(self.ends.files)
        return edge.leads.is_outside and self.ends.packages is not None


def _is_named(edge: Edge, patterns: tuple[str, ...]) -> bool:
    names = [name for name in (edge.target, edge.leads.package, edge.reference.target) if name]
    return any(matches_name(pattern, name) for pattern in patterns for name in names)


def ends_mistakes(where: str, ends: Ends | None) -> Iterator[OptionMistake]:
    """Patterns that cannot be meant as written, and ends that mean nothing."""
    if ends is None:
        return
    yield from (((where, *path), message) for path, message in capture_mistakes("files", listed(ends.files)))
    if ends == Ends(ignore=ends.ignore):
        yield (where,), f"'{where}' names no ends, such as files or packages"
    for key in ("packages", "specifiers", "ignore"):
        for number, pattern in enumerate(listed(getattr(ends, key))):
            try:
                matches_name(pattern, "")
            except (BadGlobError, BadRegexError) as error:
                yield (where, key, number), f"bad name pattern: {error}"
