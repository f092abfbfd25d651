"""What may differ between a pattern and code: https://ast-grep.github.io/guide/rule-config/atomic-rule.html#strictness."""

from enum import Enum, auto

from tree_sitter import Node

from archlint.patterns.goal import Goal, Leaf
from archlint.patterns.rule import Strictness
from archlint.patterns.variables import Variable

_EXACT = frozenset({"cst", "ast"})
_SYNTAX_ALONE = frozenset({"ast", "relaxed", "signature"})


class Verdict(Enum):
    """What becomes of a part of a pattern and a node beside each other."""

    SAME = auto()
    SKIP_BOTH = auto()
    SKIP_GOAL = auto()
    SKIP_NODE = auto()
    OTHER = auto()


_VERDICT = {
    (True, True): Verdict.SKIP_BOTH,
    (True, False): Verdict.SKIP_GOAL,
    (False, True): Verdict.SKIP_NODE,
    (False, False): Verdict.OTHER,
}


def compared(strictness: Strictness, leaf: Leaf, node: Node, text: str | None) -> Verdict:
    """What a leaf and a node with that text are to each other; None for a text that is another for sure."""
    is_kind, is_text = leaf.kind == node.kind_id, leaf.text == text
    if may_pass(strictness, node):
        return Verdict.SAME if is_kind and is_text else Verdict.SKIP_NODE
    # A token's text is its kind; grammars give some of them wrong places (tree-sitter-typescript, issue 306).
    is_same = is_kind and (not leaf.is_named or is_text or strictness == "signature")
    if is_same or (strictness == "template" and is_text):
        return Verdict.SAME
    may_skip_goal = strictness in _SYNTAX_ALONE and not leaf.is_named
    return _VERDICT[may_skip_goal, strictness != "cst" and not node.is_named]


def may_pass(strictness: Strictness, node: Node) -> bool:
    """Whether it is a comment, or what the parser skipped: nothing but the same in a pattern can be that."""
    return strictness not in _EXACT and node.is_extra


def may_trail(strictness: Strictness, node: Node) -> bool:
    """Whether a node may follow the last that a pattern speaks of."""
    if strictness in _SYNTAX_ALONE:
        return not node.is_named or may_pass(strictness, node)
    return strictness == "smart" or (strictness == "template" and may_pass(strictness, node))


def may_lack(strictness: Strictness, goal: Goal) -> bool:
    """Whether the rest of a pattern may have no node."""
    if strictness == "cst":
        return False
    if isinstance(goal, Variable):
        return goal.is_many or (strictness in _SYNTAX_ALONE and not goal.is_named)
    return strictness in _SYNTAX_ALONE and isinstance(goal, Leaf) and not goal.is_named
