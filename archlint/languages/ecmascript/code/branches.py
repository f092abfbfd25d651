"""Where in the flow of a script something stands: the functions, ways of conditions and loops around it."""

from tree_sitter import Node

from archlint.code import Branch, Turn
from archlint.languages.ecmascript.names import FUNCTIONS
from archlint.languages.ecmascript.paths import Path, is_field, parts_of
from archlint.position import LineIndex

_LOOPS = frozenset({"for_in_statement", "for_statement", "while_statement"})
_SHORT = frozenset({"&&", "||", "??", "&&=", "||=", "??="})
_EXITS = frozenset({"break_statement", "continue_statement", "return_statement", "throw_statement"})
_LEAVES = frozenset({"return_statement", "throw_statement"})
_BOTH = 3


class Branches:
    """Tells the turns to any node of a script."""

    def __init__(self, lines: LineIndex) -> None:
        self._lines = lines
        self._turns: dict[int, tuple[Turn, ...]] = {}

    def of(self, path: Path) -> Branch:
        """The turns to the end of the path; a function's own is among them."""
        found: list[Turn] = []
        for index in range(1, len(path)):
            node = path[index]
            if node.id not in self._turns:
                self._turns[node.id] = self._turn(path[index - 1], node)
            found.extend(self._turns[node.id])
        return tuple(found)

    def _turn(self, parent: Node, child: Node) -> tuple[Turn, ...]:
        turns = []
        way = _way(parent, child)
        if way is not None:
            turns.append((*self._place(parent), *way))
        if child.type in FUNCTIONS:
            turns.append((*self._place(child), 0, 0))
        return tuple(turns)

    def _place(self, node: Node) -> tuple[int, int]:
        span = self._lines.span(node.start_byte, node.start_byte)
        return span.line, span.column


def _way(parent: Node, child: Node) -> tuple[int, int] | None:
    """Which of the ways through ``parent`` the child is in, and as bits those that lead on; None if in all."""
    if parent.type == "if_statement":
        return _if(parent, child)
    if parent.type == "ternary_expression":
        ways = {"consequence": 0, "alternative": 1}
        return next(((way, _BOTH) for field, way in ways.items() if is_field(parent, field, child)), None)
    if parent.type == "switch_body" and child.type in ("switch_case", "switch_default"):
        return _case(parent, child)
    if parent.type == "try_statement":
        return _try(parent, child)
    if parent.type in _LOOPS:
        return (0, 0) if is_field(parent, "body", child) else None
    operator = parent.child_by_field_name("operator") if parent.type in _OPERATIONS else None
    is_skipped = operator is not None and operator.type in _SHORT and is_field(parent, "right", child)
    is_default = parent.type.endswith("assignment_pattern") and is_field(parent, "right", child)
    return (0, 0) if is_skipped or is_default else None


_OPERATIONS = frozenset({"binary_expression", "augmented_assignment_expression"})


def _if(parent: Node, child: Node) -> tuple[int, int] | None:
    consequence, alternative = (
        parent.child_by_field_name("consequence"),
        parent.child_by_field_name("alternative"),
    )
    if child not in (consequence, alternative):
        return None
    ways = [consequence, alternative]
    bits = sum(1 << way for way, node in enumerate(ways) if node is not None and not leaves(node))
    return ways.index(child), bits if alternative is not None else 0


def _case(parent: Node, child: Node) -> tuple[int, int]:
    cases = [each for each in parent.named_children if each.type in ("switch_case", "switch_default")]
    # A case without a body is that of the next.
    number = [0]
    for case in cases:
        number.append(number[-1] + (case.child_by_field_name("body") is not None))
    is_whole = any(case.type == "switch_default" for case in cases)
    bits = {1 << number[at] for at, case in enumerate(cases) if not leaves(case, _LEAVES)}
    return number[cases.index(child)], sum(bits) if is_whole else 0


def _try(parent: Node, child: Node) -> tuple[int, int] | None:
    handler = parent.child_by_field_name("handler")
    if is_field(parent, "body", child):
        return 0, 1 if handler is None or leaves(handler) else _BOTH
    return (1, _BOTH) if child == handler else None


def leaves(node: Node, exits: frozenset[str] = _EXITS) -> bool:
    """Whether what comes after the statement is never reached from within it."""
    while True:
        if node.type in exits:
            return True
        if node.type == "if_statement":
            ways = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
            return all(way is not None and leaves(way, exits) for way in ways)
        if node.type not in (
            "statement_block",
            "else_clause",
            "catch_clause",
            "switch_case",
            "switch_default",
        ):
            return False
        inner = parts_of(node)
        if not inner:
            return False
        node = inner[-1]
