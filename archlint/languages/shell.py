"""Shell text: which commands it would execute, and what keeps their failure from showing. Bash, by its own rules.

Where it says that nothing softens a command, ``bash -e`` fails with that command. It says more than bash in two
cases, because whoever writes them means to soften: a final ``; true``, and ``set +e`` before the last command.
"""

from dataclasses import dataclass

from archlint.languages.bash.inline import inline, placed
from archlint.languages.bash.modes import Mode
from archlint.languages.bash.record import ShellCommand
from archlint.languages.bash.walk import Walk
from archlint.languages.bash.words import masked
from archlint.languages.decoded import Region
from archlint.languages.documents import mistake
from archlint.languages.trees import parse


@dataclass(frozen=True, slots=True)
class Script:
    """What was read of a shell text. ``error`` is the first piece that was not understood."""

    commands: tuple[ShellCommand, ...]
    error: Region | None = None


_DEEPEST = 8
BASH_E = Mode()
"""``bash -e {0}``: how GitHub runs a step without ``shell``."""


def commands(text: bytes, mode: Mode = BASH_E) -> tuple[ShellCommand, ...]:
    """The commands that ``text`` would execute, in order."""
    return script(text, mode).commands


def script(text: bytes, mode: Mode = BASH_E, depth: int = 0) -> Script:
    """The commands of ``text``; ``${{ … }}`` in it is something only the run time knows.

    The commands of ``bash -c '…'`` stand after it; ``depth`` is how many such texts ``text`` is in.
    """
    root = parse("bash", masked(text)).root_node
    error = mistake(root)
    found: list[ShellCommand] = []
    unread = (error.start_byte, error.end_byte) if error else None
    for command in Walk(root, text, mode).run(root):
        found.append(command)
        inner = inline(command) if depth < _DEEPEST else None
        if inner is not None:
            read = script(inner[0].encode(), inner[1], depth + 1)
            found.extend(placed(each, command) for each in read.commands)
            unread = unread or ((command.start, command.end) if read.error else None)
    return Script(tuple(found), unread)
