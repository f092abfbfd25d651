"""The commands found so far, each in the folder that ``cd`` before it led to."""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node as Syntax

from archlint.languages.bash.chains import Link, arguments
from archlint.languages.bash.expansions import after_cd, assignment, template, variables
from archlint.languages.bash.exports import exports
from archlint.languages.bash.words import word


class ShellCommand(msgspec.Struct, frozen=True):
    """A command that a text would execute. ``start`` and ``end`` are its bytes, ``VAR=x`` prefixes left out."""

    words: tuple[str | None, ...]
    start: int
    end: int
    softened: str = ""
    conditional: bool = False
    templates: tuple[tuple[int, str, bool], ...] = ()
    folder: str | None = ""
    assigned: tuple[tuple[str, str | None], ...] = ()
    exported: tuple[tuple[str, str | None], ...] = ()


class Record:
    """What was found in one text. ``shell`` is the process that a command runs in."""

    def __init__(self, root: Syntax, text: bytes) -> None:
        self.found: list[ShellCommand] = []
        self._text = text
        self._variables = variables(root)
        self._folders: dict[int, str | None] = {0: ""}

    def fork(self, shell: int, parent: int) -> None:
        """Begin a process in the folder of another; where it goes, the other does not."""
        self._folders[shell] = self._folders[parent]

    def command(self, link: Link, start: int, shell: int, softened: str, *, conditional: bool) -> None:
        """Add a command with the place of its program; not one that the parser puts in where one is missing."""
        if link.syntax.start_byte == link.syntax.end_byte:
            return
        parts = arguments(link)
        words = tuple(map(word, parts))
        templates = tuple(self._templates(words, parts))
        folder = self._folders[shell]
        self._move(words, templates, shell, conditional=conditional)
        prefixes = (child for child in link.syntax.named_children if child.type == "variable_assignment")
        assigned = tuple(map(assignment, prefixes))
        end = link.syntax.end_byte
        exported = tuple(exports(link, words, templates, conditional=conditional))
        self.found.append(
            ShellCommand(words, start, end, softened, conditional, templates, folder, assigned, exported)
        )

    def declaration(self, syntax: Syntax, softened: str, *, conditional: bool) -> None:
        """Add ``export A=b`` and the like; its words are as written."""
        words = tuple((child.text or b"").decode(errors="replace") for child in syntax.children)
        self.found.append(ShellCommand(words, syntax.start_byte, syntax.end_byte, softened, conditional))

    def _templates(
        self, words: tuple[str | None, ...], parts: list[Syntax]
    ) -> Iterator[tuple[int, str, bool]]:
        for index, known in enumerate(words):
            found = template(parts[index], self._text, self._variables) if known is None else None
            if found is not None:
                yield (index, *found)

    def _move(
        self,
        words: tuple[str | None, ...],
        templates: tuple[tuple[int, str, bool], ...],
        shell: int,
        *,
        conditional: bool,
    ) -> None:
        first = next((text for index, text, _ in templates if index == 1), None)
        target = words[1] if len(words) > 1 and words[1] is not None else first
        after = after_cd(self._folders[shell], words, target)
        is_certain = not conditional or after == self._folders[shell]
        self._folders[shell] = after if is_certain else None
