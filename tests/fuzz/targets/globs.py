"""Globs: a plain and slow reading of what they mean is the oracle."""

import re
from collections.abc import Iterable
from functools import lru_cache

from archlint.scope import (
    BadGlobError,
    captured,
    capturing,
    check_glob,
    expand_braces,
    matches_name,
    matching,
)
from tests.fuzz.target import Target

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _globs(data: bytes) -> Iterable[str]:
    """A glob on the first line, a path on each other one."""
    glob, *paths = data.decode("utf-8", "replace").split("\n")
    paths = [
        path for path in dict.fromkeys(paths) if path and all(path.split("/")) and not _CONTROL.search(path)
    ]
    try:
        check_glob(glob)
    except BadGlobError as error:
        return (str(error)[:30],)
    plain = expand_braces(glob)
    expected = {path for each in plain for path in _meant(each, tuple(paths))}
    found = matching(glob, paths)
    assert found == expected, f"{sorted(found ^ expected)[:3]}"
    for path in paths:
        matches_name(glob, path)
        if captured(glob):
            parts = capturing(glob, path)
            assert parts is None or all(part and "/" not in part for part in parts.values()), (
                "a capture spans folders"
            )
    return (f"{len(plain) > 1} {min(len(found), 3)} {'**' in glob} {'[' in glob} {'?' in glob}",)


def _meant(glob: str, paths: tuple[str, ...]) -> set[str]:
    literal = {path for path in paths if _means(glob, path, classes=False)}
    if literal or "[" not in glob:
        return literal
    return {path for path in paths if _means(glob, path, classes=True)}


def _means(glob: str, path: str, *, classes: bool) -> bool:
    segments, names = tuple(glob.rstrip("/").split("/")), tuple(path.split("/"))
    is_plain = not re.search(r"[*?]" if not classes else r"[*?\[]", segments[-1])
    lengths = range(1, len(names) + 1) if is_plain else (len(names),)
    return any(_walk(segments, names[:length], classes) for length in lengths)


@lru_cache(maxsize=1 << 14)
def _walk(segments: tuple[str, ...], names: tuple[str, ...], classes: bool) -> bool:  # noqa: FBT001 -- cached
    if not segments:
        return not names
    if segments[0] == "**":
        if len(segments) == 1:
            return bool(names)
        return _walk(segments[1:], names, classes) or (bool(names) and _walk(segments, names[1:], classes))
    return bool(names) and _name(segments[0], names[0], classes) and _walk(segments[1:], names[1:], classes)


@lru_cache(maxsize=1 << 14)
def _name(pattern: str, name: str, classes: bool) -> bool:  # noqa: FBT001 -- cached
    if not pattern:
        return not name
    if pattern[0] == "*":
        return _name(pattern[1:], name, classes) or (bool(name) and _name(pattern, name[1:], classes))
    members = re.match(r"\[([^\]]+)\]", pattern) if classes else None
    if members:
        return (
            bool(name)
            and _in_class(members[1], name[0])
            and _name(pattern[members.end() :], name[1:], classes)
        )
    return bool(name) and pattern[0] in ("?", name[0]) and _name(pattern[1:], name[1:], classes)


def _in_class(members: str, character: str) -> bool:
    negated = members[0] in "!^"
    members = members[negated:]
    found, at = False, 0
    while at < len(members):
        if members[at + 1 : at + 2] == "-" and at + 2 < len(members):
            found, at = found or members[at] <= character <= members[at + 2], at + 3
        else:
            found, at = found or members[at] == character, at + 1
    return found != negated


TARGETS = (
    Target(
        "globs",
        _globs,
        tokens=(
            b"**/",
            b"*",
            b"?",
            b"[ab]",
            b"[!a]",
            b"[id]",
            b"{a,b}",
            b"{x}",
            b"/",
            b".",
            b"a",
            b"/**",
            b"[a-z]",
        ),
    ),
)
