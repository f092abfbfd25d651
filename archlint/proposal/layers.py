"""Layers as a tree's imports already have them."""

import msgspec

from archlint.project import Project
from archlint.project.graph import Filter, graph_of
from archlint.proposal.zones import Zone


class Layers(msgspec.Struct, frozen=True):
    """Zones by level, and those that have none: they import each other in a circle, or what does."""

    levels: tuple[tuple[str, ...], ...]
    """Highest first. The zones of a level do not import each other."""
    unplaced: tuple[str, ...]


def layers_of(project: Project, zones: tuple[Zone, ...]) -> Layers:
    """The order in which the zones import each other. Those that neither import nor are imported are left out."""
    imports = _imports(project, zones)
    depth_of: dict[str, int] = {}
    pending = sorted(imports)
    while ready := [zone for zone in pending if all(each in depth_of for each in imports[zone])]:
        for zone in ready:
            depth_of[zone] = 1 + max((depth_of[each] for each in imports[zone]), default=-1)
        pending = [zone for zone in pending if zone not in depth_of]
    linked = {zone for zone in depth_of if imports[zone] or any(zone in each for each in imports.values())}
    depths = sorted({depth_of[zone] for zone in linked}, reverse=True)
    levels = tuple(tuple(sorted(zone for zone in linked if depth_of[zone] == depth)) for depth in depths)
    return Layers(levels, tuple(pending))


def _imports(project: Project, zones: tuple[Zone, ...]) -> dict[str, frozenset[str]]:
    """The zones that each zone imports, itself left out."""
    zone_of: dict[str, str] = {}
    for zone in sorted(zones, key=lambda each: len(each.folder)):
        zone_of.update(
            dict.fromkeys((path for path in project.paths if path.startswith(f"{zone.folder}/")), zone.name)
        )
    found: dict[str, set[str]] = {zone.name: set() for zone in zones}
    for edge in graph_of(project).kept(Filter()).edges:
        source, target = zone_of.get(edge.source), zone_of.get(edge.target)
        if source and target and source != target:
            found[source].add(target)
    return {zone: frozenset(targets) for zone, targets in found.items()}
