"""What is known of some of the paths: their bytes' digests, and what was found in those."""

from collections.abc import Iterable

import msgspec

from archlint.cache.store import Change, Segment

_MOST_SEGMENTS = 8
_SPARE = 4
_ALWAYS_KEPT = 256
KEY_BYTES = 16


class Content(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The bytes that a file had."""

    digest: bytes
    """SHA-256."""
    status: bytes
    """As ``statuses.py`` packs it; empty where it does not prove that the bytes are still the same."""
    size: int
    oid: bytes = b""
    """The object id under which git has the file, if it was unmodified."""


class _Page(msgspec.Struct, array_like=True):
    """A segment's content."""

    contents: dict[str, Content]
    bare: bytes
    """The keys of questions whose answer is that nothing is there, one after another."""
    answers: dict[bytes, bytes]


_decoder = msgspec.msgpack.Decoder(_Page)


class Shard(msgspec.Struct):
    """The pages of a shard put together, and what is new since."""

    number: int
    contents: dict[str, Content] = msgspec.field(default_factory=dict)
    answers: dict[bytes, bytes] = msgspec.field(default_factory=dict)
    """By key, the oldest first; b'' where nothing is there."""
    segments: tuple[int, ...] = ()
    used: set[bytes] = msgspec.field(default_factory=set)
    new_contents: dict[str, Content] = msgspec.field(default_factory=dict)
    new_answers: dict[bytes, bytes] = msgspec.field(default_factory=dict)

    def answer(self, key: bytes) -> bytes | None:
        """What was answered; None if it is not known."""
        known = self.answers.get(key)
        if known is None:
            return self.new_answers.get(key)
        self.used.add(key)
        return known

    @property
    def has_news(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.new_contents or self.new_answers)

    def change(self) -> Change | None:
        """What there is to be written; None if nothing is new."""
        if not self.has_news:
            return None
        if len(self.segments) < _MOST_SEGMENTS:
            return Change(self.number, _encode(self.new_contents, self.new_answers))
        contents = {**self.contents, **self.new_contents}
        return Change(self.number, _encode(contents, self._kept()), self.segments)

    def forget_news(self) -> None:
        """Let go of what is new, after it was written: nobody asks for it again in the same run."""
        self.new_contents, self.new_answers = {}, {}
        if len(self.segments) >= _MOST_SEGMENTS:  # they are one now
            self.segments = ()

    def _kept(self) -> dict[bytes, bytes]:
        """The answers that are used, and as many again of the others, the newest."""
        fresh = {key: self.answers[key] for key in self.answers if key in self.used} | self.new_answers
        others = [key for key in self.answers if key not in fresh]
        kept = others[-max(_ALWAYS_KEPT, _SPARE * len(fresh)) :]
        return {**{key: self.answers[key] for key in kept}, **fresh}


def shard_of(number: int, segments: Iterable[Segment]) -> Shard:
    """A shard as its segments have it; what cannot be understood is as if it were not there."""
    shard = Shard(number)
    read: list[int] = []
    for segment, payload in segments:
        read.append(segment)
        try:
            page = _decoder.decode(payload)
        except (msgspec.MsgspecError, UnicodeDecodeError):  # the latter for a text that is not UTF-8
            continue
        shard.contents.update(page.contents)
        keys = (page.bare[at : at + KEY_BYTES] for at in range(0, len(page.bare), KEY_BYTES))
        shard.answers.update(dict.fromkeys(keys, b""))
        shard.answers.update(page.answers)
    shard.segments = tuple(read)
    return shard


def _encode(contents: dict[str, Content], answers: dict[bytes, bytes]) -> bytes:
    bare = b"".join(key for key, answer in answers.items() if not answer)
    page = _Page(contents, bare, {key: answer for key, answer in answers.items() if answer})
    return msgspec.msgpack.encode(page)
