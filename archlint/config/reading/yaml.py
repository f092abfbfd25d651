"""Reads rule files. The one door to ruamel.yaml.

Rule files are data: what lets a few bytes stand for many (anchors, aliases, merge keys) or name a Python type
(tags) is refused. Plain words mean what the YAML 1.2 core schema says: ``on`` and a date are strings.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

import msgspec

from archlint.config.checked import Checked
from archlint.config.reading.advice import Advice, yaml_advice
from archlint.config.reading.text import Text
from archlint.config.reading.tree import DEEPEST, Node, Scalar

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

LARGEST = 262_144
# ruamel.yaml 0.19 takes 25 µs a value, whatever the file's size: 256 KiB of "a," would take it 3 s.
_MOST_VALUES = 16_384
_LONGEST_INTEGER = 18
_WHY = "rule files are plain data"

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + inf: float(sign + "inf") for sign in ("", "+", "-") for inf in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


class Memo(Protocol):
    """What was made of earlier texts, by their digests."""

    def get(self, key: bytes) -> bytes | None:
        """What was kept under the key; None if nothing was."""

    def keep(self, key: bytes, value: bytes) -> None:
        """Keep something under the key."""


def parse_yaml(text: Text, memo: Memo | None = None) -> Checked[tuple[Node, ...] | None]:
    """The documents of ``text`` that hold anything; None, after one mistake, where it cannot be read."""
    documents: list[Node] = []
    open_nodes: list[_Open] = []
    try:
        for event in _known_events(text.content, memo) if memo else _limited(_events(text.content)):
            node = _take(event, open_nodes, text)
            if node is not None and open_nodes:
                first = open_nodes[-1].add(node)
                if first is not node:
                    line = text.origin(first.key_at).line
                    yield node.key_mistake("this key is here a second time", f"the first is in line {line}")
            elif node is not None:
                documents.append(node)
    except _RefusedError as refused:
        yield text.mistake(refused.at, refused.message, refused.hint)
        return None
    return tuple(document for document in documents if document.value is not None)


def ends_of(content: str) -> dict[int, int]:
    """Where each scalar and each flow list or mapping of a readable text ends, by where it begins."""
    from ruamel.yaml import YAML, events

    ends: dict[int, int] = {}
    starts: list[int] = []
    for event in YAML(typ="safe", pure=True).parse(content):
        if isinstance(event, events.CollectionStartEvent):
            starts.append(event.start_mark.index)
        elif isinstance(event, events.CollectionEndEvent):
            start = starts.pop()
            if content[start : start + 1] in "[{":
                ends[start] = event.end_mark.index
        elif isinstance(event, events.ScalarEvent):
            ends[event.start_mark.index] = event.end_mark.index
    return ends


# --- from events to nodes ----------------------------------------------------------------------------------


class _RefusedError(Exception):
    """What is not YAML, or not allowed in a rule file."""

    def __init__(self, at: int, message: str, hint: str = "") -> None:
        self.at, self.message, self.hint = at, message, hint


class _Sign(Enum):
    SCALAR = auto()
    MAPPING = auto()
    SEQUENCE = auto()
    END = auto()


class _Event(msgspec.Struct, frozen=True):
    sign: _Sign
    at: int
    text: str = ""
    quoted: bool = False


class _Open(msgspec.Struct):
    """A mapping or sequence whose end is not reached."""

    start: _Event
    key_at: int
    key: _Event | None = None
    """In a mapping, the key whose value comes next."""
    entries: dict[str, Node] = msgspec.field(default_factory=dict)
    items: list[Node] = msgspec.field(default_factory=list)

    @property
    def awaits_key(self) -> bool:
        """Whether a key comes next."""
        return self.start.sign is _Sign.MAPPING and self.key is None

    def add(self, node: Node) -> Node:
        """Take in a value. Returns the one its key has: the first stays."""
        if self.key is None:
            self.items.append(node)
            return node
        key, self.key = self.key.text, None
        return self.entries.setdefault(key, node)


def _take(event: _Event, open_nodes: list[_Open], text: Text) -> Node | None:
    """The node that ``event`` completes, if it completes one."""
    if event.sign is _Sign.END:
        done = open_nodes.pop()
        value = done.entries if done.start.sign is _Sign.MAPPING else tuple(done.items)
        return Node(text, done.start.at, done.key_at, value)
    above = open_nodes[-1] if open_nodes else None
    if above and above.awaits_key:
        above.key = _key(event)
        return None
    key_at = above.key.at if above and above.key else event.at
    if event.sign is _Sign.SCALAR:
        return Node(text, event.at, key_at, _resolve(event))
    if len(open_nodes) >= DEEPEST:
        raise _RefusedError(event.at, f"values nest at most {DEEPEST} deep")
    open_nodes.append(_Open(event, key_at))
    return None


def _key(event: _Event) -> _Event:
    if event.sign is not _Sign.SCALAR:
        raise _RefusedError(event.at, "a key is a word, not a list or a mapping")
    if event.text == "<<" and not event.quoted:
        raise _RefusedError(event.at, f"a merge key cannot be used here: {_WHY}", "write the keys out")
    return event


def _resolve(event: _Event) -> Scalar:
    """The value of a scalar by the core schema (YAML 1.2.2 §10.3.2)."""
    if event.quoted:
        return event.text
    if event.text in _WORDS:
        return _WORDS[event.text]
    if _INTEGER.fullmatch(event.text):
        if len(event.text) > _LONGEST_INTEGER:
            raise _RefusedError(event.at, f"a whole number has at most {_LONGEST_INTEGER} digits")
        return int(event.text, 0) if event.text[:2] in ("0o", "0x") else int(event.text)
    return float(event.text) if _FLOAT.fullmatch(event.text) else event.text


# --- from a memo to events ----------------------------------------------------------------------------------


def _known_events(content: str, memo: Memo) -> Iterator[_Event]:
    """The events of a text, as it was read before if it was."""
    key = sha256(content.encode("utf-8", "surrogatepass")).digest()
    known = memo.get(key)
    if known is not None:
        stored = msgspec.msgpack.decode(known, type=list[tuple[int, int, str, bool]])
        yield from (_Event(_Sign(sign), at, text, quoted) for sign, at, text, quoted in stored)
        return
    events: list[_Event] = []
    for event in _limited(_events(content)):
        events.append(event)
        yield event
    plain = [(event.sign.value, event.at, event.text, event.quoted) for event in events]
    memo.keep(key, msgspec.msgpack.encode(plain))


# --- from ruamel to events ---------------------------------------------------------------------------------


def _limited(events: Iterator[_Event]) -> Iterator[_Event]:
    count = 0
    for event in events:
        count += event.sign is not _Sign.END
        if count > _MOST_VALUES:
            raise _RefusedError(event.at, f"a rule file holds at most {_MOST_VALUES:,} keys and values")
        yield event


def _events(content: str) -> Iterator[_Event]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    at = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(content):
            at = event.start_mark.index
            translated = _translate(event)
            if translated:
                yield translated
    except MarkedYAMLError as error:
        mark, began = error.problem_mark or error.context_mark, error.context_mark
        context = f"{error.context} that begins in line {began.line + 1}" if error.context and began else ""
        place = mark.index if mark else at
        advice = yaml_advice(content, place, str(error.problem), context, began.index if began else place)
        raise _malformed(advice) from None
    except ReaderError as error:
        message = f"the character U+{error.character:04X} may not stand in YAML"
        raise _RefusedError(error.position, message) from None
    except (AssertionError, OverflowError, ValueError):
        # ruamel.yaml 0.19: "%YAML 1.9" and "\UFFFFFFFF" are not among its own errors.
        raise _malformed(Advice(at, "an escape or directive nobody knows")) from None


def _malformed(advice: Advice) -> _RefusedError:
    return _RefusedError(advice.at, f"not YAML: {advice.message}", advice.hint)


def _translate(event: "Event") -> _Event | None:
    from ruamel.yaml import events

    at = event.start_mark.index
    if isinstance(event, events.NodeEvent):
        _refuse(event, at)
    match event:
        case events.ScalarEvent():
            return _Event(_Sign.SCALAR, at, event.value, quoted=event.style is not None)
        case events.MappingStartEvent():
            return _Event(_Sign.MAPPING, at)
        case events.SequenceStartEvent():
            return _Event(_Sign.SEQUENCE, at)
        case events.CollectionEndEvent():
            return _Event(_Sign.END, at)
        case _:
            return None


def _refuse(event: "Event", at: int) -> None:
    from ruamel.yaml import events

    assert isinstance(event, events.NodeEvent)
    if isinstance(event, events.AliasEvent) or event.anchor is not None:
        is_alias = isinstance(event, events.AliasEvent)
        hint = "write the value out" + ("; a glob that begins with * stands in quotes" if is_alias else "")
        raise _RefusedError(
            at, f"{'an alias' if is_alias else 'an anchor'} cannot be used here: {_WHY}", hint
        )
    if isinstance(event, events.ScalarEvent | events.CollectionStartEvent) and event.ctag is not None:
        raise _RefusedError(at, f"a tag cannot be used here: {_WHY}", "write the value without it")
    if isinstance(event, events.ScalarEvent) and any("\ud800" <= char <= "\udfff" for char in event.value):
        raise _RefusedError(at, "half of a surrogate pair is no character", r"write \U with eight digits")
