"""``archlint schema``: what an editor needs to complete and check archlint's own files."""

from enum import StrEnum
from typing import Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.options import Output
from archlint.cli.output import write

EPILOG = """\b
Examples:
  archlint schema rules --output rules.schema.json
  archlint schema config

\b
The first line of a rule file tells an editor with the YAML language server where its schema is:
  # yaml-language-server: $schema=rules.schema.json
"""


class Subject(StrEnum):
    """The files that have a schema."""

    CONFIG = "config"
    RULES = "rules"


def schema(
    subject: Annotated[Subject, typer.Argument(help="config for archlint.toml, rules for rule files.")],
    output: Output = None,
) -> None:
    """Print the JSON Schema of archlint.toml or of rule files."""

    def command() -> int:
        import json

        from archlint.config.schemas import config_schema, rules_schema

        made = config_schema() if subject is Subject.CONFIG else rules_schema()
        text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
        write(text, output)
        return 0

    guarded(command)
