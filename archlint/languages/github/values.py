"""The values of a file by their paths."""

from collections import defaultdict

from archlint.languages.documents import Node, Path, span_of
from archlint.model import Problem, Span
from archlint.pipelines import Located, Named
from archlint.source import Source


class Values:
    """The values of a file; of two at the same path, the first."""

    def __init__(self, source: Source, nodes: tuple[Node, ...]) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self._by_path: dict[Path, Node] = {}
        self._children: defaultdict[Path, list[Node]] = defaultdict(list)
        for node in nodes:
            if node.path not in self._by_path:
                self._by_path[node.path] = node
                if node.path:
                    self._children[node.path[:-1]].append(node)

    def get(self, path: Path) -> Node | None:
        """The value at ``path``."""
        return self._by_path.get(path)

    def children(self, path: Path) -> list[Node]:
        """The values of the mapping or sequence at ``path``."""
        return self._children.get(path, [])

    def text(self, path: Path) -> str:
        """The scalar at ``path``, or ''."""
        node = self._by_path.get(path)
        return node.content.text if node else ""

    def texts(self, path: Path) -> tuple[Located, ...]:
        """The scalars at ``path``, which may be one or a sequence."""
        one = self.located(path)
        found = [self.located(node.path) for node in self.children(path)]
        return (one,) if one else tuple(each for each in found if each is not None)

    def located(self, path: Path) -> Located | None:
        """The scalar at ``path`` with its place."""
        node = self._by_path.get(path)
        if node is None or node.type in ("mapping", "sequence", "null"):
            return None
        return Located(node.content.text, span_of(self.source, node))

    def named(self, path: Path) -> tuple[Named, ...]:
        """The scalars of the mapping at ``path``, by key."""
        found = ((node.path[-1], self.located(node.path)) for node in self.children(path))
        return tuple((name, located) for name, located in found if located is not None)

    def unless_false(self, path: Path) -> Located | None:
        """The scalar at ``path`` if it can be true."""
        located = self.located(path)
        return None if located is None or located.text.strip().lower() == "false" else located

    def key_span(self, node: Node) -> Span:
        """The place of a value's key; its own if it has none."""
        return self.source.lines.span(*node.key) if node.key else span_of(self.source, node)
