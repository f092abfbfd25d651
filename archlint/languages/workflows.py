"""GitHub workflows: the jobs, steps and commands that a YAML file states."""

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate

from archlint.facts import Command, Located, Workflow, WorkflowJob, WorkflowStep
from archlint.languages.bash.modes import mode_of
from archlint.languages.decoded import Decoded, Region
from archlint.languages.documents import Node, Path, span_of, syntax_problem
from archlint.languages.shell import script
from archlint.model import Problem
from archlint.source import Source


def workflow(source: Source, nodes: tuple[Node, ...]) -> tuple[Workflow | None, tuple[Problem, ...]]:
    """The workflow that the values of a file are, and its shell texts that were not understood.

    None if there is no mapping ``jobs``.
    """
    document = _Document(source, nodes)
    jobs = document.get(("jobs",))
    if jobs is None or jobs.type != "mapping" or jobs.key is None:
        return None, ()
    found = Workflow(
        jobs_span=source.lines.span(*jobs.key),
        name=document.text(("name",)),
        jobs=tuple(_job(document, job) for job in document.children(jobs.path)),
    )
    return found, tuple(document.problems)


class _Document:
    """The values of a file by their paths; of two at the same path, the first."""

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

    def located(self, path: Path) -> Located | None:
        """The scalar at ``path`` with its place."""
        node = self._by_path.get(path)
        if node is None or node.type in ("mapping", "sequence", "null"):
            return None
        return Located(node.content.text, span_of(self.source, node))

    def unless_false(self, path: Path) -> Located | None:
        """The scalar at ``path`` if it can be true."""
        located = self.located(path)
        return None if located is None or located.text.strip().lower() == "false" else located


def _job(document: _Document, job: Node) -> WorkflowJob:
    path = job.path
    needs = [
        document.text((*path, "needs")),
        *(node.content.text for node in document.children((*path, "needs"))),
    ]
    shell = document.text((*path, "defaults", "run", "shell")) or document.text(("defaults", "run", "shell"))
    return WorkflowJob(
        id=path[-1],
        span=document.source.lines.span(*job.key) if job.key else span_of(document.source, job),
        needs=tuple(need for need in needs if need),
        condition=document.located((*path, "if")),
        continue_on_error=document.unless_false((*path, "continue-on-error")),
        steps=tuple(
            _step(document, index, step, shell)
            for index, step in enumerate(document.children((*path, "steps")))
        ),
    )


def _step(document: _Document, index: int, step: Node, default_shell: str) -> WorkflowStep:
    path = step.path
    shell = document.text((*path, "shell")) or default_shell
    inputs = [(node.path[-1], document.located(node.path)) for node in document.children((*path, "with"))]
    return WorkflowStep(
        index=index,
        span=span_of(document.source, step),
        name=document.text((*path, "name")),
        uses=document.located((*path, "uses")),
        run=document.located((*path, "run")),
        shell=shell,
        commands=_commands(document, document.get((*path, "run")), shell),
        condition=document.located((*path, "if")),
        continue_on_error=document.unless_false((*path, "continue-on-error")),
        inputs=tuple((name, located) for name, located in inputs if located is not None),
    )


def _commands(document: _Document, run: Node | None, shell: str) -> tuple[Command, ...]:
    mode = mode_of(shell)
    if run is None or mode is None:
        return ()
    text = _Text(run.content)
    read = script(run.content.text.encode(), mode)
    if read.error:
        message = "shell text that was not understood; commands in it may have been missed"
        document.problems.append(syntax_problem(document.source, text.region(*read.error), message))
    return tuple(
        Command(
            command.words,
            document.source.lines.span(*text.region(command.start, command.end)),
            command.softened,
            command.conditional,
        )
        for command in read.commands
    )


class _Text:
    """A text that is read by the bytes of its UTF-8, and where those stand in the file."""

    def __init__(self, content: Decoded) -> None:
        self._content = content
        self._starts = [*accumulate((len(character.encode()) for character in content.text), initial=0)]

    def region(self, start: int, end: int) -> Region:
        """The bytes in the file; of an empty stretch, those of the whole text."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first == last:
            return self._content.start, self._content.end
        return self._content.place(first, last)
