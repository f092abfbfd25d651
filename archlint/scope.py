"""Globs: which paths a pattern means. Knows no disk; the caller brings the paths."""

import re
from collections.abc import Iterable
from functools import lru_cache

from archlint.regexes import Regex, compile_regex

_BRACES = re.compile(r"\{([^{}]*)\}")
_WILD = re.compile(r"[*?\[]")
_CAPTURE = re.compile(r"\{([A-Za-z_]\w*)\}", re.ASCII)
_MARK = "\ue000"  # a character for private use: no path that anybody typed holds it
_STARS = re.compile(r"\*+")
_STARS_OUTSIDE = re.compile(r"\*+(?![^\[\]]*\])")
# What is no character of its own in a class of an expression, or will not be one (the FutureWarning of ``re``).
_IN_CLASS = re.compile(r"[\\\[&~|^]|(?<=-)-")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 4096
_MOST_BRACES = 16
_MOST_ALTERNATIVES = 256


class BadGlobError(ValueError):
    """A glob that cannot be meant as written. The message says why."""


def expand_braces(glob: str) -> tuple[str, ...]:
    """``a.{ts,tsx}`` as ``a.ts`` and ``a.tsx``; braces may nest. Raises ``BadGlobError``."""
    _check_size(glob)
    pending, plain = [glob], dict[str, None]()
    while pending:
        current = pending.pop()
        match = _BRACES.search(current)
        if match is None:
            plain[current] = None
            continue
        head, tail = current[: match.start()], current[match.end() :]
        pending.extend(head + part + tail for part in reversed(match[1].split(",")))
    if any("{" in each or "}" in each for each in plain):
        raise BadGlobError("a brace is not closed")
    return tuple(plain)


def _check_size(pattern: str) -> None:
    if len(pattern) > _LONGEST:
        raise BadGlobError(f"it has at most {_LONGEST:,} characters")
    if _CONTROL.search(pattern):
        raise BadGlobError("it holds a control character")
    if pattern.count("{") > _MOST_BRACES or _alternatives(pattern) > _MOST_ALTERNATIVES:
        raise BadGlobError(f"its braces stand for more than {_MOST_ALTERNATIVES} globs")


def _alternatives(pattern: str) -> int:
    """How many globs the braces stand for: products in a row, sums between commas."""
    outer: list[tuple[int, int]] = []
    total, product = 0, 1
    for mark in re.findall(r"[{},]", pattern):
        if mark == "{":
            outer.append((total, product))
            total, product = 0, 1
        elif outer and mark == ",":
            total, product = total + product, 1
        elif outer:
            inner = total + product
            total, product = outer.pop()
            product *= inner
    return total + product


def check_glob(glob: str) -> None:
    """Raise ``BadGlobError`` unless ``glob`` is relative to the root, POSIX and well formed."""
    segments = glob.split("/")
    for is_wrong, message in (
        (not glob or glob != glob.strip(), "a glob is empty or has white space around it"),
        ("\\" in glob, "paths are written with '/'"),
        (
            glob.startswith("/") or re.match(r"[A-Za-z]:", glob),
            "globs are relative to the root, without a leading '/'",
        ),
        (".." in segments, "a glob cannot leave the root with '..'"),
    ):
        if is_wrong:
            raise BadGlobError(message)
    for plain in expand_braces(glob):
        if any("**" in part and part != "**" for part in plain.split("/")):
            raise BadGlobError("'**' stands alone between slashes")
        _check_classes(plain)


def _check_classes(glob: str) -> None:
    if glob.count("[") != glob.count("]"):
        raise BadGlobError("a bracket is not closed")
    if "[" not in glob:
        return
    try:
        _regex(glob, classes=True)
    except re.error as error:
        raise BadGlobError(error.msg) from None


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
        hits = {path for path in _candidates(plain, paths) if literal.fullmatch(path)}
        if not hits and "[" in plain:
            pattern = _regex(plain, classes=True)
            hits = {path for path in paths if pattern.fullmatch(path)}
        found |= hits
    return frozenset(found)


