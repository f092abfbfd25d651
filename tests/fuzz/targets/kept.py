"""What is kept on disk: whatever became of its bytes, it is a miss or the truth."""

import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from archlint.cache.cache import Cache, _answered
from archlint.cache.folder import FOLDER
from archlint.cache.keys import yaml_state
from archlint.cache.memo import RULES, Memo
from archlint.cache.shard import shard_of
from archlint.facts import ConstantDemand, Demand, EntryDemand, Facts
from archlint.limits import Limits
from archlint.model import Exclusion
from archlint.source import Source
from archlint.workers.analyse import analyse
from tests.fuzz.demands import ANY
from tests.fuzz.target import RejectedError, Target, scratch

_FILES = {"a.ts": b"f({ plan: 'legacy' });\n", "b.json": b'{"a": [1, 2]}\n', "c.ts": b"\n"}
_DEMANDS: tuple[Demand, ...] = (ConstantDemand(ANY, every=True), EntryDemand(ANY))


@cache
def _tree() -> tuple[Path, bytes, bytes]:
    """A tree with a cache, and what the cache's files hold."""
    root = scratch()
    for name, data in _FILES.items():
        (root / name).write_bytes(data)
    cache_ = Cache(root, Limits())
    for name, data in _FILES.items():
        cache_.keep(name, _DEMANDS, _truth(name, data))
    cache_.close()
    memo = Memo(root, RULES, yaml_state())
    memo.keep(b"key", b"value")
    memo.close()
    return root, (root / FOLDER / "facts.sqlite").read_bytes(), (root / FOLDER / "rules.msgpack").read_bytes()


def _truth(name: str, data: bytes) -> Facts | Exclusion:
    return analyse(Source(name, data), _DEMANDS, Limits())


def _store(data: bytes) -> Iterable[str]:
    """Lines ``place hex``: bytes that are written over those of the database; ``cut place`` ends it there."""
    root, whole, _ = _tree()
    shutil.rmtree(root / FOLDER)
    (root / FOLDER).mkdir()
    (root / FOLDER / "facts.sqlite").write_bytes(_altered(whole, data))
    cache_ = Cache(root, Limits())
    answers = {name: cache_.answer(name, _DEMANDS) for name in _FILES}
    cache_.close()
    for name, answer in answers.items():
        assert answer is None or answer == _truth(name, _FILES[name]), "neither a miss nor the truth"
    return (f"{sum(answer is not None for answer in answers.values())} {cache_.trouble[:60]}",)


def _memo(data: bytes) -> Iterable[str]:
    root, _, whole = _tree()
    (root / FOLDER).mkdir(exist_ok=True)
    (root / FOLDER / "rules.msgpack").write_bytes(_altered(whole, data))
    known = Memo(root, RULES, yaml_state()).get(b"key")
    assert known in (None, b"value"), "neither a miss nor the truth"
    return (str(known),)


def _payload(data: bytes) -> Iterable[str]:
    """A page and an answer whose digests are right, whoever wrote them."""
    shard = shard_of(1, [(1, data), (2, data[1:])])
    answer = _answered("a.ts", "00", data)
    assert answer is None or (answer.path, answer.digest) == ("a.ts", "00"), "an answer about another file"
    return (f"{bool(shard.contents)} {min(len(shard.answers), 2)} {type(answer).__name__}",)


def _altered(whole: bytes, data: bytes) -> bytes:
    for line in data.split(b"\n"):
        place, _, written = line.partition(b" ")
        if place == b"cut" and written.isdigit() and len(written) < 9:
            whole = whole[: int(written) % (len(whole) + 1)]
        elif place.isdigit() and len(place) < 9 and whole:
            at = int(place) % len(whole)
            new = bytes.fromhex(written.decode()) if _is_hex(written) else written
            whole = whole[:at] + new + whole[at + len(new) :]
    if not data.strip():
        raise RejectedError
    return whole


def _is_hex(text: bytes) -> bool:
    return len(text) % 2 == 0 and all(each in b"0123456789abcdef" for each in text)


_TOKENS = (b"00", b"ff", b"cut 4096", b"0 ", b"100 ", b"4096 ", b"8192 ", b"12000 ", b"\n")
TARGETS = (
    Target("store", _store, tokens=_TOKENS, seconds=2.0),
    Target("memo", _memo, tokens=_TOKENS),
    Target("payload", _payload, tokens=(b"\x80", b"\x90", b"\xc0", b"\x93", b"\x81\xa1a", b"\xa0", b"\xcf")),
)
