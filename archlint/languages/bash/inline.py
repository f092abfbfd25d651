"""Shell text that stands in a command: ``bash -c 'cd api && make'``."""

import posixpath
import re

from msgspec.structs import replace

from archlint.languages.bash.modes import SHELLS, Mode
from archlint.languages.bash.record import ShellCommand
from archlint.project.words import unwrapped

_OPTION = re.compile(r"[-+]\w+|--\w[\w-]*")


def inline(command: ShellCommand) -> tuple[str, Mode] | None:
    """The text that a shell is given after ``-c``, as a template, and how it runs it."""
    first = len(command.words) - len(unwrapped(command.words))
    program = command.words[first] if first < len(command.words) else None
    if program is None or posixpath.basename(program) not in SHELLS:
        return None
    options: list[str] = []
    for index, word in enumerate(command.words[first + 1 :], start=first + 1):
        is_value = bool(options) and options[-1].endswith("o")
        if word is None or not (is_value or _OPTION.fullmatch(word)):
            return None
        options.append(word)
        if not is_value and re.fullmatch(r"-[a-z]*c[a-z]*", word):
            text = _text(command, index + 1)
            return None if text is None else (text, _mode(options))
    return None


def _text(command: ShellCommand, index: int) -> str | None:
    known = command.words[index] if index < len(command.words) else None
    return (
        known if known is not None else next((text for at, text, _ in command.templates if at == index), None)
    )


def _mode(options: list[str]) -> Mode:
    errexit = any(re.fullmatch(r"-\w*e\w*", option) for option in options) or "errexit" in options
    return Mode(errexit_off="" if errexit else ";", pipefail="pipefail" in options)


def placed(inner: ShellCommand, outer: ShellCommand) -> ShellCommand:
    """A command of such a text, where the command stands that runs it."""
    is_known = inner.folder is not None and outer.folder is not None
    return replace(
        inner,
        start=outer.start,
        end=outer.end,
        softened=outer.softened or inner.softened,
        conditional=outer.conditional or inner.conditional,
        folder=posixpath.join(outer.folder or "", inner.folder or "") if is_known else None,
    )
