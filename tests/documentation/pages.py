"""Pages of the documentation, followed from top to bottom as their reader would.

A block with a path behind its language is a file that is written. In a ``console`` block ``$`` begins a command and the
lines below it are what it prints: exactly, but for ``…``, which stands for any text, and as a line for any lines.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.adoption.repositories import ENVIRONMENT
from tests.forking import server
from tests.trees import REPOSITORY, write_tree

_BLOCK = re.compile(
    r"^```(?P<language>\w*)(?: (?P<path>\S+))?\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL
)
_COMMAND = re.compile(r"^\$ (?P<line>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)

# A line that asks nothing of the shell but to start archlint.
_PLAIN = re.compile(r"archlint(?: [\w./:=-]+)+")


@dataclass(frozen=True)
class Block:
    """A fenced block; ``path`` is '' where it is no file."""

    language: str
    path: str
    content: str


@dataclass(frozen=True)
class Command:
    """A line for the shell, and what the page says it prints."""

    line: str
    shown: str


def blocks_of(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for match in _BLOCK.finditer(page.read_text()):
        yield Block(match["language"], match["path"] or "", match["content"])


def commands_of(block: Block) -> tuple[Command, ...]:
    """The commands of a console block."""
    return tuple(Command(match["line"], match["shown"]) for match in _COMMAND.finditer(block.content))


def follow(page: Path, folder: Path) -> int:
    """Write the files and run the commands of a page; how many commands there were."""
    count = 0
    for block in blocks_of(page):
        if block.path:
            write_tree(folder / "root", {block.path: block.content})
        elif block.language == "console":
            for command in commands_of(block):
                count += 1
                printed = output_of(command.line, folder)
                shown = printed if agree(command.shown, printed) else command.shown

                assert printed == shown, command.line
    return count


def agree(shown: str, printed: str) -> bool:
    """Whether a command printed what the page shows."""
    return re.fullmatch("".join(map(_pattern, shown.splitlines(keepends=True))), printed) is not None


def _pattern(line: str) -> str:
    return "(?:.*\n)*" if line == "…\n" else ".*".join(map(re.escape, line.split("…")))


def output_of(line: str, folder: Path) -> str:
    """What a command prints, below ``folder``; ``archlint`` is the one under test."""
    (folder / "root").mkdir(exist_ok=True)
    environment = {**ENVIRONMENT, "PYTHONPATH": str(REPOSITORY)}
    if _PLAIN.fullmatch(line):
        return server(*environment.items()).printed(shlex.split(line)[1:], folder / "root")
    programs = folder / "bin"
    write_tree(programs, {"archlint": f'#!/bin/sh\nexec "{sys.executable}" -m archlint "$@"\n'})
    (programs / "archlint").chmod(0o755)
    run = subprocess.run(
        ["bash", "-c", line],
        cwd=folder / "root",
        env={**environment, "PATH": f"{programs}:{ENVIRONMENT['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return run.stdout
