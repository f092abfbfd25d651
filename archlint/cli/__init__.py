"""The command line: arguments in, exit code out. One file per command."""

import atexit
import gc
import os
import signal
import sys
from typing import NoReturn

from archlint import __version__

# What a run makes stays until it ends: looking for cycles in it every 700 objects is a tenth of the time.
_OBJECTS_BETWEEN_COLLECTIONS = 200_000


def main() -> NoReturn:
    """Run archlint as the ``archlint`` command does, and end the process."""
    try:
        _main()
    except SystemExit as end:
        _leave(end)


def _leave(end: SystemExit) -> NoReturn:
    """End as Python does, but do not take down first what the process is made of: 20 ms, of 150 in all.

    Python itself is left to do it where somebody measures or looks at the process to its very end.
    """
    if not isinstance(end.code, int | None) or sys.getprofile() or sys.gettrace() or sys.flags.inspect:
        raise end
    atexit._run_exitfuncs()  # noqa: SLF001 -- there is no other way to have them called
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # Python tells of it in its own way
        raise end from None
    os._exit(end.code or 0)


def _main() -> NoReturn:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the caller closed it: nobody listens
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 -- open to the end
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until a command listens, Ctrl-C is to end it without a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.getfilesystemencoding() != "utf-8":
        # Under another locale the same file would have another name, and its findings other fingerprints.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 -- this very command
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"archlint {__version__}\n")
        sys.exit()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from archlint.cli.plain import read

    asked = read(sys.argv[1:])
    if asked is not None:
        from archlint.cli.checking import run

        run(asked)
    _typed()


def _typed() -> NoReturn:
    """What typer makes of the arguments."""
    from archlint.cli.app import app
    from archlint.cli.guard import CONFIGURATION, say, tell
    from archlint.cli.usage import REFUSED, told

    arguments = sys.argv[1:]
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:], "--help"]
    try:
        sys.exit(app(arguments, prog_name="archlint", standalone_mode=False))
    except REFUSED as error:
        mistakes, read = told(error, arguments)
        if not mistakes:
            sys.stderr.write(f"{read}\n")
            sys.exit(CONFIGURATION)
        tell(mistakes)
        say(f"help: {read}")
        sys.exit(CONFIGURATION)
