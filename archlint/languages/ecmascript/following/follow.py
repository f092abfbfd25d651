"""Every place a constant gets to within one script, through the names that hold it."""

from collections.abc import Iterator
from dataclasses import replace

from msgspec import structs

from archlint.facts import Step
from archlint.languages.ecmascript.following.arrivals import Bind, Fill, Lend, Reach, Spoil
from archlint.languages.ecmascript.following.exports import exported_names, namespace_of
from archlint.languages.ecmascript.following.loads import Load
from archlint.languages.ecmascript.following.outward import outward
from archlint.languages.ecmascript.following.patterns import held
from archlint.languages.ecmascript.following.scopes import Binding
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.paths import Path, text
from archlint.languages.ecmascript.texts import text_top
from archlint.languages.urls import HOLE

Place = Reach | Lend


def follow(script: Script, path: Path, load: Load) -> Iterator[Place]:
    """Where the load of the expression at the end of the path gets, the expression itself first.

    A name that is assigned to again stops it; so does an object whose member is, for all who read it there.
    """
    journey = _Journey(script)
    journey.go(path, load)
    yield from journey.places()


def follow_name(script: Script, bind: Bind) -> Iterator[Place]:
    """Where what a name holds gets."""
    journey = _Journey(script)
    journey.bind(bind)
    yield from journey.places()


class _Journey:
    """The way of one constant. Every name is followed once for each way of members."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._seen: set[tuple[Binding, Load]] = set()
        self._found: list[Place] = []
        self._spoilt: list[Load] = []

    def go(self, path: Path, load: Load) -> None:
        self._run([(path, load)])

    def bind(self, bind: Bind) -> None:
        self._run(list(self._readers(bind)))

    def _run(self, waiting: list[tuple[Path, Load]]) -> None:
        while waiting:
            path, load = waiting.pop()
            for arrival in outward(path, load, self._script.shapes):
                match arrival:
                    case Bind():
                        waiting.extend(self._readers(arrival))
                    case Spoil():
                        self._spoilt.append(arrival.load)
                    case Fill():
                        waiting.extend(self._filled(arrival))
                    case _:
                        self._found.append(arrival)

    def places(self) -> Iterator[Place]:
        """What was found, in document order; nothing behind an object that somebody changes."""
        sure = (place for place in self._found if not any(_is_spoilt(place.load, by) for by in self._spoilt))
        yield from sorted(sure, key=lambda place: (len(place.load.way), place.path[-1].start_byte))

    def _readers(self, bind: Bind) -> Iterator[tuple[Path, Load]]:
        """The reads of the names that hold the load from here on."""
        names = self._script.names
        for path, load in held(bind.path, bind.load):
            binding = names.binding(path)
            if binding is None or names.is_reassigned(binding):
                continue
            key = (binding, replace(load, way=()))
            if key in self._seen:
                continue
            self._seen.add(key)
            held_load = load.beyond(self._step(path, load))
            for name in exported_names(path):
                self._found.append(Lend(name, held_load, path))
            space = namespace_of(path)
            if space is not None:
                yield from self._readers(Bind(space, held_load.under(text(path[-1]))))
            for read in names.reads(binding):
                yield read, held_load

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
                yield top, replace(fill.load, text=whole, ahead=())


def _is_spoilt(load: Load, by: Load) -> bool:
    """Whether the load was a member of what an assignment changes."""
    if load.origin is None or by.origin is None:
        return load.is_member
    members = by.origin.members
    return structs.replace(by.origin, members=()) == structs.replace(load.origin, members=()) and (
        load.origin.members[: len(members)] == members
    )
