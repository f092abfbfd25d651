"""The commands of a shell text that stands in another file, with their places there."""

from bisect import bisect_left
from itertools import accumulate

from archlint.languages.bash.modes import Mode
from archlint.languages.decoded import Decoded, Region
from archlint.languages.documents import syntax_problem
from archlint.languages.shell import script
from archlint.model import Problem
from archlint.pipelines import Command
from archlint.source import Source


def commands_in(
    source: Source, content: Decoded, mode: Mode
) -> tuple[tuple[Command, ...], tuple[Problem, ...]]:
    """The commands that a text would execute, and what of it was not understood."""
    text = _Text(content)
    read = script(content.text.encode(), mode)
    commands = tuple(
        Command(
            command.words,
            source.lines.span(*text.region(command.start, command.end)),
            command.softened,
            command.conditional,
            command.templates,
            command.folder,
            command.assigned,
            command.exported,
        )
        for command in read.commands
    )
    if not read.error:
        return commands, ()
    message = "shell text that was not understood; commands in it may have been missed"
    return commands, (syntax_problem(source, text.region(*read.error), message),)


class _Text:
    """A text that is read by the bytes of its UTF-8, and where those stand in the file."""

    def __init__(self, content: Decoded) -> None:
        self._content = content
        self._starts = [*accumulate((len(character.encode()) for character in content.text), initial=0)]

    def region(self, start: int, end: int) -> Region:
        """The bytes in the file; of an empty stretch, those of the whole text."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first == last:
            return self._content.start, self._content.end
        return self._content.place(first, last)
