"""``archlint schema``: what an editor needs to complete and check archlint's own files."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.options import Output
from archlint.cli.output import write, write_file
from archlint.errors import ConfigError, Mistake

EPILOG = """\b
Examples:
  archlint schema --write     both; again after upgrades
  archlint schema rules --output rules.schema.json

\b
Editors find one by the first line of a file:
  #:schema ./.archlint/config.schema.json
  # yaml-language-server: $schema=PATH
With a relative PATH, as archlint init writes it.
"""


class Subject(StrEnum):
    """The files that have a schema."""

    CONFIG = "config"
    RULES = "rules"


def schema(
    subject: Annotated[
        Subject | None,
        typer.Argument(
            metavar="config|rules", help="config for archlint.toml, rules for rule files.", show_default=False
        ),
    ] = None,
    beside: Annotated[
        bool, typer.Option("--write", help="Write both to .archlint/, where what init writes looks for them.")
    ] = False,
    output: Output = None,
) -> None:
    """Print the JSON Schema of archlint.toml or of rule files, or write both for editors."""

    def command() -> int:
        from archlint.config import folder_of
        from archlint.config.editing import schema_files, schema_text
        from archlint.config.schemas import config_schema, rules_schema

        if beside == (subject is not None) or (beside and output):
            hint = "archlint schema rules, archlint schema config, or archlint schema --write"
            raise ConfigError((Mistake("say one schema, or --write for both", hint),))
        if subject is not None:
            write(schema_text(config_schema() if subject is Subject.CONFIG else rules_schema()), output)
            return 0
        root = folder_of(None, None, Path.cwd())
        for path, text in schema_files().items():
            write_file(root / path, text)
            typer.echo(f"wrote {path}")
        return 0

    guarded(command)
