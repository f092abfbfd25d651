"""Reads a file of another tool's rules and makes a rule file of it. The only module here that touches the disk."""

import os
from pathlib import Path

import msgspec

from archlint.config.checked import Checked, settle
from archlint.config.reading.text import Naming, read_text
from archlint.config.reading.yaml import LARGEST
from archlint.importing import TOOLS
from archlint.importing.carrying import Carried, Surroundings, apart
from archlint.importing.writing import readable, written


class Imported(msgspec.Struct, frozen=True):
    """A rule file, and a sentence for each thing that is not in it."""

    text: str
    left_out: tuple[str, ...]


def imported(tool: str, file: Path, cwd: Path) -> Imported:
    """The rules in ``file``, with paths from ``cwd``. Raises ``ConfigError`` if it cannot be read."""
    shown = Naming(cwd, cwd, cwd).shown(cwd / file)
    carried = tuple(map(readable, apart(settle(_carried(tool, cwd / file, shown, cwd)))))
    rules = sum(len(each.rules) for each in carried)
    head = (
        f"{rules} rules for archlint, imported from {shown} of {tool}. What was left out is said beside each rule.",
        *TOOLS[tool].notes,
    )
    left_out = tuple(
        f"{shown}:{each.line}: '{each.name}': {sentence}" for each in carried for sentence in each.left_out
    )
    return Imported(written(carried, head), left_out)


def _carried(tool: str, file: Path, shown: str, cwd: Path) -> Checked[tuple[Carried, ...]]:
    text = yield from read_text(file, shown, LARGEST)
    if text is None:
        return ()
    folder = os.path.relpath(file.parent, cwd)
    around = Surroundings("" if folder == "." else folder, lambda path: (cwd / path).exists())
    return (yield from TOOLS[tool].carry(text, around))
