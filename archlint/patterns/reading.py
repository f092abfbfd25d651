"""Reads patterns and the names of kinds. What reads as something else than was meant is refused, with the reason."""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property

import msgspec
from tree_sitter import Language, Node, Tree

from archlint.patterns.dialects import Dialect
from archlint.patterns.goal import (
    DEEPEST,
    Branch,
    Goal,
    Leaf,
    TooDeepPatternError,
    goal_of,
    is_single,
    only_node,
    variable_of,
)
from archlint.patterns.matchers import Pattern
from archlint.patterns.rule import PatternText

_LONGEST = 10_000
_ERROR = 65_535


class BadPatternError(ValueError):
    """A pattern that cannot be what was meant. ``key`` says which part of it is at fault."""

    def __init__(self, message: str, key: str = "context") -> None:
        super().__init__(message)
        self.key = key


class Grammar(msgspec.Struct, frozen=True, dict=True):
    """A language that patterns are written in, with its parser."""

    dialect: Dialect
    language: Language
    parse: Callable[[bytes], Tree]
    kills: Callable[[bytes], bool] | None = None
    """Whether the parser may die of a text: rules are read where nothing contains a crash."""

    @property
    def name(self) -> str:
        """As rules call it."""
        return self.dialect.grammar

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        names = (
            self.language.field_name_for_id(number) for number in range(1, self.language.field_count + 1)
        )
        return tuple(name for name in names if name)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The names of its named kinds that trees show."""
        language = self.language
        numbers = (
            number
            for number in range(language.node_kind_count)
            if language.node_kind_is_named(number) and language.node_kind_is_visible(number)
        )
        return frozenset(filter(None, map(language.node_kind_for_id, numbers)))


def nearest_name(name: str, names: Iterable[str]) -> str:
    """A hint at the name that may have been meant, or ''."""
    close = get_close_matches(name, sorted(names), n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def kinds_of(kind: str, grammar: Grammar) -> frozenset[int]:
    """The numbers of a kind of nodes. Raises BadPatternError for one that no tree has."""
    number = grammar.language.id_for_node_kind(kind, True)  # noqa: FBT003 -- the library's signature
    if kind == "ERROR":
        return frozenset({_ERROR})
    if not number:
        raise BadPatternError(
            f'{grammar.name} has no kind of node "{kind}"{nearest_name(kind, grammar.kinds)}'
        )
    return frozenset({number})


def pattern_of(written: PatternText, grammar: Grammar) -> Pattern:
    """The pattern, ready to be tried. Raises BadPatternError."""
    if len(written.context) > _LONGEST:
        raise BadPatternError(f"a pattern is at most {_LONGEST:,} characters long")
    text = grammar.dialect.written(written.context).encode()
    if grammar.kills and grammar.kills(text):
        raise BadPatternError("the pattern may nest too deep to be parsed: it has too many keys and items")
    root = grammar.parse(text).root_node
    if not root.child_count:
        raise BadPatternError("the pattern is empty")
    node = only_node(root) if written.selector is None else _selected(root, written.selector, grammar)
    _refuse_errors(root, root if written.selector is None else node, grammar)
    if written.selector is None:
        _refuse_others(root, node, grammar)
    goal = _goal(node, grammar)
    strictness = written.strictness or "smart"
    kind = node.kind_id if written.selector is not None else None
    return Pattern(goal, _kinds(goal, kind, strictness), strictness, kind)


def _goal(node: Node, grammar: Grammar) -> Goal:
    try:
        return goal_of(node, grammar.dialect)
    except TooDeepPatternError:
        raise BadPatternError(f"the pattern is nested deeper than {DEEPEST}") from None


def _kinds(goal: Goal, selected: int | None, strictness: str) -> frozenset[int] | None:
    if strictness == "template" and selected is None:
        return None
    if isinstance(goal, Leaf | Branch):
        return frozenset({goal.kind})
    return None if selected is None else frozenset({selected})


def _selected(root: Node, selector: str, grammar: Grammar) -> Node:
    try:
        kinds = kinds_of(selector, grammar)
    except BadPatternError as error:
        raise BadPatternError(str(error), "selector") from None
    found = next((node for node in _all(root) if node.kind_id in kinds), None)
    if found is not None:
        return found
    held = ", ".join(sorted({node.type for node in _all(root) if node.is_named}))
    raise BadPatternError(f'the context holds no "{selector}"; it holds {held}', "selector")


def _all(root: Node) -> Iterator[Node]:
    """A node and all below it, each before its parts."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(node.children))


def _refuse_errors(root: Node, node: Node, grammar: Grammar) -> None:
    """A pattern with an error matches nothing, or anything; ast-grep tries it all the same.

    A metavariable that the grammar does not expect where it stands is one nevertheless: ``from $MODULE``.
    """
    fault = _fault(node, grammar)
    if fault is None:
        return
    if fault.is_missing:
        raise BadPatternError(f"this is not {grammar.name}: a {fault.type} is missing")
    text = (fault.text or b"").decode("utf-8", "replace")
    at = f' at "{text}"' if 0 < len(text) < root.end_byte - root.start_byte else ""
    hint = "write a whole statement or expression, or name a `context` and a `selector`"
    raise BadPatternError(f"this is not {grammar.name}{at}; {hint}")


def _fault(node: Node, grammar: Grammar) -> Node | None:
    pending = [node]
    while pending:
        node = pending.pop()
        if variable_of(node, grammar.dialect) is None:
            if node.is_error or _is_missing(node):
                return node
            pending.extend(reversed(node.children))
    return None


def _is_missing(node: Node) -> bool:
    """Whether the parser has put in what is not there; a semicolon is not missed."""
    return node.is_missing and node.type != ";"


def _refuse_others(root: Node, node: Node, grammar: Grammar) -> None:
    """Patterns that read as something else than they look like."""
    if not is_single(root):
        kinds = ", ".join(child.type for child in root.children)
        hint = "a pattern is one node: put braces around them, or use `any`, `precedes` and `follows`"
        raise BadPatternError(f"these are {root.child_count} nodes of {grammar.name} ({kinds}); {hint}")
    if node.type == "labeled_statement" and node.named_children[-1].type == "expression_statement":
        hint = "for a property write the context `({ … })` and the selector `pair`"
        raise BadPatternError(f"this reads as a label before a statement, not as a property; {hint}")
    parts = node.named_children if node.type == "statement_block" else []
    if len(parts) == 1 and [part.type for part in parts[0].children] == ["sequence_expression"]:
        hint = "for an object write the context `({ … })` and the selector `object`"
        raise BadPatternError(f"this reads as a block of statements, not as an object; {hint}")
