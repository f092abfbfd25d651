"""Which code is looked for, as rule objects: where a literal may become an expression, and how a name is used."""

import re
from collections.abc import Iterable

import msgspec

from archlint.model import Scope
from archlint.patterns.dialects import grammars_of
from archlint.patterns.rule import CodeRule, CodeSearch, Relation
from archlint.searches import PatternDemand

SUFFIXES = (".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs")
"""Of modules that may import: not ``.d.ts``, which holds no expressions, nor CommonJS."""
IMPORTS, BARE, ATTRIBUTES, NAMES, READS, STATEMENTS = (
    "import of it", "bare", "attribute", "name", "read", "statement"
)  # fmt: skip
"""The keys of what is found."""

_HOLDING = (
    "arguments", "array", "return_statement", "ternary_expression", "parenthesized_expression", "jsx_expression",
    "template_substitution", "binary_expression",
)  # fmt: skip
_AT_FIELD = (
    ("pair", "value"), ("variable_declarator", "value"), ("public_field_definition", "value"),
    ("field_definition", "value"), ("required_parameter", "value"), ("assignment_expression", "right"),
    ("augmented_assignment_expression", "right"), ("assignment_pattern", "right"),
    ("object_assignment_pattern", "right"), ("subscript_expression", "index"), ("arrow_function", "body"),
    ("switch_case", "value"),
)  # fmt: skip
_READING = (
    *_HOLDING, "call_expression", "spread_element", "unary_expression", "non_null_expression", "as_expression",
    "satisfies_expression", "type_query", "import_clause", "expression_statement", "nested_type_identifier",
)  # fmt: skip
_READ_AT = (
    *_AT_FIELD, ("member_expression", "object"), ("subscript_expression", "object"), ("jsx_attribute", "value"),
    ("for_in_statement", "right"),
)  # fmt: skip
# What must be a literal: a bundler, a test runner or the compiler reads it without running the program.
_READ_STATICALLY = (
    r"^(require|import|define|new URL)$|\.(resolve|(do)?(un)?[mM]ock|requireActual|importActual|glob)$"
)


def _within(kinds: Iterable[str], at: Iterable[tuple[str, str]]) -> CodeRule:
    plain = (CodeRule(inside=Relation(kind=kind)) for kind in kinds)
    return CodeRule(any=(*plain, *(CodeRule(inside=Relation(kind=kind, field=field)) for kind, field in at)))


def _demand(key: str, rule: CodeRule, **constraints: CodeRule) -> PatternDemand:
    search = CodeSearch(rule, constraints)
    return PatternDemand(Scope(), key, grammars_of(None), msgspec.json.encode(search).decode())


_LITERAL = CodeRule(any=tuple(CodeRule(kind=kind) for kind in ("string", "number", "template_string")))
_STATIC = Relation(
    kind="arguments",
    inside=Relation(kind="call_expression", has=Relation(field="function", regex=_READ_STATICALLY)),
)
# `as const` makes a type of the literal itself, an enum's initialiser must be constant.
_TYPED = Relation(
    any=tuple(CodeRule(kind=kind) for kind in ("as_expression", "satisfies_expression", "enum_body")),
    stop_by="end",
)
LITERALS = (
    _demand(
        BARE,
        CodeRule(
            all=(
                _LITERAL,
                _within(_HOLDING, _AT_FIELD),
                CodeRule(not_=CodeRule(inside=_STATIC)),
                CodeRule(not_=CodeRule(inside=_TYPED)),
            )
        ),
    ),
    _demand(ATTRIBUTES, CodeRule(kind="string", inside=Relation(kind="jsx_attribute"))),
)
STATEMENT = _demand(STATEMENTS, CodeRule(kind="import_statement", inside=Relation(kind="program")))


def imports_of(name: str) -> PatternDemand:
    """The default imports of a module whose specifier ends in ``name``."""
    forms = ("import $NAME from $SOURCE", "import $NAME from $SOURCE with { type: 'json' }")
    ends = CodeRule(regex=rf"(^|/|['\"]){re.escape(name)}['\"]?$")
    return _demand(IMPORTS, CodeRule(any=tuple(CodeRule(pattern=form) for form in forms)), SOURCE=ends)


def uses_of(name: str) -> tuple[PatternDemand, PatternDemand]:
    """Where a name stands, and where of that it is only read: elsewhere it may be declared again."""
    kinds = ("identifier", "shorthand_property_identifier_pattern", "type_identifier")
    named = CodeRule(any=tuple(CodeRule(kind=kind) for kind in kinds), regex=rf"^{re.escape(name)}$")
    return _demand(NAMES, named), _demand(READS, CodeRule(all=(named, _within(_READING, _READ_AT))))
