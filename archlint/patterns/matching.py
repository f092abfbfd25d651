"""Whether a node is what a pattern says. As deep as the pattern goes, never as deep as the code."""

from collections.abc import Sequence

import msgspec
from tree_sitter import Node

from archlint.patterns.goal import Goal, Leaf, is_many, is_trivial
from archlint.patterns.rule import Strictness
from archlint.patterns.scene import Bindings, Held, Scene
from archlint.patterns.strictness import Verdict, compared, may_lack, may_pass, may_trail
from archlint.patterns.variables import Variable

Outcome = tuple[Verdict, Bindings]


def matched(scene: Scene, goal: Goal, node: Node, bound: Bindings, strictness: Strictness) -> Bindings | None:
    """What metavariables stand for if the node is what the goal says; None if it is not."""
    if (
        isinstance(goal, Variable) and strictness == "smart"
    ):  # a comment too: there is no other node to go on to
        return _bind(scene, goal, node, bound)
    verdict, found = _one(scene, goal, node, bound, strictness)
    return found if verdict is Verdict.SAME else None


def _one(scene: Scene, goal: Goal, node: Node, bound: Bindings, strictness: Strictness) -> Outcome:
    scene.budget.spend()
    if isinstance(goal, Variable):
        if may_pass(strictness, node):
            return Verdict.SKIP_NODE, bound
        found = _bind(scene, goal, node, bound)
        return (Verdict.OTHER, bound) if found is None else (Verdict.SAME, found)
    if isinstance(goal, Leaf):
        needs_text = goal.is_named or strictness == "template"
        text = scene.text(node) if needs_text and _may_be(goal, node, strictness) else None
        return compared(strictness, goal, node, text), bound
    if strictness != "template" and goal.kind != node.kind_id:
        return Verdict.OTHER, bound
    found = _Row(scene, goal.parts, scene.children(node), strictness).match(bound)
    return (Verdict.OTHER, bound) if found is None else (Verdict.SAME, found)


def _may_be(leaf: Leaf, node: Node, strictness: Strictness) -> bool:
    """Whether the text of a node needs to be looked at: not of a whole class that is no identifier."""
    if strictness != "template" and leaf.kind != node.kind_id:
        return False
    return node.end_byte - node.start_byte == len(leaf.text.encode())


class _Row(msgspec.Struct):
    """The parts of a goal beside the parts of a node, up to which both are done."""

    scene: Scene
    goals: Sequence[Goal]
    nodes: Sequence[Node]
    strictness: Strictness
    goal: int = 0
    node: int = 0

    def match(self, bound: Bindings) -> Bindings | None:
        found: Bindings | None = bound if self.nodes else None
        while found is not None and self.goal < len(self.goals):
            found = self._many(found) if is_many(self.goals[self.goal]) else self._next(found)
        return found

    def _next(self, bound: Bindings) -> Bindings | None:
        found = self._single(bound)
        if self.goal < len(self.goals):
            self.goal += 1
            self.node += 1
        rest = self.nodes[self.node :]
        if self.goal < len(self.goals):
            return found if rest else None
        return found if all(may_trail(self.strictness, node) for node in rest) else None

    def _many(self, bound: Bindings) -> Bindings | None:
        """The nodes up to the one that is what follows ``$$$``; all that are left if nothing follows."""
        many = self.goals[self.goal]
        first, skipped = self.node, 0
        self.goal += 1
        while self.goal < len(self.goals) and is_trivial(self.goals[self.goal]):
            self.goal += 1
            skipped += 1
        if self.goal == len(self.goals):
            return self._keep(many, self.nodes[first:], skipped, bound)
        if is_many(self.goals[self.goal]):
            self.node += 1
            if self.node == len(self.nodes):
                return None
            return self._keep(many, self.nodes[first : self.node], skipped, bound)
        goal = self.goals[self.goal]
        while matched(self.scene, goal, self.nodes[self.node], bound, self.strictness) is None:
            self.node += 1
            if self.node == len(self.nodes):
                return None
        return self._keep(many, self.nodes[first : self.node], skipped, bound)

    def _keep(self, many: Goal, nodes: Sequence[Node], skipped: int, bound: Bindings) -> Bindings | None:
        assert isinstance(many, Variable)
        if not many.name:
            return bound
        kept = tuple(nodes[: max(len(nodes) - skipped, 0)])
        name = f"$$${many.name}"
        held = bound.get(name)
        if held is not None and not _is_same_row(self.scene, held, kept):
            return None
        return {**bound, name: kept}

    def _single(self, bound: Bindings) -> Bindings | None:
        """The next node that is what the next goal says, past what either may skip."""
        while self.goal < len(self.goals):
            if self.node >= len(self.nodes):
                while self.goal < len(self.goals) and may_lack(self.strictness, self.goals[self.goal]):
                    self.goal += 1
                return bound if self.goal == len(self.goals) else None
            verdict, found = _one(
                self.scene, self.goals[self.goal], self.nodes[self.node], bound, self.strictness
            )
            if verdict is Verdict.SAME:
                return found
            if verdict is Verdict.OTHER:
                return None
            self.goal += verdict in (Verdict.SKIP_GOAL, Verdict.SKIP_BOTH)
            self.node += verdict in (Verdict.SKIP_NODE, Verdict.SKIP_BOTH)
        return bound


def _bind(scene: Scene, variable: Variable, node: Node, bound: Bindings) -> Bindings | None:
    if variable.is_many:
        name, held = f"$$${variable.name}", (node,)
        return {**bound, name: held} if variable.name else bound
    if variable.is_named and not node.is_named:
        return None
    if not variable.name:
        return bound
    known = bound.get(variable.name)
    if known is None:
        return {**bound, variable.name: node}
    assert isinstance(known, Node)
    return {**bound, variable.name: node} if is_same_code(scene, known, node) else None


def _is_same_row(scene: Scene, held: Held, nodes: Sequence[Node]) -> bool:
    assert isinstance(held, tuple)
    one = [node for node in held if node.is_named]
    other = [node for node in nodes if node.is_named]
    return len(one) == len(other) and all(map(lambda a, b: is_same_code(scene, a, b), one, other))


def is_same_code(scene: Scene, one: Node, other: Node) -> bool:
    """Whether two nodes are the same code, white space aside."""
    pending = [(one, other)]
    while pending:
        one, other = pending.pop()
        scene.budget.spend()
        if one == other:
            continue
        if not one.named_child_count or not other.named_child_count:
            if scene.bytes_of(one) != scene.bytes_of(other):
                return False
            continue
        ones, others = scene.children(one), scene.children(other)
        if one.kind_id != other.kind_id or len(ones) != len(others):
            return False
        pending.extend(zip(ones, others, strict=True))
    return True
