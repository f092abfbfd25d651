"""How a constant that breaks a rule is told: the sink it reaches, the way there, and the others."""

from archlint.facts import Occurrence, Sink
from archlint.model import Hit, Place, Remark
from archlint.project.following.constants import Constant

_MOST_PLACES = 10


def hit(place: Place, breaches: list[Constant], only: tuple[str, ...]) -> Hit:
    """The breach at ``place``, told by the nearest of the sinks that one constant reaches."""
    sinks = {breach.sink: breach for breach in sorted(breaches, key=_distance, reverse=True)}
    told, *others = sorted(sinks.values(), key=_distance)
    occurrence = told.occurrence
    sink, name, value = occurrence.sink.value, occurrence.name, occurrence.value
    stands = where(occurrence)
    text = f"'{value}' is forbidden {stands}"
    if occurrence.sink is Sink.IDENTIFIER:
        text = f"the name '{name}' is forbidden"
    elif only:
        text = f"'{value}' {stands}: only {', '.join(only)} may stand there"
    ends = (_written(told),) if told.literal != place else ((_there(told),) if told.way else ())
    also = tuple(_there(other) for other in others)
    return Hit(
        place=place,
        text=text,
        identity=f"{sink} {name} {value}",
        fields={"value": value, "sink": sink, "name": name},
        related=(*ends, *also)[:_MOST_PLACES],
        flows=tuple(_flow(breach) for breach in (told, *others) if breach.way)[:_MOST_PLACES],
    )


def _flow(constant: Constant) -> tuple[Remark, ...]:
    return _written(constant), *constant.way


def _there(constant: Constant) -> Remark:
    return constant.way[-1] if constant.way else Remark(constant.sink, f"stands {where(constant.occurrence)}")


def _written(constant: Constant) -> Remark:
    return Remark(constant.literal, f"'{constant.occurrence.value}' is written here")


def _distance(constant: Constant) -> tuple[int, Place]:
    return len(constant.way), constant.sink


def where(occurrence: Occurrence) -> str:
    """``at property 'plan'``."""
    sink, name = occurrence.sink.value, occurrence.name
    if occurrence.sink is Sink.ANYWHERE:
        return "anywhere"
    return f"at {sink} '{name}'" if name else f"at sink {sink}"
