"""Numbers as rules write them, and as files may."""

import re

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# With an exponent, or in another base: which number that is takes more than a search.
_OTHER_SPELLINGS = r"[0-9._]+e[+-]?[0-9]+|0x[0-9a-f_]+"

_LONGEST = 4000


def is_number(value: str) -> bool:
    """Whether a constant reads as a number, which a file may spell in other ways: ``7_000``, ``7e3``."""
    return _NUMBER.fullmatch(value) is not None


def spellings(numbers: tuple[str, ...]) -> str:
    """An expression that a file holds if it spells one of the numbers; '' if there are too many to say."""
    plain = ("_?".join(map(re.escape, number)).removeprefix("0_?") for number in numbers)
    expression = rf"(?i:{'|'.join((*plain, _OTHER_SPELLINGS))})"
    return expression if len(expression) <= _LONGEST else ""
