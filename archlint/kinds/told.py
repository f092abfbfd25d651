"""What messages say of constants and their sinks."""

from archlint.facts import Occurrence, Sink
from archlint.model import Place, Remark
from archlint.project.following.constants import Constant


def flow(constant: Constant) -> tuple[Remark, ...]:
    """The way of a constant, from where it is written."""
    return written(constant), *constant.way


def there(constant: Constant) -> Remark:
    """The place of its sink, with what happens there."""
    return constant.way[-1] if constant.way else Remark(constant.sink, f"stands {where(constant.occurrence)}")


def written(constant: Constant) -> Remark:
    """The place where it is written."""
    return Remark(constant.literal, f"'{constant.occurrence.value}' is written here")


def distance(constant: Constant) -> tuple[int, Place]:
    """How far its sink is, and where: a key to sort by."""
    return len(constant.way), constant.sink


def where(occurrence: Occurrence) -> str:
    """The sink, as messages say it."""
    sink, name = occurrence.sink.value, occurrence.name
    if occurrence.sink is Sink.ANYWHERE:
        return "anywhere"
    return f"at {sink} '{name}'" if name else f"at sink {sink}"
