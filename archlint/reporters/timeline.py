"""``--profile``: where the time went, for Perfetto (ui.perfetto.dev) and Chrome's own viewer."""

import msgspec

from archlint.model import Report


class _Event(msgspec.Struct, frozen=True):
    """A complete event of the Trace Event Format; times are microseconds."""

    name: str
    cat: str
    ts: float
    dur: float
    ph: str = "X"
    pid: int = 1
    tid: int = 1


def render(report: Report) -> str:
    """The laps of a run as JSON in the Trace Event Format, by when they began."""
    laps = sorted(report.laps, key=lambda lap: (lap.began, -lap.seconds))
    events = [_Event(lap.name, lap.part.value, lap.began * 1e6, lap.seconds * 1e6) for lap in laps]
    return msgspec.json.encode({"traceEvents": events, "displayTimeUnit": "ms"}).decode() + "\n"
