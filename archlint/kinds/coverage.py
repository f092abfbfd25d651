"""Kind ``coverage``: every file belongs to a zone."""

from collections.abc import Iterator

import msgspec

from archlint.extend import Family, Kind
from archlint.facts import Demand
from archlint.model import WHOLE_FILE, Hit, Place, Rule
from archlint.project import Project
from archlint.project.project import ZONE


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Judged on names alone; no file is opened."""

    zones: str | tuple[str, ...] = ()
    """Zones and globs. Without it, all zones of archlint.toml."""
    exactly_one: bool = False
    """Whether a file may be in no more than one of them."""


def demand(_rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """Nothing: the listing is enough."""
    return ()


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each file that is in no zone, or in several."""
    zones = _zones(rule.options, project)
    for path in project.files(rule.scope) if zones else ():
        own = [zone.removeprefix(ZONE) for zone in zones if path in project.selected(zone)]
        fields = {"zones": ", ".join(own)}
        if not own:
            yield Hit(Place(path, WHOLE_FILE), "belongs to no zone", "no zone", fields)
        elif rule.options.exactly_one and len(own) > 1:
            text = f"belongs to {len(own)} zones: {', '.join(own)}"
            yield Hit(Place(path, WHOLE_FILE), text, "several zones", fields)


def _zones(options: Options, project: Project) -> tuple[str, ...]:
    stated = (options.zones,) if isinstance(options.zones, str) else options.zones
    return stated or tuple(f"{ZONE}{name}" for name in sorted(project.zones))


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """No zones at all, and zones without files."""
    zones = _zones(rule.options, project)
    if not zones:
        yield "archlint.toml has no zones"
    yield from (f"no file matches '{zone}'" for zone in zones if not project.selected(zone))


KIND = Kind(
    name="coverage",
    says="every file belongs to a zone",
    options=Options,
    needs=Family.NAMES,
    fields=("zones",),
    demand=demand,
    check=check,
    vacuous=vacuous,
    selectors=("zones",),
    local=lambda _options: False,
)
