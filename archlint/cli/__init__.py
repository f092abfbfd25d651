"""The command line: arguments in, exit code out. One file per command."""


def main() -> None:
    """Run archlint as the ``archlint`` command does."""
    from archlint.cli.app import app

    app(prog_name="archlint")
