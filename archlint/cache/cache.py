"""Answers of earlier runs, by what a file holds and what is asked of it."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

import msgspec

from archlint.cache.contents import Contents
from archlint.cache.folder import FOLDER
from archlint.cache.keys import book, question
from archlint.cache.shard import KEY_BYTES, Content, Shard, shard_of
from archlint.cache.statuses import Status
from archlint.cache.store import FAILURES, Change, Store
from archlint.facts import Demand, Facts
from archlint.installed import is_installed
from archlint.limits import Limits
from archlint.model import Exclusion

_SHARDS = 32
_MOST_UNWRITTEN = 8_388_608
Answer = Facts | Exclusion


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """An answer on disk: the facts, or the reason why the file is excluded."""

    facts: Facts | None
    reason: str = ""


_decode: Callable[[bytes], _Kept] = msgspec.msgpack.Decoder(_Kept).decode


class _Seen(msgspec.Struct, gc=False):
    status: Status
    content: Content | None


@dataclass(slots=True)
class Cache:
    """The cache of the tree at ``root``. ``trouble`` says what went wrong; from then on nothing is found or kept."""

    root: Path
    limits: Limits
    started_ns: int = field(default_factory=time.time_ns)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    """Those of files that were looked up since then."""
    most_unwritten: int = _MOST_UNWRITTEN
    """Bytes of answers that are held before they are written."""
    trouble: str = ""
    answered: set[str] = field(default_factory=set)
    """The files of which something was known."""
    is_whole: bool = True
    """Whether all that was found out is kept: nothing that the next run may find otherwise in the same bytes."""
    _store: Store | None = None
    _contents: Contents = field(init=False)
    _unwritten: int = 0
    _shards: dict[int, Shard] = field(default_factory=dict)
    _seen: dict[str, _Seen | None] = field(default_factory=dict)
    _questions: dict[tuple[int, ...], tuple[tuple[Demand, ...], bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._contents = Contents(self.root, self.limits.read_bytes, self.started_ns, self.statuses)
        try:
            self._store = Store(self.root, book(self.limits))
        except FAILURES as error:
            self._give_up(error)

    def answer(self, path: str, demands: tuple[Demand, ...]) -> Answer | None:
        """What is asked of the file, if it is known for the bytes that it holds now."""
        shard = self._shard(path) if not is_installed(path) else None
        seen = self._look(path, shard) if shard else None
        if shard is None or seen is None or seen.content is None:
            return None
        known = shard.answer(self._key(path, seen.content.digest, demands))
        answer = None if known is None else _answered(path, seen.content.digest.hex(), known)
        if answer is not None:
            self.answered.add(path)
        return answer

    def keep(self, path: str, demands: tuple[Demand, ...], found: Answer) -> None:
        """Remember an answer. That a file could not be read is none."""
        is_kept = self._keep(path, demands, found)
        self.is_whole = self.is_whole and is_kept

    def _keep(self, path: str, demands: tuple[Demand, ...], found: Answer) -> bool:
        shard, digest = self._shard(path), bytes.fromhex(found.digest)
        if is_installed(path):  # it may stand behind links, whose status says nothing of it
            return False
        seen = self._look(path, shard) if shard else None
        if shard is None or seen is None or not digest or not _is_text(path):
            return False
        if seen.content is None or seen.content.digest != digest:
            seen.content = shard.new_contents[path] = self._contents.seen(path, seen.status, digest)
        kept = shard.new_answers[self._key(path, digest, demands)] = _kept(found)
        self._unwritten += len(kept)
        if self._unwritten > self.most_unwritten:
            self._write()
        return True

    @property
    def read(self) -> frozenset[str]:
        """The files whose bytes had to be looked at to know them again."""
        return frozenset(self._contents.read)

    def close(self) -> None:
        """Write what is new."""
        self._write()
        try:
            if self._store is not None:
                self._store.close()
        except FAILURES as error:
            self._give_up(error)

    def _write(self) -> None:
        self._unwritten = 0
        try:
            if self._store is not None and any(shard.has_news for shard in self._shards.values()):
                self._store.write(self._changes())
        except FAILURES as error:
            self._give_up(error)

    def _changes(self) -> Iterator[Change]:
        """What there is to be written; what is handed out is let go of."""
        for shard in self._shards.values():
            change = shard.change()
            if change is not None:
                shard.forget_news()
                yield change

    def _look(self, path: str, shard: Shard) -> _Seen | None:
        """What the file holds, found out once a run."""
        if path not in self._seen:
            status, known = self._contents.status(path), shard.contents.get(path)
            if status is None:
                self._seen[path] = None
                return None
            content = self._contents.now(path, status, known) if known is not None else None
            if content is not None and content != known:
                shard.new_contents[path] = content
            self._seen[path] = _Seen(status, content)
        return self._seen[path]

    def _shard(self, path: str) -> Shard | None:
        number = _number(path)
        if number not in self._shards and self._store is not None:
            try:
                self._shards[number] = shard_of(number, self._store.read(number))
            except FAILURES as error:
                self._give_up(error)
        return self._shards.get(number) if self._store is not None else None

    def _key(self, path: str, digest: bytes, demands: tuple[Demand, ...]) -> bytes:
        identity = tuple(map(id, demands))
        if identity not in self._questions:
            self._questions[identity] = (demands, question(demands))  # holding them keeps their ids theirs
        parts = digest + self._questions[identity][1] + path.encode("utf-8", "surrogatepass")
        return blake2b(parts, digest_size=KEY_BYTES).digest()

    def _give_up(self, error: Exception) -> None:
        if self._store is not None:
            self._store.abandon(error)
        self._store = None
        self.trouble = f"the cache in {FOLDER} cannot be used ({error}); everything was read, see --no-cache"


def _number(path: str) -> int:
    return crc32(path.encode("utf-8", "surrogatepass")) % _SHARDS


def _is_text(path: str) -> bool:
    try:
        return bool(path.encode())
    except UnicodeEncodeError:
        return False


def _kept(found: Answer) -> bytes:
    if isinstance(found, Exclusion):
        return msgspec.msgpack.encode(_Kept(None, found.reason))
    return b"" if found == Facts(found.path, found.digest) else msgspec.msgpack.encode(_Kept(found))


def _answered(path: str, digest: str, known: bytes) -> Answer | None:
    if not known:
        return Facts(path, digest)
    try:
        kept = _decode(known)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if kept.facts is None:
        return Exclusion(path, kept.reason, digest)
    return kept.facts if (kept.facts.path, kept.facts.digest) == (path, digest) else None
