"""Where the time of a run went."""

from enum import StrEnum

import msgspec


class Part(StrEnum):
    """What a lap is a part of: the run, the questions put to files, the judgement."""

    STAGE = "stage"
    ROUND = "round"
    RULE = "rule"


class Lap(msgspec.Struct, frozen=True):
    """A stretch of a run: seconds of wall time, and when it began, in seconds since the run did."""

    part: Part
    name: str
    began: float
    seconds: float
