"""Which references of a tree count for a rule."""

import msgspec

from archlint.extend import OptionMistake
from archlint.facts import Demand, Link
from archlint.project import Project
from archlint.project.graph import IMPORTS, Filter, Graph, graph_demand, graph_of


class Counting(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The options that all kinds have which judge the graph."""

    links: Link | tuple[Link, ...] = ()
    """Only references of these sorts."""
    types: bool = True
    """Whether imports count that are gone when the program runs."""
    conditional: bool = True
    """Whether imports count without which the program may run: in ``try``, ``if`` or a function."""


def counted(options: Counting, project: Project, links: frozenset[Link] = frozenset(Link)) -> Graph:
    """The graph of the references that count; of these links where the rule names none."""
    stated = (options.links,) if isinstance(options.links, Link) else options.links
    which = Filter(frozenset(stated) or links, types=options.types, conditional=options.conditional)
    return graph_of(project).kept(which)


def imported(options: Counting, project: Project) -> Graph:
    """As ``counted``, of imports alone where the rule names no links."""
    return counted(options, project, IMPORTS)


def demand(_rule: object, project: Project) -> tuple[Demand, ...]:
    """The whole graph."""
    return graph_demand(project)


def mistakes_of(options: Counting) -> list[OptionMistake]:
    """Links that leave nothing to count."""
    stated = {options.links} if isinstance(options.links, Link) else set(options.links)
    if stated == {Link.TYPE} and not options.types:
        return [(("types",), "`links: type` counts what `types: false` leaves out")]
    return []
