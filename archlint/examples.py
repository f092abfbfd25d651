"""Code that a rule is tried on."""

import msgspec


class Example(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Code that a rule is tried on, ``repeat`` times, and its path; '' for one that the kind would read. Or a tree."""

    code: str = ""
    path: str = ""
    files: dict[str, str] = {}  # beside the code; without it, the whole tree
    repeat: int = 1


class RuleTests(msgspec.Struct, frozen=True):
    """Code that must give a finding, and code that must not."""

    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
