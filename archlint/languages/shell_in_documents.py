"""Shell texts that documents hold: the ``run:`` of workflow steps, the scripts of packages. Their constants."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec.structs import replace

from archlint.facts import Demand, Facts, Occurrence
from archlint.languages.bash.constants import occurrences
from archlint.languages.bash.modes import mode_of
from archlint.languages.bash.words import masked
from archlint.languages.documents import Document, Node, depth_problem
from archlint.languages.ecmascript.paths import TooDeepError
from archlint.languages.github.jobs import defaults
from archlint.languages.github.values import Values
from archlint.languages.transcripts import Transcript
from archlint.languages.trees import parse
from archlint.languages.wanted import wanted
from archlint.model import Problem
from archlint.source import Source

_JOB_STEP = 5  # jobs / ID / steps / 0 / run
_ACTION_STEP = 4  # runs / steps / 0 / run
_SCRIPT = 2  # scripts / NAME


def with_shell(source: Source, demands: tuple[Demand, ...], document: Document, facts: Facts) -> Facts:
    """The facts of a document, with the constants of the shell texts in it, each where it is written."""
    asked = wanted(demands)
    if asked is None:
        return facts
    found: list[Occurrence] = []
    problems: list[Problem] = []
    for node in shell_texts(source, document.nodes):
        code = masked(node.content.text.encode("utf-8", "replace"))
        text = Transcript(source.path, code, source, node.content)
        try:
            found.extend(occurrences(text, parse("bash", code), asked))
        except TooDeepError as error:
            problems.append(depth_problem(text, (error.node.start_byte, error.node.end_byte)))
    if not (found or problems):
        return facts
    return replace(
        facts,
        occurrences=tuple(sorted((*facts.occurrences, *found), key=lambda occurrence: occurrence.span)),
        problems=(*facts.problems, *problems),
    )


def shell_texts(source: Source, nodes: tuple[Node, ...]) -> Iterator[Node]:
    """The values of a document that a shell reads: package scripts, steps of workflows and actions."""
    if PurePosixPath(source.path).name == "package.json":
        yield from (node for node in nodes if _is_script(node))
        return
    steps = [node for node in nodes if _is_run(node)]
    values = Values(source, nodes) if steps else None
    for node in steps:
        if values is not None and mode_of(_shell(values, node)) is not None:
            yield node


def _is_script(node: Node) -> bool:
    return node.type == "string" and len(node.path) == _SCRIPT and node.path[0] == "scripts"


def _is_run(node: Node) -> bool:
    path = node.path
    if node.type != "string" or path[-1:] != ("run",):
        return False
    in_job = len(path) == _JOB_STEP and path[0] == "jobs" and path[2] == "steps"
    return in_job or (len(path) == _ACTION_STEP and path[:2] == ("runs", "steps"))


def _shell(values: Values, node: Node) -> str:
    own = values.text((*node.path[:-1], "shell"))
    return own or (defaults(values, node.path[:2]).shell if node.path[0] == "jobs" else "")
