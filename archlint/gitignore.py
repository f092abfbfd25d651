"""Git's ignore rules: which entries of a tree they leave out. Knows patterns, not the disk.

Each rule judges one entry alone: what lies below an ignored folder is never asked about, because nobody
enters it. Every pattern becomes an expression that matches in linear time: ignore files belong to the tree
that is checked, and ``*a*a*a*a*a*b`` must not stop a run.
"""

import os
import re
from collections.abc import Iterable, Iterator

import msgspec

_TOKEN = re.compile(
    r"""  \\(?P<escaped>.)
        | \[(?P<negated>[!^]?)(?P<class>\]?+(?:\[:[^\]]*:\]|\\.|[^\]\\])*+)\]
        | (?P<stars>\*+)
        | (?P<any>\?)
        | (?P<never>\\|\[)
        | (?P<literal>.)""",
    re.VERBOSE | re.DOTALL,
)
_CLASS_PART = re.compile(
    r"\[:(?P<posix>[^\]]*):\]|(?P<low>(?>\\.|.))-(?P<high>(?>\\.|.))|\\?(?P<one>.)", re.DOTALL
)
_POSIX = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "\\x21-\\x7e",
    "lower": "a-z",
    "print": "\\x20-\\x7e",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\s",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
_HEAD = re.compile(r"/?([^*?\[\\]*[^*?\[\\/])\*\*+/(?!\\?/|\Z)")
_LONGEST = 4096  # Linux's PATH_MAX: a longer pattern only costs time
_SLASH, _STAR, _NEVER, _FOLDERS = "/", "[^/]*", "(?!)", "(?:[^/]+/)*"


class IgnoreFile(msgspec.Struct, frozen=True):
    """The rules of one ignore file. ``folder`` is where it stands: '' or a path that ends in '/'."""

    folder: str
    regex: re.Pattern[str]
    """Matches an entry's name, a NUL, and its path below ``folder``; its last group is the rule's number."""
    ignores: tuple[bool, ...]
    """What each rule decides, the last of the file first."""

    def decision(self, path: str) -> bool | None:
        """Whether an entry is ignored, None if no rule speaks of it. A folder's path ends in '/'."""
        below = _bytewise(os.fsencode(path[len(self.folder) :]))
        name = below[below.rfind("/", 0, -1) + 1 :]
        match = self.regex.match(f"{name}\0{below}")
        return match and self.ignores[(match.lastindex or 1) - 1]


def is_ignored(path: str, ignore_files: tuple[IgnoreFile, ...]) -> bool:
    """Whether the first of ``ignore_files`` that speaks of an entry ignores it. A folder's path ends in '/'."""
    for ignore_file in ignore_files:
        decision = ignore_file.decision(path)
        if decision is not None:
            return decision
    return False


def parse_ignore_file(folder: str, data: bytes) -> IgnoreFile | None:
    """The rules in ``data``, which stands in ``folder``; None if there are none."""
    lines = _bytewise(data.removeprefix(b"\xef\xbb\xbf")).split("\n")
    rules = [rule for line in lines if (rule := _rule(line.removesuffix("\r")))]
    if not rules:
        return None
    rules.reverse()
    regex = "|".join(f"{regex}()" for regex, _ in rules)
    return IgnoreFile(folder, re.compile(regex, re.DOTALL | re.ASCII), tuple(ignores for _, ignores in rules))


def _bytewise(data: bytes) -> str:
    """A character for each byte: git's ``?`` is one byte, whatever the encoding."""
    return data.decode("latin-1")


def _rule(line: str) -> tuple[str, bool] | None:
    """A rule's expression and whether it ignores; None for a comment or blank line."""
    line = line.partition("\0")[0]  # where a text ends for git
    if line.startswith("#"):
        return None
    pattern = _without_trailing_spaces(line)
    glob = pattern.removeprefix("!")
    place = glob.removesuffix("/")
    if not place or len(place) > _LONGEST:
        return None
    tokens = tuple(_tokens(place))
    if _NEVER in tokens:
        return None
    end = "/" if glob.endswith("/") else "/?"
    if "/" in place:
        return rf"[^\0]*\0{_anchored(place, tokens)}{end}\Z", pattern == glob
    return rf"{_segment_regex(tokens)}{end}\0", pattern == glob


