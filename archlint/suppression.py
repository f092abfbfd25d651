"""What allows findings: what a comment says to archlint, and what it means."""

from datetime import date

import msgspec

from archlint.places import Place, Span


class Comment(msgspec.Struct, frozen=True, array_like=True):
    """What a comment says to archlint."""

    text: str
    """What follows ``archlint:``, its lines joined."""
    span: Span
    """The comment, or the part of it that speaks to archlint: what is gone when it is taken back."""
    last_line: int
    """Of what it speaks of: of its own line, or where it stands alone, of the statement that follows."""
    heads_file: bool = False
    """Whether only comments stand before it: then it speaks of the file as a whole, too."""


class Suppression(msgspec.Struct, frozen=True):
    """What allows findings of some rules: a comment, or an entry of ``[[allow]]`` in archlint.toml."""

    rules: tuple[str, ...]
    reason: str
    place: Place
    """The comment, or the entry."""
    until: date | None = None
    """The last day on which it holds."""
    ticket: str = ""
    paths: tuple[str, ...] = ()
    """The globs and zones of an entry; none of a comment, which speaks of its own file."""
    last_line: int = 0
    """The lines from the comment's own to this one are those that a comment speaks of."""
    heads_file: bool = False
    """Whether a comment speaks of its file as a whole, too."""

    @property
    def in_source(self) -> bool:
        """Whether it is a comment."""
        return not self.paths
