"""Files that a workflow must keep."""

from collections.abc import Iterator

from archlint.kinds.several import as_tuple
from archlint.kinds.workflow.commands import is_any
from archlint.kinds.workflow.flaws import expression
from archlint.kinds.workflow.options import RequiredUpload
from archlint.kinds.workflow.order import Order, order
from archlint.kinds.workflow.told import hit
from archlint.model import Hit, Place
from archlint.pipelines import Workflow
from archlint.project.execution import Execution, Resolved
from archlint.scope import BadGlobError, matching

_UPLOAD = "actions/upload-artifact@"
_AFTER_FAILURE = frozenset({"always()", "!cancelled()", "success()||failure()", "failure()||success()"})


def check_uploads(
    uploads: tuple[RequiredUpload, ...], path: str, workflow: Workflow, resolved: Resolved
) -> Iterator[Hit]:
    """A hit for each upload that is missing, comes too early, or is left out after a failure."""
    for upload in uploads:
        named = upload.paths[0] if upload.paths else ""
        keeping = [each for each in resolved.executions if any(_keeps(each, path) for path in upload.paths)]
        if not keeping:
            wanted = " or ".join(f"'{path}'" for path in upload.paths)
            text = f"no `{_UPLOAD.rstrip('@')}` step keeps {wanted}"
            place = Place(path, workflow.jobs_span)
            yield hit(place, text, f"upload {named} absent", path=named)
            continue
        if upload.always and not any(map(_runs_after_failure, keeping)):
            text = f"'{named}' is not kept after a failure; the step needs `if: always()`"
            place = keeping[0].place
            yield hit(place, text, f"upload {named} not always", path=named, flow=keeping[0].flow)
        yield from _check_order(upload, keeping, resolved)


def _check_order(upload: RequiredUpload, keeping: list[Execution], resolved: Resolved) -> Iterator[Hit]:
    commands = as_tuple(upload.after)
    earlier = [each for each in resolved.executions if commands and is_any(each, commands)]
    in_order = any(order(each, kept) is Order.BEFORE for each in earlier for kept in keeping)
    if commands and not in_order:
        wanted = " or ".join(f"`{command}`" for command in commands)
        named = upload.paths[0]
        text = f"'{named}' is kept before {wanted} has run, or nothing says that it is not"
        yield hit(keeping[0].place, text, f"upload {named} too early", path=named)


def _keeps(execution: Execution, path: str) -> bool:
    if not execution.uses.startswith(_UPLOAD):
        return False
    lines = (line for name, value in execution.inputs if name == "path" for line in value.splitlines())
    return any(_covers(_plain(line), _plain(path)) for line in lines)


def _plain(glob: str) -> str:
    text = glob.strip().removeprefix("${{ github.workspace }}/").lstrip("/")
    return text.removeprefix("./").rstrip("/")


def _covers(uploaded: str, path: str) -> bool:
    """Whether what a step uploads has to do with ``path``: the same, a folder around it, more or part of it."""
    return uploaded in (path, ".", "**") or _means(uploaded, path) or _means(path, uploaded)


def _means(glob: str, path: str) -> bool:
    try:
        return bool(matching(glob, (path,)))
    except BadGlobError:
        return False


def _runs_after_failure(execution: Execution) -> bool:
    """Whether every step on the way to it runs after failures too."""
    steps = [site.step for site in execution.sites if site.step]
    return all(step.condition is not None and expression(step.condition) in _AFTER_FAILURE for step in steps)
