"""Shell text: which commands it would execute, and what keeps their failure from showing. Bash, by its own rules.

Where it says that nothing softens a command, ``bash -e`` fails with that command. It says more than bash in two
cases, because whoever writes them means to soften: a final ``; true``, and ``set +e`` before the last command.
"""

import msgspec
from msgspec.structs import replace
from tree_sitter import Node as Syntax

from archlint.languages.bash.inline import inline, placed
from archlint.languages.bash.modes import Mode
from archlint.languages.bash.parentheses import Loosened
from archlint.languages.bash.record import ShellCommand
from archlint.languages.bash.walk import Walk
from archlint.languages.bash.words import masked
from archlint.languages.decoded import Region
from archlint.languages.documents import mistake
from archlint.languages.trees import parse


class Script(msgspec.Struct, frozen=True):
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
    root, error = _parsed(text)
    loose = Loosened(text) if error and b"((" in text else None
    if loose is not None and _parsed(loose.text)[1] is None:
        return _before(script(loose.text, mode, depth), loose)
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


def _parsed(text: bytes) -> tuple[Syntax, Syntax | None]:
    """The tree, and the first mistake in it."""
    root = parse("bash", masked(text)).root_node
    return root, mistake(root)


def _before(read: Script, loose: Loosened) -> Script:
    commands = (
        replace(each, start=loose.before(each.start), end=loose.before(each.end)) for each in read.commands
    )
    error = read.error and (loose.before(read.error[0]), loose.before(read.error[1]))
    return Script(tuple(commands), error)
