"""Every place a constant gets to within one script, through the names that hold it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import msgspec
from msgspec import structs

from archlint.code import Import, Step
from archlint.languages.ecmascript.following.arrivals import Bind, Fill, Lend, Own, Reach, Spoil
from archlint.languages.ecmascript.following.exports import exported_names, namespace_of
from archlint.languages.ecmascript.following.loads import Load, Spot
from archlint.languages.ecmascript.following.outward import outward
from archlint.languages.ecmascript.following.patterns import held
from archlint.languages.ecmascript.following.scopes import Binding
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.following.selves import Self
from archlint.languages.ecmascript.paths import Path, text
from archlint.languages.ecmascript.texts import text_top
from archlint.languages.urls import HOLE
from archlint.members import ANY

Place = Reach | Lend
_MOST_GIVEN = 40
_Waiting = list[tuple[Path, Load]]


def follow(script: Script, path: Path, load: Load) -> Iterator[Place]:
    """Where the load of the expression at the end of the path gets, the expression itself first.

    A name that is assigned to again stops it; so does an object whose member is, for all who read it there.
    """
    yield from _travelled(script, lambda journey: journey.go([(path, load)])).places


class Travelled(msgspec.Struct, frozen=True):
    """Where a load got, in document order, and the members of imports that somebody assigns to there."""

    places: tuple[Place, ...]
    changes: tuple[Import, ...]


def follow_import(script: Script, start: Bind | tuple[Path, Load]) -> Travelled:
    """Where what a name or an expression has of another module gets."""
    if isinstance(start, Bind):
        return _travelled(script, lambda journey: journey.go(journey.readers(start)))
    return _travelled(script, lambda journey: journey.go([start]))


def _travelled(script: Script, start: "Callable[[_Journey], None]") -> Travelled:
    """What a journey finds; it is made again without the members that somebody writes to."""
    journey = _Journey(script, frozenset())
    start(journey)
    spoilt = journey.spoilt
    if spoilt:
        journey = _Journey(script, frozenset(spoilt))
        start(journey)
    places = sorted(journey.found, key=lambda place: (len(place.load.way), place.path[-1].start_byte))
    return Travelled(tuple(places), tuple(spot for spot in spoilt if isinstance(spot, Import)))


class _Journey:
    """The way of one constant. Every name is followed once for each way of members."""

    def __init__(self, script: Script, shunned: frozenset[Spot | Import]) -> None:
        self._script = script
        self._shunned = shunned
        self._seen: set[tuple[Binding | Self, Load]] = set()
        self.found: list[Place] = []
        self.spoilt: set[Spot | Import] = set()

    def go(self, waiting: _Waiting) -> None:
        while waiting:
            path, load = waiting.pop()
            for arrival in outward(path, load, self._script.shapes):
                if isinstance(arrival, Spoil):
                    self.spoilt.add(arrival.spot)
                elif self._is_shunned(arrival.load):
                    continue
                elif isinstance(arrival, Bind):
                    given = replace(arrival.load, through=(*load.through, path)[-_MOST_GIVEN:])
                    waiting.extend(self.readers(structs.replace(arrival, load=given)))
                elif isinstance(arrival, Own):
                    waiting.extend(self._selves(arrival))
                elif isinstance(arrival, Fill):
                    waiting.extend(self._filled(arrival))
                else:
                    self.found.append(arrival)

    def _is_shunned(self, load: Load) -> bool:
        """Whether it is in a member that somebody writes to."""
        if not self._shunned:
            return False
        if any(spot in self._shunned or Spot(spot.holder, ANY) in self._shunned for spot in load.spots()):
            return True
        return load.origin is not None and any(
            Import(load.origin.module, load.origin.name, load.origin.members[:length]) in self._shunned
            for length in range(len(load.origin.members) + 1)
        )

    def readers(self, bind: Bind) -> _Waiting:
        """The reads of the names that hold the load from here on."""
        names = self._script.names
        found: _Waiting = []
        for path, load in held(bind.path, bind.load):
            binding = names.binding(path)
            if binding is None or load.is_deep or names.is_reassigned(binding) or self._is_shunned(load):
                continue
            key = (binding, replace(load, way=(), holders=() if self._shunned else load.holders))
            held_load = load.beyond(self._step(path, load))
            if key in self._seen or held_load is None:
                continue
            self._seen.add(key)
            self.found.extend(Lend(name, held_load, path) for name in exported_names(path))
            space = namespace_of(path)
            if space is not None:
                within = held_load.under(text(path[-1]), space[-2].id)
                found.extend(self.readers(Bind(space, within)))
            found.extend((read, held_load) for read in names.readers(binding, load.ahead))
        return found

    def _selves(self, own: Own) -> Iterator[tuple[Path, Load]]:
        """Where ``this`` is what has the load."""
        key = (own.self, replace(own.load, way=(), holders=() if self._shunned else own.load.holders))
        if key not in self._seen and not own.load.is_deep:
            self._seen.add(key)
            yield from ((path, own.load) for path in self._script.names.selves(own.self))

    def _step(self, path: Path, load: Load) -> Step:
        span = self._script.source.lines.span(path[-1].start_byte, path[-1].end_byte)
        verb = "imported as" if load.origin is not None and not load.way else "held by"
        return Step(span, f"{verb} '{text(path[-1])}'")

    def _filled(self, fill: Fill) -> Iterator[tuple[Path, Load]]:
        """The text that the load is a part of, if all of it is known."""
        top = fill.path[: text_top(fill.path, len(fill.path) - 1) + 1]
        if fill.load.text is not None:
            whole, begin = self._script.texts.built(top).filled(fill.path[-1], fill.load.text)
            if begin >= 0 and HOLE not in whole:
                yield top, replace(fill.load, text=whole, ahead=(), holders=())
