"""Tries one input on one target: what it does, how long it takes, and what is wrong if something is."""

import re
import time
import traceback
from dataclasses import dataclass

from tests.fuzz.target import RejectedError, Target

_VARYING = re.compile(r"\d+|'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong. ``key`` is the same for the same fault on another input."""

    key: str
    told: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it; an input that says nothing has neither."""

    seen: frozenset[str] = frozenset()
    fault: Fault | None = None
    is_rejected: bool = False


def tried(target: Target, data: bytes) -> Tried:
    """What the target makes of an input."""
    start = time.process_time()
    try:
        seen = frozenset(target.check(data))
    except RejectedError:
        return Tried(is_rejected=True)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is the find
        return Tried(fault=_fault(error))
    spent, allowed = time.process_time() - start, target.seconds + len(data) / 5000
    if spent > allowed:
        told = f"{spent:.2f} CPU seconds for {len(data):,} bytes; {allowed:.2f} are allowed"
        return Tried(seen, Fault(f"{target.name}: slow", told))
    return Tried(seen)


def _fault(error: Exception) -> Fault:
    frames = traceback.extract_tb(error.__traceback__)
    where = frames[-1]
    words = _VARYING.sub("…", str(error).partition("\n")[0])[:60] if isinstance(error, AssertionError) else ""
    key = f"{type(error).__name__} {where.filename.rpartition('/')[2]} {where.name} {words}"
    return Fault(key, "".join(traceback.format_exception(error, limit=-6)).rstrip())
