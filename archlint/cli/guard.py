"""From what happened to an exit code. The one place where an exception turns into a line for the user."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from archlint.errors import ConfigError

CONFIGURATION, INTERNAL, INTERRUPTED, TERMINATED = 2, 4, 130, 143


class OutputError(Exception):
    """A report that could not be written."""


def guarded(command: Callable[[], int]) -> NoReturn:
    """Run a command and leave with its exit code, or with the one for what went wrong."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = command()
    except ConfigError as error:
        _tell(error)
        code = CONFIGURATION
    except OutputError as error:
        _say(str(error))
        code = INTERNAL
    except KeyboardInterrupt:
        _say("interrupted; nothing was reported")
        code = INTERRUPTED
    except _TerminatedError:
        _say("terminated; nothing was reported")
        code = TERMINATED
    except Exception as error:  # noqa: BLE001 -- a bug must not leave with exit code 1, which means findings
        code = _internal(error)
    sys.exit(code)


def _tell(error: ConfigError) -> None:
    from archlint.cli.style import Colour, style
    from archlint.reporters.mistakes import render

    sys.stderr.write(render(error.mistakes, style(Colour.AUTO, 0, stream=sys.stderr)))
    _say("nothing was checked")


class _TerminatedError(BaseException):
    pass


def _terminated(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _TerminatedError


def _internal(error: Exception) -> int:
    if os.environ.get("ARCHLINT_DEBUG"):
        raise error
    notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
    summary = str(error).splitlines()[0] if str(error) else ""
    _say(f"internal error: {type(error).__name__}: {summary}{notes}; ARCHLINT_DEBUG=1 shows where")
    return INTERNAL


def _say(*lines: str) -> None:
    for line in lines:
        sys.stderr.write(f"archlint: {line}\n")
