"""The rule object, as it is written: https://ast-grep.github.io/reference/rule.html. Plain data; matches nothing."""

from typing import Literal

import msgspec

_KEYS = {"not_": "not", "nth_child": "nthChild", "of_rule": "ofRule", "stop_by": "stopBy"}

Strictness = Literal["cst", "smart", "ast", "relaxed", "signature", "template"]


class PatternText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A pattern that is read in its surroundings."""

    context: str
    """Code around the pattern, and the pattern in it."""
    selector: str | None = None
    """The kind of the node in ``context`` that is meant."""
    strictness: Strictness | None = None
    """How much of the code may be passed over in comparing; ``smart`` if not said."""


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A place in a file. Lines and columns count from 0, columns in characters."""

    line: int
    """From 0."""
    column: int | None = None
    """In characters, from 0."""


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where exactly a node begins and ends."""

    start: Position
    """Its first character."""
    end: Position
    """One past its last character."""


class NthChild(msgspec.Struct, frozen=True, rename=_KEYS, forbid_unknown_fields=True, omit_defaults=True):
    """A node's position among its named siblings, from 1, or ``An+B``."""

    position: int | str
    """The number, from 1, or ``An+B``."""
    of_rule: "CodeRule | None" = None
    """Only siblings that are this count."""
    reverse: bool = False
    """Whether it counts from the last sibling."""


class CodeRule(msgspec.Struct, frozen=True, rename=_KEYS, forbid_unknown_fields=True, omit_defaults=True):
    """What a node must be; all that is said must hold."""

    pattern: str | PatternText | None = None
    """Code with metavariables: `console.$METHOD($$$ARGS)`."""
    kind: str | None = None
    """The name of the grammar's node: `call_expression`."""
    regex: str | None = None
    """A regular expression somewhere in its text."""
    nth_child: int | str | NthChild | None = None
    """Its place among its siblings, from 1."""
    range: Range | None = None
    """From where to where it stands."""
    all: "tuple[CodeRule, ...] | None" = None
    """It is all of these."""
    any: "tuple[CodeRule, ...] | None" = None
    """It is one of these."""
    not_: "CodeRule | None" = None
    """It is not this."""
    matches: str | None = None
    """It is what a rule object of `utils` says."""
    inside: "Relation | None" = None
    """Something around it is this."""
    has: "Relation | None" = None
    """Something within it is this."""
    precedes: "Relation | None" = None
    """Something after it is this."""
    follows: "Relation | None" = None
    """Something before it is this."""


class Relation(CodeRule, frozen=True, rename=_KEYS, forbid_unknown_fields=True, omit_defaults=True):
    """What a node around, within, before or after another must be, and how far to look."""

    stop_by: "Literal['neighbor', 'end'] | CodeRule" = "neighbor"
    """How far to look: to the next node only, to the end, or to a node that is this."""
    field: str | None = None
    """Only at this field of the grammar's node."""


class CodeSearch(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that says which code is meant."""

    rule: CodeRule
    constraints: dict[str, CodeRule] = {}
    """What single metavariables must be, by their names."""
    utils: dict[str, CodeRule] = {}
    """Rules that ``matches`` may name."""
