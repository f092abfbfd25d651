"""Names findings so that they are known again: GitHub's hash of a line, and our own hash of a breach."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from struct import iter_unpack

# github/codeql-action src/fingerprints.ts: a rolling hash over the next 100 UTF-16 code units from a line's
# start, spaces and tabs left out, line ends as LF, 65535 for the end of the file and zeros after it.
_BLOCK = 100
_BASE = 37
_MASK = (1 << 64) - 1
_UNIT = 2
_END = b"\xff\xff"
_NEWLINE = b"\n\0"
_LENGTH = 32
_LINE_END = re.compile(r"\r\n|\n|\r")


def line_hashes(text: str, wanted: Collection[int]) -> dict[int, str]:
    """GitHub's ``primaryLocationLineHash`` of the ``wanted`` lines of a file, by line.

    ``text`` is the whole file decoded as UTF-8 with replacement, its byte order mark kept. Lines that the file
    does not have are left out; the empty line after a final line end is one that it has.
    """
    last = max(wanted, default=0)
    units = _units(_as_far_as(last, text))
    seen: Counter[bytes] = Counter()
    hashes: dict[int, str] = {}
    for line, start in enumerate(islice(_starts(units), last), start=1):
        block = units[start : start + _BLOCK * _UNIT]
        seen[block] += 1
        if line in wanted:
            hashes[line] = f"{_hash(block):x}:{seen[block]}"
    return hashes


def stable_fingerprint(rule: str, path: str, identity: str, ordinal: int) -> str:
    """``archlint/v1``: names a finding by what it is, so that it stays the same when lines move.

    ``ordinal`` tells apart the findings of a file that are alike in rule and identity.
    """
    # NUL stands in no rule id and no path, so that the parts cannot run into each other.
    name = "\0".join((rule, path, str(ordinal), identity))
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def before_renames(old_path: Mapping[str, str]) -> Callable[[str], str]:
    """Puts an identity as it was before files were renamed: it may name other files than its finding's own.

    ``old_path`` is the old path of a file by its new one.
    """
    if not old_path:
        return str
    longest_first = sorted(old_path, key=len, reverse=True)
    # Where the text names a path whole, not as part of a longer one.
    named = re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/-]|\.\w)")
    return lambda identity: named.sub(lambda match: old_path[match[0]], identity)


def _as_far_as(last: int, text: str) -> str:
    """The text with all that the hashes of its lines up to that one depend on, and not much more."""
    ends = islice(_LINE_END.finditer(text), last - 2, None) if last > 1 else ()
    end = next((match.end() for match in ends), len(text) if last > 1 else 0)
    size = _BLOCK
    while end + size < len(text) and len(_plain(text[end : end + size])) <= _BLOCK:
        size *= 2
    return text[: end + size]


def _units(text: str) -> bytes:
    return _plain(text).encode("utf-16-le", "surrogatepass") + _END + bytes(_BLOCK * _UNIT)


def _plain(text: str) -> str:
    # A line feed joins the carriage return before it only where nothing, not even a space, stands between.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")


def _starts(units: bytes) -> Iterator[int]:
    """Where each line begins, in bytes."""
    start, end = 0, len(units) - _BLOCK * _UNIT
    while start >= 0:
        yield start
        found = units.find(_NEWLINE, start, end)
        while found % _UNIT and found >= 0:  # the halves of two code units
            found = units.find(_NEWLINE, found + 1, end)
        start = found + _UNIT if found >= 0 else -1


def _hash(block: bytes) -> int:
    # Blocks are told apart by their text, not by their hash: of 2^64 values no two of a file are alike.
    value = 0
    for (unit,) in iter_unpack("<H", block):
        value = (value * _BASE + unit) & _MASK
    return value
