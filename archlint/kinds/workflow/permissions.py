"""What a workflow's token may do at most."""

from collections.abc import Iterator, Mapping

from archlint.kinds.workflow.options import Level
from archlint.kinds.workflow.told import hit
from archlint.model import Hit, Place
from archlint.pipelines import Permissions, Workflow

_RANK: Mapping[str, int] = {"none": 0, "read": 1, "write": 2}
_EVERY: Mapping[str, Level] = {"read-all": "read", "write-all": "write"}


def check_permissions(allowed: Mapping[str, Level], path: str, workflow: Workflow) -> Iterator[Hit]:
    """A hit for each permission that goes too far, and one where the default of the repository holds."""
    if workflow.permissions is not None:
        yield from _check(allowed, path, workflow.permissions)
    for job in workflow.jobs:
        if job.permissions is not None:
            yield from _check(allowed, path, job.permissions)
        elif workflow.permissions is None:
            text = f"job `{job.id}` has no `permissions`, so it has the repository's default, which may be to write"
            yield hit(Place(path, job.span), text, f"permissions of {job.id}")


def _check(allowed: Mapping[str, Level], path: str, stated: Permissions) -> Iterator[Hit]:
    others = allowed.get("*", "none")
    every = _EVERY.get(stated.every)
    if every is not None and _RANK[every] > _RANK[others]:
        text = f"`permissions: {stated.every}` is more than {_told(allowed)}"
        yield hit(Place(path, stated.span), text, f"permissions {stated.every}")
    for scope, level in stated.granted:
        if _RANK.get(level.text, 0) > _RANK[allowed.get(scope, others)]:
            text = f"`{scope}: {level.text}` is more than {_told(allowed)}"
            yield hit(Place(path, level.span), text, f"permission {scope} {level.text}")


def _told(allowed: Mapping[str, Level]) -> str:
    return (
        f"`{', '.join(f'{scope}: {level}' for scope, level in allowed.items())}`"
        if allowed
        else "none at all"
    )
