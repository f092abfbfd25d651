"""Puts markers into the comments of a text, and takes them out. No line is added or lost."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from archlint.trial.markers import Expectation

Mark = tuple[int, str]  # line, rule
Wanted = tuple[Iterable[Mark], Iterable[Mark]]  # more, fewer
EXPECT = "expect: {}"
_MARKER = re.compile(r"expect(?P<next>-next)?:\s*(?P<rules>[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)")
_COMMENTS = (
    (re.compile(r"\s*//\s*\Z"), re.compile(r"\s*\Z")),
    (re.compile(r"\s*#\s*\Z"), re.compile(r"\s*\Z")),
    (re.compile(r"\s*\{?/\*\s*\Z"), re.compile(r"\s*\*/\}?")),
    (re.compile(r"\s*<!--\s*\Z"), re.compile(r"\s*-->")),
)
"""What stands before and behind a marker that is all of its comment."""
_SLASHES, _HASH, _ANGLES, _STARS = "// {}", "# {}", "<!-- {} -->", "/* {} */"
_COMMENT_OF = {
    **dict.fromkeys((".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".jsonc"), _SLASHES),
    **dict.fromkeys((".py", ".sh", ".bash", ".yml", ".yaml", ".toml", ".env", ".mk"), _HASH),
    **dict.fromkeys((".html", ".htm", ".astro", ".vue", ".svelte", ".md", ".xml"), _ANGLES),
    **dict.fromkeys((".css", ".scss", ".less"), _STARS),
}


def of_file(path: str, marks: Counter[Expectation]) -> list[Mark]:
    """The marks of one file, in order."""
    return [(line, rule) for each, line, rule in sorted(marks.elements()) if each == path]


def with_mark(path: str, line: str, rule: str, saying: str) -> str | None:
    """A line of a file that expects one more finding of a rule; None if the file has no comments known here.

    ``saying`` is what a comment says that is made for it.
    """
    here = next((each for each in _MARKER.finditer(line) if not each["next"]), None)
    if here is not None:
        return f"{line[: here.end()]}, {rule}{line[here.end() :]}"
    behind = saying.partition("{}")[2]
    if behind and behind in line:
        return line.replace(behind, f", {rule}{behind}")
    comment = _COMMENT_OF.get(PurePosixPath(path).suffix)
    return f"{line} {comment.format(saying.format(rule))}" if comment else None


def without_mark(line: str, rule: str, *, is_next: bool) -> str | None:
    """A line without one marker of a rule; None if it holds none. A comment that says nothing else goes with it."""
    for match in _MARKER.finditer(line):
        rules = [each.strip() for each in match["rules"].split(",")]
        if bool(match["next"]) == is_next and rule in rules:
            rules.remove(rule)
            if rules:
                return line[: match.start("rules")] + ", ".join(rules) + line[match.end("rules") :]
            start, end = _comment(line, match.start(), match.end())
            return (line[:start] + line[end:]).rstrip()
    return None


def _comment(line: str, start: int, end: int) -> tuple[int, int]:
    """The whole comment if the marker is all of it, else the marker."""
    for before, behind in _COMMENTS:
        opening, closing = before.search(line[:start]), behind.match(line, end)
        if opening and closing:
            return opening.start(), closing.end()
    return start, end


def changed(path: str, lines: list[str], wanted: Wanted, saying: str = EXPECT) -> bool:
    """Mark ``lines`` for more findings and for fewer. False if one could not be; then none is right."""
    more, fewer = wanted
    for number, rule in fewer:
        if not _unmark(lines, number, rule):
            return False
    for number, rule in more:
        marked = with_mark(path, lines[number - 1], rule, saying) if number <= len(lines) else None
        if marked is None:
            return False
        lines[number - 1] = marked
    return True


def _unmark(lines: list[str], number: int, rule: str) -> bool:
    for index, is_next in ((number - 1, False), (number - 2, True)):
        if 0 <= index < len(lines):
            line = without_mark(lines[index], rule, is_next=is_next)
            if line is not None:
                lines[index] = line
                return True
    return False
