"""Hits of this kind, and how several things are told."""

from collections.abc import Iterable, Sequence

from archlint.model import Hit, Place, Remark

FIELDS = ("command", "path", "event", "script")
"""What a rule's ``message`` may name; '' where a hit is about something else."""

_MOST_REMARKS = 12


def hit(  # noqa: PLR0913 -- a hit has as many parts
    place: Place,
    text: str,
    identity: str,
    *,
    command: str = "",
    path: str = "",
    event: str = "",
    script: str = "",
    related: Iterable[Remark] = (),
    flow: Iterable[Remark] = (),
) -> Hit:
    """A hit with all fields. What leads to it is told once, as a flow."""
    fields = {"command": command, "path": path, "event": event, "script": script}
    return Hit(
        place, text, identity, fields, tuple(related)[:_MOST_REMARKS], tuple(filter(None, (tuple(flow),)))
    )


def listed(texts: Sequence[str]) -> str:
    """Commands, one after the other: `` `a`, `b` and `c` ``."""
    *head, last = (f"`{text}`" for text in texts)
    return f"{', '.join(head)} and {last}" if head else last


def some_of(paths: Sequence[str], most: int = 3) -> str:
    """The first few paths, and how many more there are."""
    shown = ", ".join(f"'{path}'" for path in paths[:most])
    return f"{shown} and {len(paths) - most} more" if len(paths) > most else shown
