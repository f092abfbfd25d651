"""What starts a workflow: the forms of ``on``."""

from archlint.languages.documents import Node, Path, span_of
from archlint.languages.github.values import Values
from archlint.pipelines import Filter, Located, Trigger

_FILTERS = (
    "branches", "branches-ignore", "paths", "paths-ignore", "tags", "tags-ignore", "types", "workflows",
)  # fmt: skip


def triggers(values: Values) -> tuple[Trigger, ...]:
    """The events of ``on: push``, ``on: [push]`` and ``on: { push: … }``."""
    on = values.get(("on",))
    if on is None:
        return ()
    if on.type == "mapping":
        return tuple(_trigger(values, node) for node in values.children(("on",)))
    return tuple(Trigger(event.text, event.span) for event in values.texts(("on",)))


def _trigger(values: Values, node: Node) -> Trigger:
    path = node.path
    found = [filter_ for name in _FILTERS if (filter_ := values.get((*path, name)))]
    return Trigger(
        event=path[-1],
        span=values.key_span(node),
        filters=tuple(
            Filter(each.path[-1], values.key_span(each), values.texts(each.path))
            for each in found
            if each.type != "null"
        ),
        defaults=defaults(values, (*path, "inputs")),
    )


def defaults(values: Values, path: Path) -> tuple[tuple[str, Located | None], ...]:
    """The inputs declared at ``path``; a boolean without a default is false, a text is empty."""
    return tuple((node.path[-1], _default(values, node)) for node in values.children(path))


def _default(values: Values, node: Node) -> Located | None:
    path = node.path
    stated = values.located((*path, "default"))
    if stated or values.text((*path, "required")) == "true" or values.get((*path, "default")):
        return stated
    text = "false" if values.text((*path, "type")) == "boolean" else ""
    return Located(text, span_of(values.source, node))
