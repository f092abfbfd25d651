"""``archlint import``: rules of other tools as a rule file."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.options import Output
from archlint.cli.output import write

EPILOG = """\b
Examples:
  archlint import ast-grep lint/no-eval.yml -o eval.yml
  archlint import import-linter pyproject.toml

\b
Exit codes:
  0  everything was carried over
  1  something was left out, and is named
  2  the file cannot be read
"""
LEFT_OUT = 1


class Source(StrEnum):
    """The tools whose rules can be imported."""

    AST_GREP = "ast-grep"
    SEMGREP = "semgrep"
    DEPENDENCY_CRUISER = "dependency-cruiser"
    IMPORT_LINTER = "import-linter"


def import_(
    tool: Annotated[
        Source, typer.Argument(metavar="TOOL", help="ast-grep, semgrep, dependency-cruiser or import-linter.")
    ],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Its rules or configuration. Code is never run.")
    ],
    output: Output = None,
) -> None:
    """Write the rules of another tool as archlint rules, and say what cannot be carried over.

    Paths in the rules are from the working directory, which should be the root of the tree.
    """

    def command() -> int:
        from archlint.importing.run import imported
        from archlint.reporters.escape import terminal

        made = imported(tool.value, file, Path.cwd())
        write(_first_line(output) + made.text, output)
        for sentence in made.left_out:
            sys.stderr.write(f"archlint: {terminal(sentence)}\n")
        return LEFT_OUT if made.left_out else 0

    guarded(command, "nothing was written")


def _first_line(output: Path | None) -> str:
    """What tells an editor where the schema is, if there is one beside archlint.toml."""
    from archlint.config.editing import RULES_SCHEMA, yaml_line
    from archlint.config.load import folder_of

    root = folder_of(None, None, Path.cwd()).resolve()
    target = (Path.cwd() / output).resolve() if output else root.parent
    if not (root / RULES_SCHEMA).is_file() or not target.is_relative_to(root):
        return ""
    return f"{yaml_line(target.relative_to(root).as_posix())}\n"
