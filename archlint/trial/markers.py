"""What the comments in a tree expect: ``expect: RULE`` on the line, ``expect-next: RULE`` on the line before it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from archlint.model import Finding

_MARKER = re.compile(rb"expect(-next)?:\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)")
_LINE_END = re.compile(rb"\r\n|\n|\r")
LIST = ".expect"
"""The file at the root of a tree that holds ``path:line RULE`` for files without comments."""

Expectation = tuple[str, int, str]  # path, line, rule


def marked(path: str, data: bytes) -> Iterator[Expectation]:
    """What a file's markers expect; an id twice means two findings."""
    if path == LIST:
        yield from _listed(data.decode())
        return
    for number, line in enumerate(_LINE_END.split(data), start=1):
        for match in _MARKER.finditer(line):
            for rule in match[2].decode().split(","):
                yield path, number + bool(match[1]), rule.strip()


def _listed(text: str) -> Iterator[Expectation]:
    for entry in text.splitlines():
        if entry.strip():
            place, rule = entry.split()
            path, line = place.rsplit(":", 1)
            yield path, int(line), rule


def shown(mark: Expectation) -> str:
    """``path:line RULE``."""
    path, line, rule = mark
    return f"{path}:{line} {rule}"


def seen(findings: Iterable[Finding]) -> Counter[Expectation]:
    """Findings as markers would say them."""
    return Counter((found.place.path, found.place.span.line, found.rule) for found in findings)
