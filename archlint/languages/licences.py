"""The licences that ``package.json`` and the lock files of npm state. Reads nothing else of them.

A lock file may be larger than what is parsed: only what is asked for is decoded, by msgspec (4 MB: 0.03 s).
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from archlint.facts import Entry
from archlint.languages.documents import syntax_problem
from archlint.model import WHOLE_FILE, Problem, Span
from archlint.source import Source

_LOCKS = ("package-lock.json", "npm-shrinkwrap.json")
_KEY = re.compile(rb'"((?:[^"\\\n]|\\[^\n])*)"\s*+:\s*+\{')
_STATED = re.compile(rb'"licen[cs]es?"\s*+:\s*+')


class _Stated(msgspec.Struct):
    # Any: what stands there is whatever authors wrote. `license` is what npm reads.
    license: Any = None
    licenses: Any = None


class _Lock(msgspec.Struct):
    packages: dict[str, _Stated] = {}


def licences(source: Source) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The licences that a file states, and what kept it from being read."""
    is_lock = source.path.rpartition("/")[2] in _LOCKS
    try:
        if is_lock:
            return tuple(_locked(source)), ()
        stated = msgspec.json.decode(source.data, type=_Stated)
    except msgspec.MsgspecError as error:
        problem = syntax_problem(source, (0, 0), f"its licences cannot be read: {error}")
        return (), (problem,) if is_lock else ()  # what a manifest hides is told by those who read it whole
    text = _text(stated)
    return ((_entry(("license",), text, _span(source, 0, len(source.data))),) if text else ()), ()


def _locked(source: Source) -> Iterator[Entry]:
    packages = msgspec.json.decode(source.data, type=_Lock).packages
    stands = {key[1].decode("utf-8", "replace"): key.end() for key in _KEY.finditer(source.data)}
    for folder, stated in packages.items():
        text, start = _text(stated), stands.get(folder, -1)
        if text:
            end = source.data.find(b"}", start) if start >= 0 else -1
            span = _span(source, start, end) if end >= 0 else WHOLE_FILE
            yield _entry(("packages", folder, "license"), text, span)


def _entry(path: tuple[str, ...], text: str, span: Span) -> Entry:
    return Entry(path, text, "string", span, span)


def _text(stated: _Stated) -> str:
    """A licence as one expression. Of several that an old package lists, whoever uses it may choose.

    That is how npm's documentation of ``license`` rewrites such a list, and npm's own ``sbom`` (npm/cli#9010).
    """
    found = stated.license or stated.licenses
    several = found if isinstance(found, list) else [found]
    texts = [text for each in several if (text := _one(each))]
    return texts[0] if len(texts) == 1 else " OR ".join(f"({text})" for text in texts)


def _one(stated: Any) -> str:  # noqa: ANN401 -- as `_Stated`
    kind = stated.get("type", stated.get("name")) if isinstance(stated, dict) else stated
    return " ".join(kind.split()) if isinstance(kind, str) else ""


def _span(source: Source, start: int, end: int) -> Span:
    found = _STATED.search(source.data, start, end)
    return source.lines.span(*found.span()) if found else WHOLE_FILE
