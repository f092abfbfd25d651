"""The options of kind ``workflow``."""

from typing import Literal

import msgspec

from archlint.kinds.several import OneOrMany, as_tuple

# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onpushpull_requestpull_request_targetpathspaths-ignore
EVENTS_WITH_PATHS = ("pull_request", "pull_request_target", "push")

SELECTORS = ("files", "gates.in", *(f"triggers.{event}.paths-cover" for event in EVENTS_WITH_PATHS))
"""The options that hold globs and zones."""

Level = Literal["none", "read", "write"]


class Steps(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Steps that use an action or a workflow, or run a command; any one of what is said."""

    uses: OneOrMany = ()
    """Globs over what a step or job uses: ``*deploy*``."""
    given: dict[str, OneOrMany] = msgspec.field(default_factory=dict, name="with")
    """Globs over the inputs of what is used; an input that is not given is ''."""
    command: OneOrMany = ()
    """A command; any one of several."""
    ignores: OneOrMany = ()
    """Commands that are not meant, although they fit: ``wrangler deploy --dry-run``."""

    @property
    def told(self) -> str:
        """The first thing it names."""
        return (*as_tuple(self.uses), *as_tuple(self.command), "")[0]


class RequiredTrigger(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What the filters of an event must let through."""

    branches: tuple[str, ...] = ()
    """Branches by name."""
    types: tuple[str, ...] = ()
    """Activities: ``opened``, ``labeled`` …"""
    paths_cover: tuple[str, ...] = ()
    """Globs and zones; a change to any one file of them must start the workflow."""


class RequiredRun(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A command that every workflow must run."""

    command: OneOrMany
    """The program and the arguments it needs; words are globs, more arguments are fine. Any one of several."""
    exact: bool = False
    """Whether it may have no arguments but those that are asked for."""
    own_step: bool = False
    """Whether no other command of ``runs`` may share its step."""
    blocking: bool = False
    """Whether its failure must fail the workflow, and nothing may skip it."""
    after: OneOrMany = ()
    """A command that must have run before it."""
    before: Steps | None = None
    """What may only run after it."""
    job: str = ""
    """A glob over the id or name of the job that must run it."""

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands of which one is enough."""
        return as_tuple(self.command)


class RequiredUpload(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Files that every workflow must keep with ``actions/upload-artifact``."""

    path: OneOrMany
    """A glob that a step's ``path`` must cover; any one of several."""
    always: bool = False
    """Whether they must be kept after a failure too."""
    after: OneOrMany = ()
    """A command that must have run before they are kept."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The globs of which one is enough."""
        return as_tuple(self.path)


class Gates(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Package scripts, and what must hold of each."""

    scripts: OneOrMany
    """Globs over the names of scripts: ``test:*``."""
    running: tuple[str, ...] = ()
    """Globs over files; only scripts that run one of them, in whatever way."""
    wired: bool = True
    """Whether some workflow must run each of them, in whatever way."""
    exist: bool = False
    """Whether each name that is no glob must be a script of one of the packages."""
    resolve: bool = False
    """Whether each must lead to a file that is there, and to nothing that is not."""
    within: tuple[str, ...] = msgspec.field(default=("**/package.json",), name="in")
    """The packages: globs and zones over ``package.json`` files."""
    ignores: tuple[str, ...] = ()
    """Globs over the names of scripts that nobody need run."""


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What each of the workflows must do. Commands are what a shell would execute, never text."""

    files: tuple[str, ...] = ()
    """The workflows: globs and zones, each of which must match something."""
    which: Steps | None = None
    """Only those of them that have such a step."""
    match: Literal["each", "any"] = "each"
    """Whether each of them must keep the rule, or one of them."""
    triggers: dict[str, RequiredTrigger] = {}
    """Events that must start them."""
    runs: tuple[RequiredRun, ...] = ()
    """Commands they must run."""
    uploads: tuple[RequiredUpload, ...] = ()
    """Files they must keep."""
    permissions: dict[str, Level] | None = None
    """The most that their tokens may do, by scope; ``*`` for every other scope. What is not listed is ``none``."""
    gates: Gates | None = None
    """Package scripts that they must run between them."""

    @property
    def asks_of_each(self) -> bool:
        """Whether anything is asked of a single workflow."""
        return bool(self.triggers or self.runs or self.uploads or self.permissions is not None)

    @property
    def asks_of_workflows(self) -> bool:
        """Whether anything is asked of workflows at all; gates may be asked about alone."""
        return self.asks_of_each or self.gates is None or self.gates.wired
