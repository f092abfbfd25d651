"""Under which circumstances a constant is meant: what it stands in for, which tests decide about it."""

import msgspec

from archlint.facts import Occurrence
from archlint.kinds.names import is_called
from archlint.kinds.several import OneOrMany


class When(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Under which circumstances; both, if both are given."""

    fallback: bool = False
    """Only where it stands in for something else: ``plan ?? 'x'``, a default, ``${PLAN:-x}``."""
    tests: OneOrMany = ()
    """Only where a test that reads such a name decides whether it counts."""


def is_so(when: When, occurrence: Occurrence) -> bool:
    """Whether a constant counts under such circumstances."""
    if when.fallback and not occurrence.is_fallback:
        return False
    return not when.tests or any(is_called(when.tests, name) for name in occurrence.tests)
