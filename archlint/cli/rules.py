"""``archlint rules``: what is checked here."""

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.output import write_out


def rules(
    root: Annotated[Path | None, typer.Option(help="The tree. Default: where the config is.")] = None,
    config: Annotated[
        Path | None, typer.Option(help="The archlint.toml to use. Default: search upwards.")
    ] = None,
) -> None:
    """List the rules in force: id, severity, kind, and why each exists.

    archlint rules

    archlint rules --config rules/clickeen/archlint.toml
    """

    def command() -> int:
        from archlint.config import load
        from archlint.reporters.listing import render

        write_out(render(load(root, config, Path.cwd()).rules))
        return 0

    guarded(command)
