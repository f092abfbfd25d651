"""Where something runs and what is known there: its folder in the repository, and what names stand for."""

import posixpath
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from archlint.pipelines import Named, WorkflowJob
from archlint.project.words import ROOT, Context, filled

_CHECKOUT = "actions/checkout@"


class Scene(msgspec.Struct, frozen=True):
    """The circumstances of a command."""

    folder: str | None = ""
    """Where it runs, from the root of what was checked out; None if nobody can tell."""
    context: Context = msgspec.field(default_factory=dict)

    def within(self, folder: str | None) -> "Scene":
        """The same in another folder, given as a template."""
        return replace(
            self, folder=joined(self.folder, None if folder is None else filled(folder, self.context))
        )

    def knowing(self, more: Context) -> "Scene":
        """The same, with more known."""
        return replace(self, context={**self.context, **more}) if more else self

    def with_env(self, env: Iterable[Named]) -> "Scene":
        """The same, with environment variables as they are stated."""
        return self.knowing({f"env.{name}": filled(value.text, self.context) for name, value in env})


def joined(folder: str | None, path: str | None) -> str | None:
    """The path that ``path`` means in ``folder``, from the root; None outside of it, or if nobody can tell."""
    if path is not None and path.startswith(ROOT):
        folder, path = "", path.lstrip("/")
    if folder is None or path is None or path.startswith(("/", "~")):
        return None
    plain = posixpath.normpath(posixpath.join(folder, path)) if folder or path else ""
    return None if plain == ".." or plain.startswith("../") else "" if plain == "." else plain


def checkouts(job: WorkflowJob, context: Context) -> tuple[tuple[str | None, bool], ...]:
    """The folders that a job checks something out to, and whether it is this repository."""
    found: list[tuple[str | None, bool]] = []
    for step in job.steps:
        if step.uses and step.uses.text.startswith(_CHECKOUT):
            inputs = dict(step.inputs)
            path = filled(inputs["path"].text, context) if "path" in inputs else ""
            found.append((joined("", path), "repository" not in inputs))
    return tuple(found)


def in_repository(folder: str | None, found: tuple[tuple[str | None, bool], ...]) -> str | None:
    """What a folder of the workspace is in the repository, given what was checked out where."""
    if folder is None:
        return None
    for path, is_own in sorted(found, key=lambda one: -len(one[0] or "")):
        if path and (folder == path or folder.startswith(f"{path}/")):
            return folder[len(path) + 1 :] if is_own else None
    has_root = not found or any(path == "" and is_own for path, is_own in found)
    return folder if has_root else None
