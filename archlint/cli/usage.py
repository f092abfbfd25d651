"""What typer refuses, told as every other mistake is: what is wrong, the nearest word, and where to read on."""

from typing import TYPE_CHECKING

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from archlint.errors import Mistake

if TYPE_CHECKING:
    from typer._click.core import Context, Parameter

REFUSED = ClickException
"""What typer raises for arguments that it cannot take."""

_MEANT = dict.fromkeys(("lint", "run", "scan", "verify", "validate", "cruise", "depcruise", "ci"), "check")
_MEANT |= {"man": "docs", "doc": "docs", "list": "rules", "ls": "rules", "why-not": "explain", "new": "init"}

_OPTION_MEANT = {
    "--fix": "archlint fix mends",
    "--init": "archlint init writes a first configuration",
    "--max-warnings": "--fail-on warning fails on them",
    "--rule": "--select runs one rule",
    "--ext": "`files` of a rule says which files it looks at",
    "--exclude": "`exclude` in archlint.toml leaves files out",
    "--version": "archlint --version",
}


def told(error: ClickException, arguments: list[str]) -> tuple[tuple[Mistake, ...], str]:
    """The mistake, and the help to show for it; no mistake where nothing was asked and help is the answer."""
    if isinstance(error, NoArgsIsHelpError):
        return (), error.format_message()
    context = error.ctx if isinstance(error, UsageError) else None
    return (_mistake(error, context),), f"{_command_of(arguments, context)} --help"


def _command_of(arguments: list[str], context: "Context | None") -> str:
    """The command that was asked, also where typer does not say which refuses."""
    if context is not None:
        return context.command_path
    return f"archlint {arguments[0]}" if arguments and not arguments[0].startswith("-") else "archlint"


def _mistake(error: ClickException, context: "Context | None") -> Mistake:
    if isinstance(error, NoSuchOption):
        hint = _OPTION_MEANT.get(error.option_name) or _nearest(error.option_name, _options(context))
        return Mistake(f"no such option: {error.option_name}", hint)
    if isinstance(error, BadOptionUsage):
        return Mistake(f"option {error.option_name} needs a value")
    if isinstance(error, MissingParameter):
        return Mistake(f"missing: {_name(error.param)}", _usage(context))
    if isinstance(error, BadParameter):
        return _bad_value(error)
    return _other(error, context)


def _bad_value(error: BadParameter) -> Mistake:
    words = tuple(
        str(getattr(each, "value", each)) for each in getattr(error.param and error.param.type, "choices", ())
    )
    given = error.message.partition("'")[2].partition("'")[0]
    if words:
        return Mistake(
            f"{_name(error.param)}: unknown word '{given}'", _nearest(given, words) or _known(words)
        )
    if "valid int" in error.message:
        return Mistake(f"{_name(error.param)}: expected a whole number, found '{given}'")
    return Mistake(f"{_name(error.param)}: {error.message}")


def _other(error: ClickException, context: "Context | None") -> Mistake:
    commands = getattr(context and context.command, "commands", {})
    if commands and error.message.startswith("No such command"):
        given = error.message.partition("'")[2].partition("'")[0]
        return Mistake(f"no such command: {given}", _command_meant(given, tuple(commands)))
    if "unexpected extra argument" in error.message:
        return Mistake(f"too many arguments: {error.message.rpartition('(')[2].rstrip(')')}", _usage(context))
    message = error.format_message().rstrip(".")
    return Mistake(message[:1].lower() + message[1:], _usage(context) if context else "")


def _command_meant(given: str, commands: tuple[str, ...]) -> str:
    from pathlib import Path

    meant = _MEANT.get(given)
    if meant in commands:
        return f"did you mean {meant}?"
    if "check" in commands and Path(given).exists():
        return f"to check a file or folder: archlint check {given}"
    return _nearest(given, commands) or _known(commands)


def _nearest(given: str, words: tuple[str, ...]) -> str:
    from archlint.config.words import did_you_mean

    return did_you_mean(given, words).replace('"', "")


def _known(words: tuple[str, ...]) -> str:
    return f"known: {', '.join(words)}"


def _options(context: "Context | None") -> tuple[str, ...]:
    params = context.command.params if context else []
    return tuple(
        name for each in params for name in (*each.opts, *each.secondary_opts) if name.startswith("--")
    )


def _name(parameter: "Parameter | None") -> str:
    if parameter is None:
        return "an argument"
    return next((each for each in parameter.opts if each.startswith("--")), parameter.human_readable_name)


def _usage(context: "Context | None") -> str:
    return f"usage: {' '.join(context.get_usage().removeprefix('Usage: ').split())}" if context else ""