def _candidates(glob: str, paths: tuple[str, ...]) -> Iterable[str]:
    """The paths that a glob may mean by its end, which a fifth of the time tells."""
    last = glob[glob.rfind("/") + 1 :]
    if any(special in glob for special in "[{?"):
        return paths
    if "*" in last:
        end = last[last.rfind("*") + 1 :]
        return [path for path in paths if path.endswith(end)] if end else paths
    return [path for path in paths if last in path]


def captured(glob: str) -> tuple[str, ...]:
    """The names that a glob gives to parts of a path: ``a`` and ``b`` of ``features/{a}/{b}.ts``."""
    return tuple(dict.fromkeys(_CAPTURE.findall(glob)))


def capturing(glob: str, path: str) -> dict[str, str] | None:
    """What the captures of a glob stand for in ``path``: a part of it without '/'; None if it is not meant."""
    for regex in _capturing(glob):
        match = regex.fullmatch(path)
        if match is not None:
            return match.groupdict()
    return None


@lru_cache(maxsize=1024)
def _capturing(glob: str) -> tuple[re.Pattern[str], ...]:
    marked = _CAPTURE.sub(f"{_MARK}\\1{_MARK}", glob)
    found: list[re.Pattern[str]] = []
    for plain in expand_braces(marked):
        regex = _regex(plain, classes=False).pattern
        for name in captured(glob):
            regex = regex.replace(f"{_MARK}{name}{_MARK}", f"(?P<{name}>[^/]+)", 1)
            regex = regex.replace(f"{_MARK}{name}{_MARK}", f"(?P={name})")
        found.append(re.compile(regex, re.DOTALL))
    return tuple(found)


def is_wild(glob: str) -> bool:
    """Whether a glob can mean more than one path."""
    return _WILD.search(glob) is not None or "{" in glob


def matches_name(pattern: str, name: str) -> bool:
    """Whether a name pattern, a glob (``resolve*Subject``) or ``/regex/``, matches all of ``name``."""
    return _name_regex(pattern).fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _name_regex(pattern: str) -> Regex:
    if not pattern:
        raise BadGlobError("it is empty")
    if len(pattern) > 2 and pattern[0] == pattern[-1] == "/":  # noqa: PLR2004 -- '//' holds no expression
        return compile_regex(rf"[\s\S]*(?:{pattern[1:-1]})[\s\S]*")
    parts = (_segment(part, "[\\s\\S]", classes=False) for part in expand_braces(pattern))
    return re.compile("|".join(parts))


# Matching is linear in the path for each wildcard: what stands between two wildcards is sought once, from the
# left (an atomic group), since the wildcard after it takes up any slack. Backtracking over all of them would
# take exponential time on `*a*a*a*a*b`.


@lru_cache(maxsize=4096)
def _regex(glob: str, *, classes: bool) -> re.Pattern[str]:
    segments = glob.rstrip("/").split("/")
    chunks = "/".join(
        "**" if segment == "**" else _segment(segment, "[^/]", classes=classes) for segment in segments
    )
    head, *rest = re.split(r"(?:^|(?<=/))(?:\*\*(?:/|$))+", chunks)
    regex = head
    for chunk in rest[:-1]:
        regex += f"(?>(?:[^/]+/)*?{chunk})"
    if rest:
        regex += f"(?:[^/]+/)*{rest[-1]}" if rest[-1] else ".*"
    if not _WILD.search(segments[-1]) or (not classes and "[" in segments[-1]):
        regex += "(?:/.*)?"
    return re.compile(regex, re.DOTALL)


def _segment(segment: str, character: str, *, classes: bool) -> str:
    """A segment's expression; ``character`` is one that a wildcard stands for."""
    between = _STARS_OUTSIDE if classes else _STARS
    head, *rest = (_plain(part, character, classes=classes) for part in between.split(segment))
    middle = "".join(f"(?>{character}*?{part})" for part in rest[:-1])
    return head + middle + (f"{character}*{rest[-1]}" if rest else "")


def _plain(text: str, character: str, *, classes: bool) -> str:
    regex = ""
    for part in re.findall(r"\[[^\]]+\]|.", text, re.DOTALL):
        if part == "?":
            regex += character
        elif classes and len(part) > 1:
            negated = part[1] in "!^"
            regex += "[" + "^/" * negated + _IN_CLASS.sub(r"\\\g<0>", part[1 + negated : -1]) + "]"
        else:
            regex += re.escape(part)
    return regex
