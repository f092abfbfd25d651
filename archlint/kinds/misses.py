"""How near constants come to a rule of kind ``value``: what was seen at a place, and what the rule asks for."""

from collections.abc import Iterator

from archlint.facts import Occurrence, Sink
from archlint.kinds.sinks import At, names_at, selects

_MOST_NAMES = 6


def near_misses(
    at: tuple[At, ...],
    wanted: tuple[str, ...],
    breaking: tuple[Occurrence, ...],
    seen: tuple[Occurrence, ...],
) -> Iterator[str]:
    """A sentence for each constant of ``breaking`` values at another sink, and of other values at the rule's sinks.

    ``wanted`` are words for the values the rule is about.
    """
    selected = {occurrence.span for occurrence in breaking if selects(at, occurrence)}
    for occurrence in breaking:
        if occurrence.span not in selected and occurrence.sink is not Sink.ANYWHERE:
            yield f"found '{occurrence.value}' {_at(occurrence)}; the rule asks for {_asked(at, occurrence.sink)}"
    for occurrence in seen:
        if occurrence not in breaking and selects(at, occurrence):
            yield f"found '{occurrence.value}' {_at(occurrence)}; the rule is about {' or '.join(wanted)}"


def _at(occurrence: Occurrence) -> str:
    return f"at {occurrence.sink.value}" + (f" '{occurrence.name}'" if occurrence.name else "")


def _asked(at: tuple[At, ...], sink: Sink) -> str:
    """The names the rule asks for at such a sink; the sinks it knows, if this is none of them."""
    names = dict.fromkeys(name for entry in at for name in names_at(entry, sink))
    if names:
        shown = [f"'{name}'" for name in names]
        more = ["…"] * (len(shown) > _MOST_NAMES)
        return f"{sink.value} {' | '.join((*shown[:_MOST_NAMES], *more))}"
    sinks = [known.value for known in Sink if any(names_at(entry, known) for entry in at)]
    members = ["member"] * any(entry.member is not None for entry in at)
    return ", ".join((*sinks, *members))
