"""Reads the baseline: the file that archlint.toml names, or the one beside it."""

import os
from collections.abc import Iterator
from pathlib import Path

from archlint.baseline import FILE_NAME, Baseline, Entry, entry_of
from archlint.config.checked import Checked
from archlint.config.reading.text import Naming, Text, read_text
from archlint.config.reading.tree import Node
from archlint.errors import Mistake

_LARGEST = 67_108_864
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def baseline_path(node: Node, base: Path, root: Path) -> Checked[Path]:
    """Where the baseline is or would be: at the root, or where ``node`` of the archlint.toml in ``base`` says."""
    if not isinstance(node.value, str) or not node.value:
        return root / FILE_NAME
    path = base / node.value
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(base)):
        yield node.mistake("the baseline leads out of the folder that archlint.toml is in")
    return path


def read_baseline(path: Path, naming: Naming) -> Checked[Baseline | None]:
    """The baseline at ``path``; None if there is no such file."""
    if not os.path.lexists(path):
        return None
    text = yield from read_text(path, naming.shown(path), _LARGEST)
    if text is None:
        return None
    entries: list[Entry] = []
    offset = 0
    for number, line in enumerate(text.content.split("\n"), start=1):
        mistake, entry = _line(text, offset, number, line.removesuffix("\r"))
        yield from mistake
        entries += entry
        offset += len(line) + 1
    return Baseline(text.shown, tuple(entries))


def _line(text: Text, offset: int, number: int, line: str) -> tuple[Iterator[Mistake], list[Entry]]:
    if not line.strip() or line.startswith("#"):
        return iter(()), []
    if line.startswith(_CONFLICT):
        hint = "keep the lines of both sides: what is mended is told"
        return iter((text.mistake(offset, "a merge conflict", hint),)), []
    entry = entry_of(line, number)
    if entry is None:
        hint = "expected path, rule, fingerprint and message with tabs between; take the line from git"
        return iter((text.mistake(offset, "not an entry of a baseline", hint),)), []
    return iter(()), [entry]
