"""``archlint rules``: what is checked here."""

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.output import write_out

EPILOG = """\b
Examples:
  archlint rules
  archlint rules --config rules/clickeen/archlint.toml
"""


def rules(
    root: Annotated[Path | None, typer.Option(help="The tree. Default: where the config is.")] = None,
    config: Annotated[
        Path | None, typer.Option(help="The archlint.toml to use. Default: search upwards.")
    ] = None,
) -> None:
    """List the rules in force: id, severity, kind, where each is written and why it exists."""

    def command() -> int:
        from archlint.config import load
        from archlint.reporters.listing import render

        loaded = load(root, config, Path.cwd())
        write_out(render(loaded.rules, loaded.disabled))
        return 0

    guarded(command)
