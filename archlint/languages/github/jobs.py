"""The jobs of a workflow: what they wait for, may do, and are multiplied by."""

from archlint.languages.documents import Node, Path
from archlint.languages.github.steps import Defaults, steps
from archlint.languages.github.values import Values
from archlint.pipelines import Matrix, Permissions, WorkflowJob

_Pairs = tuple[tuple[str, str], ...]
_UNKNOWN = "${{"  # an expression in a matrix is known at run time only


def job(values: Values, node: Node) -> WorkflowJob:
    """The job at a node."""
    path = node.path
    return WorkflowJob(
        id=path[-1],
        span=values.key_span(node),
        name=values.text((*path, "name")),
        needs=tuple(need.text for need in values.texts((*path, "needs")) if need.text),
        condition=values.located((*path, "if")),
        continue_on_error=values.unless_false((*path, "continue-on-error")),
        steps=steps(values, (*path, "steps"), defaults(values, path)),
        uses=values.located((*path, "uses")),
        inputs=values.named((*path, "with")),
        env=values.named((*path, "env")),
        matrix=_matrix(values, (*path, "strategy", "matrix")),
        permissions=permissions(values, (*path, "permissions")),
    )


def defaults(values: Values, path: Path) -> Defaults:
    """What holds for the steps of the job at ``path`` that say nothing else."""
    shell, folder = (
        values.text((*path, "defaults", "run", key)) or values.text(("defaults", "run", key))
        for key in ("shell", "working-directory")
    )
    runners = (*values.texts((*path, "runs-on")), *values.texts((*path, "runs-on", "labels")))
    is_windows = any(runner.text.lower().startswith("windows") for runner in runners)
    return Defaults(shell or ("pwsh" if is_windows else ""), folder)


def permissions(values: Values, path: Path) -> Permissions | None:
    """The permissions at ``path``; None where none are stated."""
    node = values.get(path)
    if node is None or node.type == "null":
        return None
    return Permissions(values.key_span(node), values.text(path), values.named(path))


def _matrix(values: Values, path: Path) -> Matrix:
    axes = [
        (node.path[-1], tuple(_pairs(values, value, node.path[-1]) for value in values.children(node.path)))
        for node in values.children(path)
        if node.type == "sequence" and node.path[-1] not in ("include", "exclude")
    ]
    return Matrix(
        axes=tuple(axes),
        include=_cases(values, (*path, "include")),
        exclude=_cases(values, (*path, "exclude")),
    )


def _cases(values: Values, path: Path) -> tuple[_Pairs, ...]:
    return tuple(
        tuple(pair for key in values.children(case.path) for pair in _pairs(values, key, key.path[-1]))
        for case in values.children(path)
    )


def _pairs(values: Values, node: Node, name: str) -> _Pairs:
    """A value of a matrix by key. Of a mapping, each scalar by its path."""
    if node.type != "mapping":
        return () if _UNKNOWN in node.content.text else ((name, node.content.text),)
    return tuple(
        (f"{name}.{key}", scalar.text)
        for key, scalar in values.named(node.path)
        if _UNKNOWN not in scalar.text
    )
