"""Code that a rule is tried on."""

import msgspec


class Example(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Code that a rule is tried on, ``repeat`` times, and its path; '' for one that the kind would read. Or a tree."""

    code: str = ""
    """What stands in the file."""
    path: str = ""
    """Where the file stands; one that the rule looks at if not said."""
    files: dict[str, str] = {}
    """More files, by path; without `code`, the whole tree."""
    repeat: int = 1
    """How many times the code stands in the file, for what has a ceiling."""
    expect: tuple[str, ...] | None = None
    """The findings of a bad example, all of them: ``LINE: MESSAGE``, in a tree ``PATH:LINE: MESSAGE``."""


class RuleTests(msgspec.Struct, frozen=True):
    """Code that must give a finding, and code that must not."""

    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
