"""Events that must start a workflow, and what their filters must let through."""

from collections.abc import Iterator

from archlint.kinds.workflow.filters import lets_through
from archlint.kinds.workflow.options import RequiredTrigger
from archlint.kinds.workflow.told import hit, some_of
from archlint.model import Hit, Place
from archlint.pipelines import Filter, Trigger, Workflow
from archlint.project import Project

# https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
_TYPES = ("opened", "synchronize", "reopened")
_BRANCHES = frozenset({"branches", "branches-ignore"})
_TAGS = frozenset({"tags", "tags-ignore"})


def check_triggers(
    required: dict[str, RequiredTrigger], path: str, workflow: Workflow, project: Project
) -> Iterator[Hit]:
    """A hit for each event that does not start the workflow, and for each filter that keeps too much out."""
    trigger_of = {trigger.event: trigger for trigger in workflow.triggers}
    for event, wanted in required.items():
        trigger = trigger_of.get(event)
        if trigger is None:
            text = f"`{event}` does not start this workflow"
            yield hit(Place(path, workflow.triggers_span), text, f"trigger {event}", event=event)
        else:
            yield from _check_branches(wanted, path, trigger)
            yield from _check_types(wanted, path, trigger)
            yield from _check_paths(wanted, path, trigger, project)


def _check_branches(wanted: RequiredTrigger, path: str, trigger: Trigger) -> Iterator[Hit]:
    names = {filter_.name for filter_ in trigger.filters}
    only_tags = trigger.event == "push" and names & _TAGS and not names & _BRANCHES
    for branch in wanted.branches:
        keeping = lets_through(trigger.filters, "branches", branch)
        if only_tags:
            text = f"a push to branch '{branch}' does not start this workflow: it has filters for tags only"
            yield hit(Place(path, trigger.span), text, f"branch {branch}", event=trigger.event)
        elif keeping is not None:
            text = f"`{_shown(keeping)}` keeps branch '{branch}' out of `{trigger.event}`"
            yield hit(Place(path, keeping.span), text, f"branch {branch}", event=trigger.event)


def _check_types(wanted: RequiredTrigger, path: str, trigger: Trigger) -> Iterator[Hit]:
    stated = next((filter_ for filter_ in trigger.filters if filter_.name == "types"), None)
    types = tuple(pattern.text for pattern in stated.patterns) if stated else _TYPES
    is_limited = stated is not None or trigger.event.startswith("pull_request")
    for missing in (type_ for type_ in wanted.types if is_limited and type_ not in types):
        text = f"`{trigger.event}` does not start this workflow when it is '{missing}'"
        span = stated.span if stated else trigger.span
        yield hit(Place(path, span), text, f"type {missing}", event=trigger.event)


def _check_paths(wanted: RequiredTrigger, path: str, trigger: Trigger, project: Project) -> Iterator[Hit]:
    covered = sorted({each for selector in wanted.paths_cover for each in project.selected(selector)})
    kept_out: dict[Filter, list[str]] = {}
    for file in covered:
        keeping = lets_through(trigger.filters, "paths", file)
        if keeping is not None:
            kept_out.setdefault(keeping, []).append(file)
    for keeping, files in kept_out.items():
        text = f"`{keeping.name}` keeps out {some_of(files)}: a change there does not start this workflow"
        yield hit(
            Place(path, keeping.span), text, f"paths of {trigger.event}", event=trigger.event, path=files[0]
        )


def _shown(filter_: Filter) -> str:
    shown = ", ".join(pattern.text for pattern in filter_.patterns[:3])
    return f"{filter_.name}: [{shown}{', …' if len(filter_.patterns) > 3 else ''}]"  # noqa: PLR2004 -- as above
