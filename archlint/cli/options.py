"""The options that several commands share, so that they read and behave the same in each."""

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.style import Colour

Root = Annotated[Path | None, typer.Option(metavar="DIR", help="The tree. Default: where archlint.toml is.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The archlint.toml. Default: the nearest, upwards from here."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", help="How many processes read files. 0: one a core.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]
Select = Annotated[list[str] | None, typer.Option(metavar="RULE", help="Only this rule. Repeatable, or a,b.")]
Color = Annotated[Colour, typer.Option(help="When to colour. NO_COLOR is respected.")]