def _without_trailing_spaces(line: str) -> str:
    stripped = line.rstrip(" ")
    escaped = (len(stripped) - len(stripped.rstrip("\\"))) % 2
    return line[: len(stripped) + escaped]


def _anchored(place: str, tokens: tuple[str, ...]) -> str:
    """An expression for a path. Git compares what stands before the first wildcard by itself (``match_pathname`` of
    its dir.c): of ``docs**/x`` it leaves ``**/x``, which spans folders though no slash stands before the stars.
    """
    head = _HEAD.match(place)
    if head is None:
        return _path_regex(tokens)
    rest = tuple(_tokens(place[head.end() :]))
    return re.escape(head[1]) + "(?:[^\\0]*/)?" + _path_regex(rest)


def _path_regex(tokens: tuple[str, ...]) -> str:
    """An expression for a path. ``**`` between slashes spans folders."""
    runs: list[list[str]] = [[]]
    segments = list(_segments(tokens[1:] if tokens[0] == _SLASH else tokens))
    for segment in segments:
        if segment == ["**"]:
            runs.append([])
        else:
            runs[-1].append("(?=[^/])" + _segment_regex(segment))
    if len(runs) > 1 and segments[-1] == ["**"]:
        runs[-1].append("[^/].*")
    first, *others = ("/".join(run) for run in runs)
    if not others:
        return first
    # The first place where a run matches is as good as any later one, so there is no need to come back to it.
    middle = (f"(?>{_FOLDERS[:-1]}*?{run}/)" for run in others[:-1] if run)
    return (first and first + "/") + "".join(middle) + _FOLDERS + others[-1]


def _segments(tokens: tuple[str, ...]) -> Iterator[list[str]]:
    """The tokens between slashes."""
    segment: list[str] = []
    for piece in tokens:
        if piece == _SLASH:
            yield segment
            segment = []
        else:
            segment.append(piece)
    yield segment


def _segment_regex(tokens: Iterable[str]) -> str:
    """An expression for tokens without a slash. As with folders, only the last star may give back."""
    runs = [""]
    for token in tokens:
        if token in ("*", "**"):
            runs.append("")
        else:
            runs[-1] += token
    first, *others = runs
    if not others:
        return first
    return first + "".join(f"(?>{_STAR}?{run})" for run in others[:-1] if run) + _STAR + others[-1]


def _tokens(glob: str) -> Iterator[str]:
    """``*``, ``**``, ``/``, and expressions for one character each."""
    for match in _TOKEN.finditer(glob):
        if match["stars"]:
            yield match["stars"][:2]
        elif match["any"]:
            yield "[^/]"
        elif match["never"]:  # git drops a pattern with a bracket left open or a backslash at its end
            yield _NEVER
            return
        elif match["class"] is not None:
            yield _class_regex(match["class"], negated=bool(match["negated"]))
        else:
            character = match["literal"] or match["escaped"]
            yield character if character == _SLASH else re.escape(character)


def _class_regex(body: str, *, negated: bool) -> str:
    matches = tuple(_CLASS_PART.finditer(body))
    if any(match["posix"] is not None and match["posix"] not in _POSIX for match in matches):
        return _NEVER  # git gives up on a class that it does not know
    parts = "".join(map(_class_part, matches))
    if not parts:
        return "[^/]" if negated else _NEVER
    return f"(?!/)[{'^' if negated else ''}{parts}]"


def _class_part(match: re.Match[str]) -> str:
    if match["posix"] is not None:
        return _POSIX[match["posix"]]
    if match["one"] is not None:
        return re.escape(match["one"])
    low, high = match["low"][-1], match["high"][-1]
    return f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low)
