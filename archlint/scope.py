"""Globs: which paths a pattern means. Knows no disk; the caller brings the paths."""

import re
from collections.abc import Iterable
from functools import lru_cache

from archlint.regexes import Regex, compile_regex

_BRACES = re.compile(r"\{([^{}]*)\}")
_WILD = re.compile(r"[*?\[]")


class BadGlobError(ValueError):
    """A glob that cannot be meant as written. The message says why."""


def expand_braces(glob: str) -> tuple[str, ...]:
    """``a.{ts,tsx}`` as ``a.ts`` and ``a.tsx``; braces may nest."""
    match = _BRACES.search(glob)
    if match is None:
        if "{" in glob or "}" in glob:
            raise BadGlobError("a brace is not closed")
        return (glob,)
    head, tail = glob[: match.start()], glob[match.end() :]
    return tuple(
        dict.fromkeys(path for part in match[1].split(",") for path in expand_braces(head + part + tail))
    )


def check_glob(glob: str) -> None:
    """Raise ``BadGlobError`` unless ``glob`` is relative to the root, POSIX and well formed."""
    if not glob or glob != glob.strip():
        raise BadGlobError("a glob is empty or has white space around it")
    if "\\" in glob:
        raise BadGlobError("paths are written with '/'")
    if glob.startswith("/") or re.match(r"[A-Za-z]:", glob):
        raise BadGlobError("globs are relative to the root, without a leading '/'")
    if ".." in glob.split("/"):
        raise BadGlobError("a glob cannot leave the root with '..'")
    if any("**" in segment and segment != "**" for segment in glob.split("/")):
        raise BadGlobError("'**' stands alone between slashes")
    for plain in expand_braces(glob):
        if plain.count("[") != plain.count("]"):
            raise BadGlobError("a bracket is not closed")


def matching(glob: str, paths: Iterable[str]) -> frozenset[str]:
    """The paths that ``glob`` means.

    ``**`` spans folders, ``*`` and ``?`` stay inside one; a glob without a wildcard in its last segment means
    a folder's whole content too. A bracketed segment such as ``[workspaceId]`` is taken literally where a path
    has it so (Next.js routes), and as a character class otherwise.
    """
    paths = tuple(paths)
    found: set[str] = set()
    for plain in expand_braces(glob):
        literal = _regex(plain, classes=False)
        hits = {path for path in paths if literal.fullmatch(path)}
        if not hits and "[" in plain:
            pattern = _regex(plain, classes=True)
            hits = {path for path in paths if pattern.fullmatch(path)}
        found |= hits
    return frozenset(found)


def is_wild(glob: str) -> bool:
    """Whether a glob can mean more than one path."""
    return _WILD.search(glob) is not None or "{" in glob


def matches_name(pattern: str, name: str) -> bool:
    """Whether a name pattern, a glob (``resolve*Subject``) or ``/regex/``, matches all of ``name``."""
    return _name_regex(pattern).fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _name_regex(pattern: str) -> Regex:
    if len(pattern) > 2 and pattern[0] == pattern[-1] == "/":  # noqa: PLR2004 -- '//' holds no expression
        return compile_regex(rf"[\s\S]*(?:{pattern[1:-1]})[\s\S]*")
    parts = (_segment(part, classes=False) for part in expand_braces(pattern))
    return re.compile("|".join(parts).replace("[^/]", "."), re.DOTALL)


@lru_cache(maxsize=4096)
def _regex(glob: str, *, classes: bool) -> re.Pattern[str]:
    segments = glob.rstrip("/").split("/")
    regex = ""
    for index, segment in enumerate(segments):
        last = index == len(segments) - 1
        if segment == "**":
            regex += ".*" if last else "(?:[^/]+/)*"
        else:
            regex += _segment(segment, classes=classes) + ("" if last else "/")
    if not _WILD.search(segments[-1]) or (not classes and "[" in segments[-1]):
        regex += "(?:/.*)?"
    return re.compile(regex, re.DOTALL)


def _segment(segment: str, *, classes: bool) -> str:
    regex = ""
    for part in re.findall(r"\[[^\]]+\]|.", segment, re.DOTALL):
        if part == "*":
            regex += "[^/]*"
        elif part == "?":
            regex += "[^/]"
        elif classes and len(part) > 1:
            regex += "[" + re.sub(r"^!", "^", part[1:-1]).replace("\\", "\\\\").replace("[", "\\[") + "]"
        else:
            regex += re.escape(part)
    return regex
