"""The command line: arguments in, exit code out. One file per command."""

import sys

from archlint import __version__


def main() -> None:
    """Run archlint as the ``archlint`` command does."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"archlint {__version__}\n")
        return
    from archlint.cli.plain import read

    asked = read(sys.argv[1:])
    if asked is not None:
        from archlint.cli.checking import run

        run(asked)
    from archlint.cli.app import app

    app(prog_name="archlint")
