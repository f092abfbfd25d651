"""From what happened to an exit code. The one place where an exception turns into a line for the user."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from archlint.errors import ConfigError, Mistake

CONFIGURATION, INTERNAL, INTERRUPTED, TERMINATED = 2, 4, 130, 143


class OutputError(Exception):
    """What could not be written, a sentence for each."""


def guarded(command: Callable[[], int], refused: str = "") -> NoReturn:
    """Run a command and leave with its exit code, or with the one for what went wrong.

    ``refused`` says what is not done where the arguments or the configuration are wrong.
    """
    for number in heard():
        signal.signal(number, interrupt)
    try:
        code = command()
    except ConfigError as error:
        tell(error.mistakes, refused)
        code = CONFIGURATION
    except OutputError as error:
        say(*map(str, error.args))
        code = INTERNAL
    except KeyboardInterrupt:
        say("interrupted; nothing was reported")
        code = INTERRUPTED
    except TerminatedError:
        say("terminated; nothing was reported")
        code = TERMINATED
    except Exception as error:  # noqa: BLE001 -- a bug must not leave with exit code 1, which means findings
        code = _internal(error)
    sys.exit(code)


def tell(mistakes: tuple[Mistake, ...], refused: str = "") -> None:
    """Tell the user's mistakes, how many they are, and what was not done for them."""
    from archlint.cli.style import Colour, style
    from archlint.reporters.mistakes import render

    sys.stderr.write(render(mistakes, style(Colour.AUTO, 0, stream=sys.stderr)))
    parts = [f"{len(mistakes)} mistakes"] if len(mistakes) > 1 else []
    if parts or refused:
        say("; ".join((*parts, *([refused] if refused else []))))


def heard() -> list[signal.Signals]:
    """The signals that end a run: a shell has what it starts in the background ignore SIGINT, and that stays."""
    return [each for each in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(each) is not signal.SIG_IGN]


class TerminatedError(BaseException):
    """What SIGTERM raises, as SIGINT raises KeyboardInterrupt."""


def interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    """End what is done at once. A handler of signals."""
    raise KeyboardInterrupt if number == signal.SIGINT else TerminatedError


def _internal(error: Exception) -> int:
    if os.environ.get("ARCHLINT_DEBUG"):
        raise error
    notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
    summary = str(error).splitlines()[0] if str(error) else ""
    say(f"internal error: {type(error).__name__}: {summary}{notes}; ARCHLINT_DEBUG=1 shows where")
    return INTERNAL


def say(*sentences: str) -> None:
    """Tell the user something about the run itself."""
    from archlint.cli.style import Colour, style
    from archlint.reporters.escape import lines
    from archlint.reporters.mistakes import sentence

    looks = style(Colour.AUTO, 0, stream=sys.stderr)
    for each in sentences:
        sys.stderr.write(lines(sentence(each, looks)))
