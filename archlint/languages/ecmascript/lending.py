"""What a script lends to other files, and the sinks of what it borrows from them."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from archlint.code import Import, Step
from archlint.facts import Export, Occurrence
from archlint.languages.ecmascript.constants import at_sinks, literals, meant
from archlint.languages.ecmascript.following.arrivals import Lend, Reach
from archlint.languages.ecmascript.following.exports import own_names
from archlint.languages.ecmascript.following.follow import follow, follow_import
from archlint.languages.ecmascript.following.loads import Load
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import content
from archlint.languages.ecmascript.modules import borrowed
from archlint.languages.wanted import Wanted


def exports(script: Script, wanted: Wanted) -> Iterator[Export]:
    """The wanted constants that other files can import, by every name they have there."""
    for path in literals(script, wanted):
        value = meant(script, path, wanted)
        span = script.source.lines.span(*content(path[-1]))
        for place in follow(script, path, Load(value)) if value is not None else ():
            text = place.load.text
            if isinstance(place, Lend) and text is not None and wanted.wants(text):
                is_number = path[-1].type == "number"
                yield Export(place.name, place.load.ahead, span, text, is_number, place.load.way)


class Borrowings(msgspec.Struct, frozen=True):
    """What a script does with what it imports: the sinks, what it exports again, the members it assigns to."""

    sinks: tuple[Occurrence, ...]
    exports: tuple[Export, ...]
    changes: tuple[Import, ...]


def borrowings(script: Script, modules: frozenset[str]) -> Borrowings:
    """What the script does with what it imports from the modules (all if none are given)."""
    sinks: list[Occurrence] = []
    exported: list[Export] = []
    changes: list[Import] = []
    for name, start in borrowed(script, modules):
        if name:
            assert isinstance(start, tuple)
            exported.append(_exported(script, Lend(name, start[1], start[0])))
            continue
        travelled = follow_import(script, start)
        changes.extend(travelled.changes)
        for place in travelled.places:
            if isinstance(place, Lend):
                exported.append(_exported(script, place))
            else:
                sinks.extend(_sinks(script, place))
    return Borrowings(
        tuple(dict.fromkeys(sinks)),
        tuple(dict.fromkeys(exported)),
        tuple(sorted(set(changes), key=lambda change: (change.module, change.name, change.members))),
    )


def _sinks(script: Script, reach: Reach) -> Iterator[Occurrence]:
    for found in at_sinks(script, reach):
        way = found.way or (Step(found.span, f"reaches {found.sink.value} '{found.name}'"),)
        yield replace(found, way=way)


def _exported(script: Script, lend: Lend) -> Export:
    node = lend.path[-1]
    span = script.source.lines.span(node.start_byte, node.end_byte)
    hides = own_names(script.tree.root_node) if lend.name == "*" else ()
    return Export(lend.name, lend.load.ahead, span, way=lend.load.way, origin=lend.load.origin, hides=hides)
