"""Names findings so that they are known again: GitHub's hash of a line, and our own hash of a breach."""

import sys
from array import array
from collections import Counter
from collections.abc import Collection
from hashlib import sha256
from itertools import accumulate

# github/codeql-action src/fingerprints.ts: a rolling hash over the next 100 UTF-16 code units from a line's
# start, spaces and tabs left out, line ends as LF, 65535 for the end of the file and zeros after it.
_BLOCK = 100
_BASE = 37
_MASK = (1 << 64) - 1
_LEAVING = pow(_BASE, _BLOCK, 1 << 64)
_END = 0xFFFF
_SKIPPED = str.maketrans("", "", " \t")
_LENGTH = 32


def line_hashes(text: str, wanted: Collection[int]) -> dict[int, str]:
    """GitHub's ``primaryLocationLineHash`` of the ``wanted`` lines of a file, by line.

    ``text`` is the whole file decoded as UTF-8 with replacement, its byte order mark kept. Lines that the file
    does not have are left out; the empty line after a final line end is one that it has.
    """
    units = _units(text)
    rolled = _rolled(units)
    starts = [0, *(index + 1 for index, unit in enumerate(units[:-_BLOCK]) if unit == ord("\n"))]
    last = max(wanted, default=0)
    seen: Counter[int] = Counter()
    hashes: dict[int, str] = {}
    for line, start in enumerate(starts[:last], start=1):
        value = (rolled[start + _BLOCK] - rolled[start] * _LEAVING) & _MASK
        seen[value] += 1
        if line in wanted:
            hashes[line] = f"{value:x}:{seen[value]}"
    return hashes


def stable_fingerprint(rule: str, path: str, identity: str, ordinal: int) -> str:
    """``archlint/v1``: names a finding by what it is, so that it stays the same when lines move.

    ``ordinal`` tells apart the findings of a file that are alike in rule and identity.
    """
    # NUL stands in no rule id and no path, so that the parts cannot run into each other.
    name = "\0".join((rule, path, str(ordinal), identity))
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _units(text: str) -> "array[int]":
    # A line feed joins the carriage return before it only where nothing, not even a space, stands between.
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SKIPPED)
    units = array("H", plain.encode(f"utf-16-{sys.byteorder[0]}e", "surrogatepass"))
    units.extend([_END, *[0] * _BLOCK])
    return units


def _rolled(units: "array[int]") -> "array[int]":
    """The hash of every prefix. A block's own hash is the difference of two of them."""
    return array("Q", accumulate(units, lambda value, unit: (value * _BASE + unit) & _MASK, initial=0))
