"""What types cannot say about the options of kind ``workflow``."""

from collections.abc import Iterator

from archlint.extend import OptionMistake
from archlint.kinds.several import as_tuple
from archlint.kinds.workflow.commands import is_command, split
from archlint.kinds.workflow.options import (
    EVENTS_WITH_PATHS,
    Gates,
    Options,
    RequiredRun,
    RequiredUpload,
    Steps,
)
from archlint.scope import BadGlobError, check_glob, matches_name


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Nothing asked for, globs that cannot be meant, and commands that cannot be split."""
    yield from _file_mistakes(options)
    for event, trigger in options.triggers.items():
        if trigger.paths_cover and event not in EVENTS_WITH_PATHS:
            message = f"`{event}` has no path filters; they go with {', '.join(EVENTS_WITH_PATHS)}"
            yield ("triggers", event, "paths-cover"), message
    for index, upload in enumerate(options.uploads):
        yield from _upload_mistakes(("uploads", index), upload)
    for index, required in enumerate(options.runs):
        yield from _run_mistakes(("runs", index), required)
    if options.gates is not None:
        yield from _gate_mistakes(options.gates)


def _file_mistakes(options: Options) -> Iterator[OptionMistake]:
    if bool(options.files) != options.asks_of_workflows:
        yield ("files",), "nothing is asked of these files" if options.files else "workflow needs files"
    if not options.asks_of_each and options.gates is None:
        yield (), "workflow needs runs or uploads, or one of triggers, permissions and gates"
    if options.which is not None:
        yield from _step_mistakes(("which",), options.which)


def _upload_mistakes(where: tuple[str | int, ...], upload: RequiredUpload) -> Iterator[OptionMistake]:
    if not upload.paths:
        yield (*where, "path"), "an upload needs at least one path"
    for path in upload.paths:
        yield from _glob_mistakes((*where, "path"), path)
    yield from _command_mistakes((*where, "after"), as_tuple(upload.after))


def _run_mistakes(where: tuple[str | int, ...], required: RequiredRun) -> Iterator[OptionMistake]:
    if not required.commands:
        yield (*where, "command"), "a run needs at least one command"
    yield from _command_mistakes((*where, "command"), required.commands)
    yield from _command_mistakes((*where, "after"), as_tuple(required.after))
    yield from _name_mistakes((*where, "job"), required.job)
    if required.before is not None:
        yield from _step_mistakes((*where, "before"), required.before)


def _step_mistakes(where: tuple[str | int, ...], steps: Steps) -> Iterator[OptionMistake]:
    if not steps.uses and not steps.command:
        yield where, f"'{where[-1]}' needs uses or command"
    if steps.given and not steps.uses:
        yield (*where, "with"), "'with' goes with uses"
    for pattern in as_tuple(steps.uses):
        yield from _name_mistakes((*where, "uses"), pattern, is_needed=True)
    for name, patterns in steps.given.items():
        for pattern in as_tuple(patterns):
            yield from _name_mistakes((*where, "with", name), pattern)
    yield from _command_mistakes((*where, "command"), as_tuple(steps.command))
    yield from _command_mistakes((*where, "ignores"), as_tuple(steps.ignores))


def _gate_mistakes(gates: Gates) -> Iterator[OptionMistake]:
    if not (gates.wired or gates.exist or gates.resolve):
        yield (
            ("gates", "wired"),
            "gates that need not be wired, exist or resolve ask for nothing; leave them out",
        )
    for glob in gates.running:
        yield from _glob_mistakes(("gates", "running"), glob)
    for key, names in (("scripts", as_tuple(gates.scripts)), ("ignores", gates.ignores)):
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
