"""Whether calls surely happen before another: on every way through a function, by how its code is written."""

from collections.abc import Collection

from archlint.code import Branch, Call


def is_preceded(call: Call, earlier: Collection[Call], function: Branch) -> bool:
    """Whether one of the calls in ``earlier`` happens before ``call`` whichever way through the function is taken."""
    before = [each.branch for each in earlier if each.end < call.end and not each.is_handed]
    return any(_covers(before, call.branch[:length]) for length in range(len(function), len(call.branch) + 1))


def _covers(ways: Collection[Branch], here: Branch) -> bool:
    """Whether each way on from ``here`` has one of the ways' ends."""
    waiting = [here]
    depth = 0
    while waiting:
        here = waiting.pop()
        depth += 1
        if here in ways:
            continue
        onward = _ways_on(ways, here)
        if onward is None or depth > len(ways) * 8 + 8:
            return False
        waiting.extend(onward)
    return True


def _ways_on(ways: Collection[Branch], here: Branch) -> list[Branch] | None:
    """The ways through one condition that are to be covered; None if none has to be taken."""
    turns = sorted({way[len(here)] for way in ways if len(way) > len(here) and way[: len(here)] == here})
    for line, column, _, bits in turns:
        arms = [arm for arm in range(bits.bit_length()) if bits >> arm & 1]
        taken = [(line, column, arm, bits) for arm in arms]
        if arms and all(turn in turns for turn in taken):
            return [(*here, turn) for turn in taken]
    return None
