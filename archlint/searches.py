"""What code patterns and regular expressions find in a file, and what is asked of them."""

import msgspec

from archlint.model import Scope, Span


class CodeMatch(msgspec.Struct, frozen=True, array_like=True):
    """Code that a pattern means."""

    pattern: str
    """The ``key`` of its demand."""
    span: Span
    text: str
    """The code; a long one is cut."""
    captures: tuple[tuple[str, str], ...] = ()
    """What each metavariable stands for, by name; a long text is cut."""
    functions: tuple[str, ...] = ()
    """The named functions and methods around it, outermost first."""


class PatternDemand(msgspec.Struct, frozen=True, tag="pattern"):
    """The code that a rule object means, in files in scope."""

    scope: Scope
    key: str
    """Names the rule object: the same for the same one."""
    grammars: tuple[str, ...]
    """Those in which the code may be written."""
    search: str
    """The rule object, its constraints and utility rules, as JSON."""


class TextMatch(msgspec.Struct, frozen=True, array_like=True):
    """Where a regular expression matched the text of a file."""

    pattern: str
    span: Span


class TextDemand(msgspec.Struct, frozen=True, tag="text"):
    """The matches of one linear-time regular expression in files in scope."""

    scope: Scope
    pattern: str
