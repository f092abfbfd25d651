"""The rule object, as it is written: https://ast-grep.github.io/reference/rule.html. Plain data; matches nothing."""

from typing import Literal

import msgspec

_KEYS = {"not_": "not", "nth_child": "nthChild", "of_rule": "ofRule", "stop_by": "stopBy"}

Strictness = Literal["cst", "smart", "ast", "relaxed", "signature", "template"]


class PatternText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A pattern that is read in its surroundings."""

    context: str
    selector: str | None = None
    """The kind of the node in ``context`` that is meant."""
    strictness: Strictness | None = None


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A place in a file. Lines and columns count from 0, columns in characters."""

    line: int
    column: int | None = None


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where exactly a node begins and ends."""

    start: Position
    end: Position


class NthChild(msgspec.Struct, frozen=True, rename=_KEYS, forbid_unknown_fields=True, omit_defaults=True):
    """A node's position among its named siblings, from 1, or ``An+B``."""

    position: int | str
    of_rule: "CodeRule | None" = None
    reverse: bool = False


class CodeRule(msgspec.Struct, frozen=True, rename=_KEYS, forbid_unknown_fields=True, omit_defaults=True):
    """What a node must be; all that is said must hold."""

    pattern: str | PatternText | None = None
    kind: str | None = None
    regex: str | None = None
    nth_child: int | str | NthChild | None = None
    range: Range | None = None
    all: "tuple[CodeRule, ...] | None" = None
    any: "tuple[CodeRule, ...] | None" = None
    not_: "CodeRule | None" = None
    matches: str | None = None
    inside: "Relation | None" = None
    has: "Relation | None" = None
    precedes: "Relation | None" = None
    follows: "Relation | None" = None


class Relation(CodeRule, frozen=True, rename=_KEYS, forbid_unknown_fields=True, omit_defaults=True):
    """What a node around, within, before or after another must be, and how far to look."""

    stop_by: "Literal['neighbor', 'end'] | CodeRule" = "neighbor"
    field: str | None = None


class CodeSearch(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that says which code is meant."""

    rule: CodeRule
    constraints: dict[str, CodeRule] = {}
    """What single metavariables must be, by their names."""
    utils: dict[str, CodeRule] = {}
    """Rules that ``matches`` may name."""
