"""The options that several commands share, so that they read and behave the same in each."""

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.style import Colour

Root = Annotated[Path | None, typer.Option(help="The tree. Default: where the config is.")]
ConfigFile = Annotated[Path | None, typer.Option(help="The archlint.toml to use. Default: search upwards.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", help="Worker processes. 0: one a core.", min=0)]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write there instead of to stdout.")]
Select = Annotated[list[str] | None, typer.Option(help="Only this rule. Repeatable, or a,b.")]
Color = Annotated[Colour, typer.Option(help="When to colour. NO_COLOR is respected.")]
