"""Objects and constants with what other files lend to them: imports followed to what they are there."""

from collections.abc import Iterable

from msgspec.structs import replace

from archlint.code import Gap, Given, Import, Member, ObjectDemand, Value
from archlint.facts import Demand
from archlint.model import Scope
from archlint.parts import merged, only, partial, read, united, without
from archlint.project.code.lookup import Lookup
from archlint.project.modules import config_demand
from archlint.project.project import Project

_DEEPEST = 8
_MOST = 16


class Objects:
    """Answers by what is known of a project so far, and notes what would have to be known."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lookup = project.once(Lookup)
        self._wanted: dict[tuple[str, str], None] = {}
        self._known: dict[tuple[str, Value], Value] = {}
        self._depth = 0

    def demands(self) -> Iterable[Demand]:
        """What to ask so that what was asked for here is known; nothing if it is, as far as it can be."""
        if self._wanted:
            yield from config_demand(self._project)
        for path, name in sorted(self._wanted):
            yield ObjectDemand(Scope((path,)), exports=(name,))

    def whole(self, path: str, value: Value) -> Value:
        """The value in the file at ``path`` with all that is known of it."""
        key = (path, value)
        if key not in self._known:
            if self._depth >= _DEEPEST:
                return value
            self._depth += 1
            self._known[key] = self._whole(path, value)
            self._depth -= 1
        return self._known[key]

    def _whole(self, path: str, value: Value) -> Value:
        if value.origin is not None:
            found = self.lent(path, value.origin)
            return united(found, value.span, "") if len(found) > 1 else found[0] if found else value
        if value.type != "object":
            return value
        members = tuple(replace(each, values=self._each(path, each.values)) for each in value.members)
        own = replace(value, members=members, gaps=tuple(gap for gap in value.gaps if gap.origin is None))
        for gap in value.gaps:
            own = merged(self._filled(path, gap), own) if gap.origin is not None else own
        return replace(own, span=value.span)

    def _each(self, path: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
        found = (self.lent(path, value.origin) or (value,) if value.origin else (value,) for value in values)
        return tuple(dict.fromkeys(each for several in found for each in several))[:_MOST]

    def _filled(self, path: str, gap: Gap) -> Value:
        """What a gap stands for; the gap itself where that is not known."""
        assert gap.origin is not None
        found = self.lent(path, gap.origin)
        if not found:
            return Value("object", gaps=(gap,))
        filled = without(united(found, gap.span, gap.text), gap.without)
        filled = only(filled, gap.only) if gap.only is not None else filled
        return partial(filled) if gap.is_optional else filled

    def lent(self, path: str, origin: Import) -> tuple[Value, ...]:
        """What the import in the file at ``path`` may be; nothing if that is not known."""
        for file, wanted in self._lookup.ways(path, origin):
            self._wanted[file, wanted.name] = None
            code = self._lookup.codes.get(file)
            for given in code.given if code is not None else ():
                found = _read(given, wanted)
                if found:
                    return tuple(self.whole(file, value) for value in found)
        return ()


def _read(given: Given, wanted: Import) -> tuple[Value, ...]:
    """What the import has of an export; nothing of another."""
    members = wanted.members
    if given.name == "=" and wanted.name != "default":
        members = (wanted.name, *members)
    elif given.name not in ("=", wanted.name):
        return ()
    values = given.values
    for member in members:
        values = tuple(each for value in values for each in read(value, member))
    return tuple(value for value in values if value != Value())


def has_own(value: Value, member: Member) -> bool:
    """Whether the member is written in the object itself, and not in what it has of another file."""
    return any(each.span == member.span and each.name == member.name for each in value.members)
