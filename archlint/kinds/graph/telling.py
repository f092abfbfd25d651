"""How edges and ways of the graph are told."""

from collections.abc import Sequence

from archlint.facts import Link
from archlint.model import Hit, Remark
from archlint.project.graph import IMPORTS, Edge

_MOST_REMARKS = 12
_MOST_NAMED = 4


def verb(edge: Edge) -> str:
    """What a file does to another by an edge."""
    link = edge.reference.link
    if link in IMPORTS:
        return "imports a type of" if edge.is_type else "imports"
    return "runs" if link is Link.SCRIPT else "refers to"


def flow(way: Sequence[Edge]) -> tuple[Remark, ...]:
    """The edges of a way, a remark each; a long way is cut short in the middle."""
    half = _MOST_REMARKS // 2
    shown = way if len(way) <= _MOST_REMARKS else (*way[:half], *way[-half:])
    return tuple(Remark(edge.place, f"{verb(edge)} '{edge.ends}'") for edge in shown)


def through(way: Sequence[Edge]) -> str:
    """The files between the ends of a way: `` through 'b.ts', 'c.ts'``; '' if there is none."""
    between = [f"'{edge.target}'" for edge in way[:-1]]
    if len(between) > _MOST_NAMED:
        left_out = len(between) - _MOST_NAMED
        between = [*between[:2], f"{left_out} more", *between[-2:]]
    return f" through {', '.join(between)}" if between else ""


def told(way: Sequence[Edge], text: str) -> Hit:
    """A hit at the first edge of a way, with the way if it is longer than that."""
    first, last = way[0], way[-1]
    fields = {"from": first.source, "to": last.ends, "specifier": first.reference.target}
    identity = f"{first.ends} {last.ends}"
    return Hit(first.place, text, identity, fields, flows=(flow(way),) if len(way) > 1 else ())


FIELDS = ("from", "to", "specifier")
"""What the message of a rule may name of an edge or a way."""
