"""Names that a rule forbids where a constant that breaks it is bound to them: one breach, told at the constant."""

from collections.abc import Iterator, Sequence

from archlint.facts import Sink
from archlint.project.following.constants import Constant


def without_bound_names(breaches: Sequence[Constant]) -> Iterator[Constant]:
    """The breaches but for names that hold a constant among them: it stands beside them, or goes its way by them."""
    others = [each for each in breaches if each.occurrence.sink is not Sink.IDENTIFIER]
    on_ways = {remark.place for other in others for remark in other.way}
    beside = {
        (other.literal.path, other.occurrence.name, line)
        for other in others
        for line in (other.literal.span.line, other.literal.span.line - 1)
    }
    for breach in breaches:
        line = (breach.literal.path, breach.occurrence.name, breach.literal.span.line)
        is_name = breach.occurrence.sink is Sink.IDENTIFIER
        if not (is_name and (breach.literal in on_ways or line in beside)):
            yield breach
