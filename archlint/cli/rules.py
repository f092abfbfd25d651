"""``archlint rules``: what is checked here."""

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.options import ConfigFile, Root
from archlint.cli.output import write_out

EPILOG = """\b
Examples:
  archlint rules                      every rule in force
  archlint rules --files src/open.ts  those that see it
  archlint rules --config ci/archlint.toml
"""


def rules(
    root: Root = None,
    config: ConfigFile = None,
    files: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="Only those that look at this file. Repeatable.")
    ] = None,
) -> None:
    """List the rules in force: id, severity, kind, where each is written and why it exists."""

    def command() -> int:
        if files:
            write_out("\n".join(_governing(root, config, path) for path in files))
            return 0
        from archlint.config import load
        from archlint.reporters.listing import render

        loaded = load(root, config, Path.cwd())
        write_out(render(loaded.rules, loaded.disabled, lambda path: (loaded.root / path).is_file()))
        return 0

    guarded(command)


def _governing(root: Path | None, config: Path | None, path: str) -> str:
    from archlint.explain import rules_at
    from archlint.reporters.listing import render_looks
    from archlint.run import Request

    return render_looks(path, rules_at(Request(cwd=Path.cwd(), root=root, config=config), path))
