"""The options of kind ``workflow``, and what types cannot say about them."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from archlint.extend import OptionMistake
from archlint.kinds.workflow.commands import is_command, split
from archlint.scope import BadGlobError, check_glob, matches_name

# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onpushpull_requestpull_request_targetpathspaths-ignore
EVENTS_WITH_PATHS = ("pull_request", "pull_request_target", "push")

SELECTORS = ("files", "gates.in", *(f"triggers.{event}.paths-cover" for event in EVENTS_WITH_PATHS))
"""The options that hold globs and zones."""

Texts = str | tuple[str, ...]
Level = Literal["none", "read", "write"]


def texts(one_or_several: Texts) -> tuple[str, ...]:
    """One text or several, as several."""
    return (one_or_several,) if isinstance(one_or_several, str) else one_or_several


class Later(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What must not run earlier: steps that use an action or workflow, or run a command."""

    uses: str = ""
    """A glob over what a step or job uses: ``*deploy*``."""
    command: Texts = ()
    """A command; any one of several."""


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

    command: Texts
    """The program and the arguments it needs; words are globs, more arguments are fine. Any one of several."""
    own_step: bool = False
    """Whether no other command of ``runs`` may share its step."""
    blocking: bool = False
    """Whether its failure must fail the workflow, and nothing may skip it."""
    after: Texts = ()
    """A command that must have run before it."""
    before: Later | None = None
    """What may only run after it."""
    job: str = ""
    """A glob over the id or name of the job that must run it."""

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands of which one is enough."""
        return texts(self.command)


class RequiredUpload(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Files that every workflow must keep with ``actions/upload-artifact``."""

    path: str
    """A glob that a step's ``path`` must cover."""
    always: bool = False
    """Whether they must be kept after a failure too."""
    after: Texts = ()
    """A command that must have run before they are kept."""


class Gates(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Package scripts, each of which some workflow must run, in whatever way."""

    scripts: Texts
    """Globs over the names of scripts: ``test:*``."""
    wired: bool = True
    """Stands for the demand itself; only ``true`` makes sense."""
    within: tuple[str, ...] = msgspec.field(default=("**/package.json",), name="in")
    """The packages: globs and zones over ``package.json`` files."""
    ignores: tuple[str, ...] = ()
    """Globs over the names of scripts that nobody need run."""


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What each of the workflows must do. Commands are what a shell would execute, never text."""

    files: tuple[str, ...]
    """The workflows: globs and zones, each of which must match something."""
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


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Nothing asked for, globs that cannot be meant, and commands that cannot be split."""
    if not options.files:
        yield ("files",), "workflow needs files"
    if not options.asks_of_each and options.gates is None:
        yield (), "workflow needs runs or uploads, or one of triggers, permissions and gates"
    for event, trigger in options.triggers.items():
        if trigger.paths_cover and event not in EVENTS_WITH_PATHS:
            message = f"`{event}` has no path filters; they go with {', '.join(EVENTS_WITH_PATHS)}"
            yield ("triggers", event, "paths-cover"), message
    for index, upload in enumerate(options.uploads):
        yield from _glob_mistakes(("uploads", index, "path"), upload.path)
        yield from _command_mistakes(("uploads", index, "after"), texts(upload.after))
    for index, required in enumerate(options.runs):
        yield from _run_mistakes(("runs", index), required)
    if options.gates is not None:
        yield from _gate_mistakes(options.gates)


def _run_mistakes(where: tuple[str | int, ...], required: RequiredRun) -> Iterator[OptionMistake]:
    if not required.commands:
        yield (*where, "command"), "a run needs at least one command"
    yield from _command_mistakes((*where, "command"), required.commands)
    yield from _command_mistakes((*where, "after"), texts(required.after))
    yield from _name_mistakes((*where, "job"), required.job)
    if required.before is not None:
        if bool(required.before.uses) == bool(required.before.command):
            yield (*where, "before"), "'before' needs either uses or command"
        yield from _name_mistakes((*where, "before", "uses"), required.before.uses)
        yield from _command_mistakes((*where, "before", "command"), texts(required.before.command))


def _gate_mistakes(gates: Gates) -> Iterator[OptionMistake]:
    if not gates.wired:
        yield ("gates", "wired"), "gates that need not be wired ask for nothing; leave them out"
    for key, names in (("scripts", texts(gates.scripts)), ("ignores", gates.ignores)):
        if key == "scripts" and not names:
            yield ("gates", key), "gates need the name of a script"
        for name in names:
            yield from _name_mistakes(("gates", key), name, is_needed=True)


def _glob_mistakes(where: tuple[str | int, ...], glob: str) -> Iterator[OptionMistake]:
    try:
        check_glob(glob.removeprefix("./"))
    except BadGlobError as error:
        yield where, str(error)


def _name_mistakes(
    where: tuple[str | int, ...], pattern: str, *, is_needed: bool = False
) -> Iterator[OptionMistake]:
    try:
        if pattern or is_needed:
            matches_name(pattern, "")
    except ValueError as error:  # BadGlobError and BadRegexError are such errors too
        yield where, f"bad name pattern: {error}"


def _command_mistakes(where: tuple[str | int, ...], commands: tuple[str, ...]) -> Iterator[OptionMistake]:
    for command in commands:
        try:
            if not is_command(split(command), split(command)):
                yield where, f"`{command}` names no program"
        except ValueError as error:
            yield where, f"bad command: {error}"
