"""The scripts of a ``package.json``, each as the commands that its text executes."""

from pathlib import PurePosixPath

from archlint.languages.bash.modes import Mode
from archlint.languages.documents import Document, Node
from archlint.languages.located import commands_in
from archlint.model import WHOLE_FILE, Problem
from archlint.pipelines import Script, Scripts
from archlint.source import Source

_SH_C = Mode(errexit_off=";")
"""``sh -c``: after a ``;``, what came before may have failed."""


def package_scripts(source: Source, document: Document) -> tuple[Scripts | None, tuple[Problem, ...]]:
    """The scripts, and what of their texts was not understood; None for a file of another name."""
    if PurePosixPath(source.path).name != "package.json":
        return None, ()
    problems: list[Problem] = []
    names = (node.content.text for node in document.nodes if node.path == ("name",))
    texts = [node for node in document.nodes if node.path[:1] == ("scripts",) and _is_text(node)]
    last = {node.path: node for node in texts}  # of two with the same name, the later counts
    scripts = tuple(_script(source, node, problems) for node in last.values())
    keys = (node.key for node in document.nodes if node.path == ("scripts",) and node.key)
    key = next(keys, None)
    found = Scripts(
        package=next(names, ""),
        scripts=scripts,
        is_whole=not document.problems,
        span=source.lines.span(*key) if key else WHOLE_FILE,
    )
    return found, tuple(problems)


def _is_text(node: Node) -> bool:
    return len(node.path) == 2 and node.type == "string"  # noqa: PLR2004 -- `scripts` and the name


def _script(source: Source, node: Node, problems: list[Problem]) -> Script:
    commands, unread = commands_in(source, node.content, _SH_C)
    problems.extend(unread)
    key = node.key or (node.content.start, node.content.end)
    return Script(node.path[-1], source.lines.span(*key), commands)
